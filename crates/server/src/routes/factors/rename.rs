//! `PATCH /api/v1/me/factors/{id}`

use super::factor;
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use serde::Deserialize;

/// What it is to be called.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    name: String,
}

/// Calls one of the caller's factors something else.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    let (id, directory) = (factor(&id)?, app.engine().directory());
    Ok(Json(app.identity().rename_factor(&directory, &caller.actor, id, &body.value.name).await?))
}
