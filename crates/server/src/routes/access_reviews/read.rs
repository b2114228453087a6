//! `GET /api/v1/access-reviews/{id}`

use super::review;
use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;

/// One campaign.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(app.engine().access_review(&caller, review(&id)?).await?))
}
