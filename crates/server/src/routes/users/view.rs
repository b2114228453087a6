//! `GET /api/v1/users/{id}/view`

use super::user;
use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;

/// What a user may see and do, in numbers.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(app.engine().user_reach(&caller, user(&id)?).await?))
}
