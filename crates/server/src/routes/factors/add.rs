//! `POST /api/v1/me/factors`

use crate::app::App;
use crate::auth::{Auth, Pending, nothing_pending};
use crate::body::Body;
use crate::proof::Shown;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{StatusCode, header};
use serde::Deserialize;
use serde_json::Value;
use zeroize::Zeroizing;

/// What the factor is to be called, and that it works.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    name: String,
    totp: Option<Zeroizing<String>>,
    passkey: Option<Value>,
}

/// Finishes adding the factor that was begun.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Pending(secret): Pending,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    let Input { name, totp, passkey } = body.value;
    let proof = Shown { totp, recovery: None, password: None, passkey }.proof()?;
    let added = app.engine().add_factor(&caller, &secret, &name, proof).await?;
    Ok((StatusCode::CREATED, [(header::SET_COOKIE, nothing_pending())], Json(added)))
}
