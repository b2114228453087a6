//! `POST /api/v1/jobs/{id}/undo`

use super::job;
use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;

/// Takes back what a job did, as a job of its own.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    Ok((StatusCode::ACCEPTED, Json(app.jobs().undo(&caller, job(&id)?).await?)))
}
