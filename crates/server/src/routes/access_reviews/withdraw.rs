//! `POST /api/v1/access-reviews/{id}/withdraw`

use super::review;
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use records::AccessDecision;

/// Takes away rights that are the caller's to decide on.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    body: Body<AccessDecision>,
) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(app.engine().withdraw_access(&caller, review(&id)?, &body.value).await?))
}
