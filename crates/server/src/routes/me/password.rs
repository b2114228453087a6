//! `PUT /api/v1/me/password`

use crate::app::App;
use crate::auth::{Auth, From};
use crate::body::Body;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::response::IntoResponse;
use http::StatusCode;
use serde::Deserialize;
use zeroize::Zeroizing;

/// The present password and the one to come.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    current: Zeroizing<String>,
    new: Zeroizing<String>,
}

/// Changes the caller's password and ends all other sessions and tokens.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    From(client): From,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    app.rates().login(client.network)?;
    let Input { current, new } = body.value;
    app.engine().change_own_password(&caller, &current, &new, &client).await?;
    Ok(StatusCode::NO_CONTENT)
}
