//! `POST /api/v1/access-requests/{id}/decline`

use super::request;
use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;

/// Declines a request, without a word to whoever asked.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    app.engine().decline_access(&caller, request(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
