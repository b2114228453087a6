//! `POST /api/v1/sessions/passkey`

use super::create::Awaited;
use crate::app::App;
use crate::auth::{Browser, From, pending_cookie};
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::header;

/// Begins to sign in with a passkey alone.
pub async fn handle(
    State(app): State<App>,
    From(mut client): From,
    Browser(token): Browser,
) -> Result<impl IntoResponse, Refusal> {
    client.known = app.identity().recognise_anybody(token.as_deref().map(String::as_str)).await?;
    app.rates().passkey(&client)?;
    let begun = app.identity().begin_passkey_sign_in(&client).await?;
    Ok(([(header::SET_COOKIE, pending_cookie(&begun.secret))], Json(Awaited::from(&begun))))
}
