//! `POST /api/v1/me/factors/passkey`

use crate::app::App;
use crate::auth::{Auth, From, pending_cookie};
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::header;
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
struct Answer {
    passkey: Value,
}

/// Begins to add a passkey.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    From(client): From,
) -> Result<impl IntoResponse, Refusal> {
    let directory = app.engine().directory();
    let (secret, passkey) = app.identity().begin_passkey(&directory, &caller.actor, &client).await?;
    Ok(([(header::SET_COOKIE, pending_cookie(&secret))], Json(Answer { passkey })))
}
