//! `POST /api/v1/users/{id}/factors/reset/confirm`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use crate::routes::users::user;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;

/// Agrees that a user's factors are taken away.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    app.engine().confirm_factor_reset(&caller, user(&id)?).await?;
    app.jobs().drop_stale().await;
    Ok(StatusCode::NO_CONTENT)
}
