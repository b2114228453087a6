//! `POST /api/v1/sign-on/back-channel/{provider}`

use crate::app::App;
use crate::auth::From;
use crate::refusal::Refusal;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use records::Vouched;
use serde_json::json;

/// When a provider is to say again what could not be checked, in seconds: by then it is asked for keys again.
const RETRY_S: &str = "20";

/// Ends the sessions that a token of the provider names (OpenID Connect Back-Channel Logout 1.0, 2.5 to 2.8).
pub async fn handle(
    State(app): State<App>,
    From(client): From,
    Path(provider): Path<String>,
    body: Bytes,
) -> Result<Response, Refusal> {
    app.rates().end(client.network)?;
    app.engine().refresh().await?;
    let provider = app.sign_on().named(&provider)?;
    let settings = provider.settings();
    let token = form_urlencoded::parse(&body).find(|(name, _)| name == "logout_token");
    let token = token.map(|(_, token)| token.into_owned()).unwrap_or_default();
    match provider.log_out(&token, app.engine().now()).await {
        Ok(out) => {
            let whose = (out.sid.as_deref(), out.subject.as_deref());
            app.identity().end_by_provider(&settings.issuer, whose, out.before).await?;
            app.jobs().drop_stale().await;
            Ok(StatusCode::OK.into_response())
        }
        Err(refused) => {
            // Whoever sends nonsense fills the ledger no faster than this.
            app.rates().report(client.network)?;
            let (whom, why) = (Vouched::default(), refused.why.code());
            app.engine().sign_on_refused(&settings.name, why, whom, &client).await?;
            let told = |error: &str| Json(json!({ "error": error, "error_description": why }));
            // Providers take a 400 for final, and this is not: another time it may be the end of a session.
            if refused.why.is_unchecked() {
                let later = [(header::RETRY_AFTER, RETRY_S)];
                let told = told("temporarily_unavailable");
                return Ok((StatusCode::SERVICE_UNAVAILABLE, later, told).into_response());
            }
            Ok((StatusCode::BAD_REQUEST, told("invalid_request")).into_response())
        }
    }
}
