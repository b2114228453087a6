//! `GET /api/v1/sign-on`

use crate::app::App;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde_json::json;

/// Through whom one can sign in: for the page where nobody is signed in yet.
pub async fn handle(State(app): State<App>) -> impl IntoResponse {
    let shown = |p: &oidc::Provider| json!({ "name": p.settings().name, "label": p.settings().label });
    let providers: Vec<_> = app.sign_on().all().iter().map(shown).collect();
    Json(json!({ "providers": providers, "only": app.config().sign_on.only }))
}
