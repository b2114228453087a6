//! `DELETE /api/v1/users/{id}/invitation`

use super::user;
use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;

/// Withdraws an invitation: its link is good no more, and is not mailed if it still waits.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    app.engine().withdraw_invitation(&caller, user(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
