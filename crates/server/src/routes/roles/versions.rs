//! `GET /api/v1/roles/{id}/versions`

use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use kernel::Fault;

/// What a role was, newest first.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let id = id.parse().map_err(|()| Fault::not_found())?;
    let (before, limit) = params.page()?;
    Ok(Json(app.engine().role_versions(&caller, id, before, limit).await?))
}
