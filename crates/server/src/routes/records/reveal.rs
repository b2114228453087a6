//! `POST /api/v1/{entities}/{id}/reveal`

use super::{entity, record};
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};

/// What is to be shown, and why.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    field: String,
    reason: String,
}

#[derive(Serialize)]
struct Answer {
    field: String,
    value: records::Released<serde_json::Value>,
}

/// Shows one masked value in clear.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path((plural, id)): Path<(String, String)>,
    Body { value: input, .. }: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    let (entity, id) = (entity(&caller, &plural)?, record(&id)?);
    let value = app.engine().reveal(&caller, entity, id, &input.field, &input.reason).await?;
    Ok(Json(Answer { field: input.field, value }))
}
