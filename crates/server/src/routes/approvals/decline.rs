//! `POST /api/v1/approvals/{id}/decline`

use super::approval;
use crate::app::App;
use crate::auth::Auth;
use crate::body::{Body, Reason};
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;

/// Declines; whoever asked is told why.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    body: Body<Reason>,
) -> Result<impl IntoResponse, Refusal> {
    app.engine().decline_approval(&caller, approval(&id)?, &body.value.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}
