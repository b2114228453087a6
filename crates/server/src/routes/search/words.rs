//! `POST /api/v1/search`

use super::{LIMIT, answer};
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::response::IntoResponse;
use serde::Deserialize;

/// Words, and how many records of each entity.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    q: String,
    limit: Option<u32>,
}

/// The same search, with the words in the body: they are in no address.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Body { value: input, .. }: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    answer(&app, &caller, &input.q, input.limit.unwrap_or(LIMIT)).await
}
