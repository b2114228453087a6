//! `GET /api/v1/me/email`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;

/// The caller's address, whether mail reached it, and which one waits to be confirmed.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(app.engine().own_email(&caller).await?))
}
