//! `POST /api/v1/password-resets`

use crate::app::App;
use crate::auth::From;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::response::IntoResponse;
use http::StatusCode;
use serde::Deserialize;

/// Whose password was forgotten.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    login: String,
}

/// Takes note, and looks nothing up: the answer and the work are the same for whatever name.
pub async fn handle(
    State(app): State<App>,
    From(client): From,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    app.rates().reset(&client)?;
    app.engine().ask_reset(&body.value.login, &client).await?;
    Ok(StatusCode::NO_CONTENT)
}
