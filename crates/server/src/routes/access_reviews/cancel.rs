//! `POST /api/v1/access-reviews/{id}/cancel`

use super::review;
use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;

/// Cancels: nothing more ends by it.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(app.engine().cancel_access_review(&caller, review(&id)?).await?))
}
