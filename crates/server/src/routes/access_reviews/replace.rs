//! `POST /api/v1/access-reviews/{id}/replace`

use super::review;
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use records::ReviewerChange;

/// Puts another reviewer in the place of one.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    body: Body<ReviewerChange>,
) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(app.engine().replace_reviewer(&caller, review(&id)?, body.value).await?))
}
