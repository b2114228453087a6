//! `PUT /api/v1/factors/requirement`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::{etag, if_match};
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{HeaderMap, header};
use identity::RequirementInput;

/// Decides which factors are asked of whom.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    headers: HeaderMap,
    body: Body<RequirementInput>,
) -> Result<impl IntoResponse, Refusal> {
    let version = if_match(&headers)?;
    let asked = app.engine().put_requirement(&caller, version, &body.value).await?.into_inner();
    Ok(([(header::ETAG, etag(asked.version))], Json(asked)))
}
