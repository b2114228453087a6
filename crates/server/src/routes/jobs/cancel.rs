//! `POST /api/v1/jobs/{id}/cancel`

use super::job;
use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;

/// Stops a job after what it is at; what is done stays done.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(app.jobs().halt(&caller, job(&id)?).await?))
}
