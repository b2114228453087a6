//! `DELETE /api/v1/me/email`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::response::IntoResponse;
use http::StatusCode;

/// Takes back what the caller asked for: the link is good no more, and is not mailed if it still waits.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    app.engine().withdraw_email(&caller).await?;
    Ok(StatusCode::NO_CONTENT)
}
