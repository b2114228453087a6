//! `GET /api/v1/{entities}/{id}/changes`

use super::{entity, record};
use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;

/// What changed in a record, newest first.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path((plural, id)): Path<(String, String)>,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let (entity, id) = (entity(&caller, &plural)?, record(&id)?);
    let (before, limit) = params.page()?;
    Ok(Json(app.engine().record_changes(&caller, entity, id, before, limit).await?))
}
