//! `PUT /api/v1/sessions/rules`

use crate::app::App;
use crate::auth::{Auth, From};
use crate::body::Body;
use crate::preconditions::{etag, if_match};
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{HeaderMap, header};
use identity::SessionRulesInput;

/// Decides how long sessions last, and from where they may be used.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    From(client): From,
    headers: HeaderMap,
    body: Body<SessionRulesInput>,
) -> Result<impl IntoResponse, Refusal> {
    let version = if_match(&headers)?;
    let put = app.engine().put_session_rules(&caller, version, &body.value, client.network).await?;
    let rules = put.into_inner();
    Ok(([(header::ETAG, etag(rules.version))], Json(rules)))
}
