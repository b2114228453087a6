//! `GET /api/v1/subjects/{id}/events`

use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use kernel::Fault;

/// What happened about a subject, newest first.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let subject = id.parse().map_err(|()| Fault::not_found())?;
    let (before, limit) = params.page()?;
    Ok(Json(app.engine().subject_events(&caller, subject, before, limit).await?))
}
