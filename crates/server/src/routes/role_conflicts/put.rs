//! `PUT /api/v1/role-conflicts`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::{etag, if_match};
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{HeaderMap, header};
use identity::RoleConflicts;

/// Decides which roles one person is not to hold together.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    headers: HeaderMap,
    body: Body<RoleConflicts>,
) -> Result<impl IntoResponse, Refusal> {
    let version = if_match(&headers)?;
    let conflicts = app.engine().put_role_conflicts(&caller, version, body.value).await?.into_inner();
    Ok(([(header::ETAG, etag(conflicts.version))], Json(conflicts)))
}
