//! `POST /api/v1/users/{id}/hand-over/ask`

use super::user;
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use http::StatusCode;
use kernel::UserId;
use serde::Deserialize;

/// Whom.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    ask: Vec<UserId>,
}

/// Asks people who could hand over what a user owns to do so.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    body: Body<Input>,
) -> Result<StatusCode, Refusal> {
    app.engine().ask_hand_over(&caller, user(&id)?, &body.value.ask).await?;
    Ok(StatusCode::NO_CONTENT)
}
