//! `POST /api/v1/access-requests/{id}/approve`

use super::request;
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;
use records::ApproveInput;

/// Grants what was asked for.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    body: Body<ApproveInput>,
) -> Result<impl IntoResponse, Refusal> {
    let made = app.engine().approve_access(&caller, request(&id)?, body.value).await?;
    Ok((StatusCode::CREATED, Json(made)))
}
