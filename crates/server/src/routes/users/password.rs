//! `DELETE /api/v1/users/{id}/password`

use super::user;
use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use http::StatusCode;

/// Takes a user's password away and ends all the user's sessions and tokens.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    app.engine().take_user_password(&caller, user(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
