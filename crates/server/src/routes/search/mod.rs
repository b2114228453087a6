//! One search over everything, under `/api/v1/search`.

pub mod all;
pub mod words;

use crate::app::App;
use crate::refusal::Refusal;
use axum::Json;
use axum::response::{IntoResponse, Response};
use records::Caller;
use serde::Serialize;

/// What was found.
#[derive(Serialize)]
struct Found<T> {
    groups: T,
}

/// Records of each entity when nothing is asked.
const LIMIT: u32 = 5;

/// What is found, whichever way it was asked.
async fn answer(app: &App, caller: &Caller, words: &str, limit: u32) -> Result<Response, Refusal> {
    let groups = app.engine().search(caller, words, limit).await?;
    Ok(Json(Found { groups }).into_response())
}
