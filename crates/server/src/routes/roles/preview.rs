//! `POST /api/v1/roles/{id}/preview`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use kernel::Fault;
use records::RoleInput;

/// Whom a change of a role would concern.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    body: Body<RoleInput>,
) -> Result<impl IntoResponse, Refusal> {
    let id = id.parse().map_err(|()| Fault::not_found())?;
    Ok(Json(app.engine().preview_role(&caller, id, body.value).await?))
}
