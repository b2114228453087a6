//! `GET /api/v1/jobs/{id}/file`

use super::job;
use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::header;

/// The file that a job made, as long as it is there.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let (view, bytes) = app.jobs().file(&caller, job(&id)?).await?;
    let headers = [
        (header::CONTENT_TYPE, view.media_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", view.name)),
    ];
    Ok((headers, bytes.into_inner()))
}
