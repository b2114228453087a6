//! `POST /api/v1/{entities}/totals`

use super::totals::answer;
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use serde::Deserialize;

/// What is counted and added up, by the names that the parameters have.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    group: String,
    sum: Option<String>,
    #[serde(default)]
    filter: Vec<String>,
}

/// Counts and sums by group, with the conditions in the body.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(plural): Path<String>,
    Body { value: input, .. }: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    answer(&app, &caller, &plural, &input.group, input.sum.as_deref(), &input.filter).await
}
