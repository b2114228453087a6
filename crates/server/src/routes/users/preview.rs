//! `POST /api/v1/users/{id}/preview`

use super::user;
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use identity::UserChange;

/// What a change of a user's team, roles or standing would give and take.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    body: Body<UserChange>,
) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(app.engine().preview_user(&caller, user(&id)?, body.value).await?))
}
