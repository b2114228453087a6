//! `GET /api/v1/sessions/rules`

use crate::app::App;
use crate::auth::Auth;
use crate::preconditions::etag;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::header;

/// How long sessions last, and from where they may be used.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    let rules = app.engine().session_rules(&caller).await?.into_inner();
    Ok(([(header::ETAG, etag(rules.version))], Json(rules)))
}
