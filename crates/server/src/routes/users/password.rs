//! `POST /api/v1/users/{id}/password`

use super::user;
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;
use serde::Deserialize;
use zeroize::Zeroizing;

/// The password to come.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    new: Zeroizing<String>,
}

/// Gives a user a new password and ends all the user's sessions and tokens.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    app.engine().set_user_password(&caller, user(&id)?, &body.value.new).await?;
    Ok(StatusCode::NO_CONTENT)
}
