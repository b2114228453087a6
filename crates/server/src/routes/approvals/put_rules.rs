//! `PUT /api/v1/approvals/rules`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::{etag, if_match};
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{HeaderMap, header};
use identity::ApprovalRules;

/// Decides what a second person has to approve.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    headers: HeaderMap,
    body: Body<ApprovalRules>,
) -> Result<impl IntoResponse, Refusal> {
    let version = if_match(&headers)?;
    let rules = app.engine().put_approval_rules(&caller, version, body.value).await?.into_inner();
    Ok(([(header::ETAG, etag(rules.version))], Json(rules)))
}
