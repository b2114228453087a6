//! `DELETE /api/v1/users/{id}/factors/reset`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use crate::routes::users::user;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;

/// Withdraws or refuses what was asked for.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    app.engine().withdraw_factor_reset(&caller, user(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
