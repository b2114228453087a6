//! `POST /api/v1/roles/{id}/rollback`

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
use records::RollBack;

/// Makes a role what it was in an earlier version.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<RollBack>,
) -> Result<impl IntoResponse, Refusal> {
    let id = id.parse().map_err(|()| Fault::not_found())?;
    let role = app.engine().roll_back_role(&caller, id, if_match(&headers)?, body.value).await?;
    Ok(([(header::ETAG, etag(role.get().version))], Json(role)))
}
