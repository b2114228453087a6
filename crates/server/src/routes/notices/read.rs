//! `POST /api/v1/notices/{id}/read`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use crate::routes::records::record;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;

/// Marks a notification as read.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    app.engine().read_notices(&caller, &[record(&id)?]).await?;
    Ok(StatusCode::NO_CONTENT)
}
