//! `POST /api/v1/approvals/{id}/approve`

use super::approval;
use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;

/// Approves: what was asked for is done in the name of whoever asked.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    app.jobs().approve(&caller, approval(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
