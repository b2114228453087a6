//! `POST /api/v1/{entities}/{id}/grants`

use super::{entity, record};
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;
use records::GrantInput;

/// Gives a role on one record.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path((plural, id)): Path<(String, String)>,
    body: Body<GrantInput>,
) -> Result<impl IntoResponse, Refusal> {
    let (entity, id) = (entity(&caller, &plural)?, record(&id)?);
    let made = app.engine().grant(&caller, entity, id, body.value).await?;
    Ok((StatusCode::CREATED, Json(made)))
}
