//! `DELETE /api/v1/me/factors/{id}`

use super::factor;
use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;

/// Removes one of the caller's factors.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    app.engine().remove_factor(&caller, factor(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
