//! `PUT /api/v1/roles/{id}`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::{etag, if_match};
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::{HeaderMap, header};
use kernel::Fault;
use records::RoleInput;

/// Replaces a role: what it allows is in force at the next request.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<RoleInput>,
) -> Result<impl IntoResponse, Refusal> {
    let id = id.parse().map_err(|()| Fault::not_found())?;
    let role = app.engine().put_role(&caller, Some((id, if_match(&headers)?)), body.value).await?;
    Ok(([(header::ETAG, etag(role.get().version))], Json(role)))
}
