//! `POST /api/v1/jobs/dead/{id}/retry`

use super::job;
use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;

/// Lets a job that was given up be tried once more.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let _done = app.jobs().retry(&caller, job(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
