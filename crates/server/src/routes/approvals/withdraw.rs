//! `POST /api/v1/approvals/{id}/withdraw`

use super::approval;
use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;

/// Takes back a request of one's own.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    app.engine().withdraw_approval(&caller, approval(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
