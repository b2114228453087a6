//! `POST /api/v1/users/{id}/email-change`

use super::user;
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;
use records::EmailAnswer;
use serde::Deserialize;

/// What is said of a change of address.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    answer: EmailAnswer,
}

/// That the present address is out of reach, that another one may be the user's without it, or that it may not.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    app.engine().answer_email(&caller, user(&id)?, body.value.answer).await?;
    Ok(StatusCode::NO_CONTENT)
}
