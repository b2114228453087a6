//! `POST /api/v1/sessions/passkey`

use super::create::Awaited;
use crate::app::App;
use crate::auth::{From, pending_cookie};
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::header;

/// Begins to sign in with a passkey alone.
pub async fn handle(State(app): State<App>, From(client): From) -> Result<impl IntoResponse, Refusal> {
    app.rates().passkey(&client)?;
    let begun = app.identity().begin_passkey_sign_in(&client).await?;
    Ok(([(header::SET_COOKIE, pending_cookie(&begun.secret))], Json(Awaited::from(&begun))))
}
