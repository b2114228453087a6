//! `GET /api/v1/approvals/rules`

use crate::app::App;
use crate::auth::Auth;
use crate::preconditions::etag;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::header;

/// What a second person has to approve.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    let rules = app.engine().approval_rules(&caller).await?.into_inner();
    Ok(([(header::ETAG, etag(rules.version))], Json(rules)))
}
