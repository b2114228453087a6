//! `DELETE /api/v1/service-accounts/{id}/tokens/{token}`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use crate::routes::users::user;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;
use kernel::Fault;

/// Revokes a token of it.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path((id, token)): Path<(String, String)>,
) -> Result<impl IntoResponse, Refusal> {
    let token = token.parse().map_err(|()| Fault::not_found())?;
    app.engine().end_service_token(&caller, user(&id)?, token).await?;
    app.jobs().drop_stale().await;
    Ok(StatusCode::NO_CONTENT)
}
