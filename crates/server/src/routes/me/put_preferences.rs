//! `PUT /api/v1/me/preferences`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::{etag, if_match_given};
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{HeaderMap, header};
use records::Preferences;

/// Replaces what the caller wants of the interface.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    headers: HeaderMap,
    body: Body<Preferences>,
) -> Result<impl IntoResponse, Refusal> {
    let version = if_match_given(&headers)?;
    let kept = app.engine().put_preferences(&caller, version, body.value).await?.into_inner();
    Ok(([(header::ETAG, etag(kept.version))], Json(kept.value)))
}
