//! `GET /api/v1/jobs/{id}/file`

use super::job;
use crate::app::App;
use crate::auth::Auth;
use crate::export::attachment;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::IntoResponse;

/// The file that a job made, as long as it is there.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let (view, bytes) = app.jobs().file(&caller, job(&id)?).await?;
    Ok((attachment(&view.media_type, &view.name), bytes.into_inner()))
}
