//! `PUT /api/v1/me/email`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde::Deserialize;

/// An address.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    email: String,
}

/// Has a link sent to an address, the present one or another, by which it is confirmed.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    let mails = app.config().mail.is_some();
    Ok(Json(app.engine().ask_email(&caller, &body.value.email, mails).await?))
}
