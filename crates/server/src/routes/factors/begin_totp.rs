//! `POST /api/v1/me/factors/totp`

use crate::app::App;
use crate::auth::{Auth, pending_cookie};
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::header;

/// Begins to add an application that makes codes.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    let (secret, new) = app.identity().begin_totp(&app.engine().directory(), &caller.actor).await?;
    Ok(([(header::SET_COOKIE, pending_cookie(&secret))], Json(new)))
}
