//! `GET /api/v1/sign-on/settings`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use crate::sign_on::{BACK_CHANNEL, FRONT_CHANNEL, PAGE};
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde_json::{Value, json};

/// How single sign-on is set up, for administrators: no secret is in it.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    let address = app.config().address()?;
    let set = &app.config().sign_on;
    let shown = |p: &oidc::Provider| {
        let s = p.settings();
        json!({
            "name": s.name, "label": s.label, "issuer": s.issuer, "client_id": s.client_id,
            "scopes": s.scopes, "groups_claim": s.groups_claim, "no_groups": s.no_groups,
            "roles": s.roles,
            "create_users_in": s.create_users_in, "create_users_domains": s.create_users_domains,
            "create_users_groups": s.create_users_groups, "trust_email": s.trust_email,
            "trust_pkce": s.trust_pkce, "factor_acr": s.factor_acr, "factor_amr": s.factor_amr,
            "redirect": format!("{address}{PAGE}/{}", s.name),
            "back_channel": format!("{address}{BACK_CHANNEL}{}", s.name),
            "front_channel": format!("{address}{FRONT_CHANNEL}{}", s.name),
        })
    };
    let providers: Vec<Value> = app.sign_on().all().iter().map(shown).collect();
    let view = json!({ "only": set.only, "emergency": set.emergency, "providers": providers });
    Ok(Json(app.engine().sign_on_settings(&caller, view).await?))
}
