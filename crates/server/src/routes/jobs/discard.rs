//! `DELETE /api/v1/jobs/dead/{id}`

use super::job;
use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;

/// Does away with a job that was given up.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let _done = app.jobs().discard(&caller, job(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
