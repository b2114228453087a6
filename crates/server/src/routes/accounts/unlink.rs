//! `DELETE /api/v1/users/{id}/accounts/{account}`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use crate::routes::users::user;
use axum::extract::{Path, State};
use http::StatusCode;

/// Takes an account at a provider from a user.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path((id, account)): Path<(String, String)>,
) -> Result<StatusCode, Refusal> {
    app.engine().unlink_account(&caller, user(&id)?, &account).await?;
    app.jobs().drop_stale().await;
    Ok(StatusCode::NO_CONTENT)
}
