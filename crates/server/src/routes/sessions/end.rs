//! `DELETE /api/v1/sessions/{id}`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;
use kernel::Fault;

/// Ends one of the caller's own sessions or tokens.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    app.engine().not_by_token(&caller).await?;
    let id = id.parse().map_err(|()| Fault::not_found())?;
    app.identity().end(&caller.actor, id).await?;
    app.jobs().drop_stale().await;
    Ok(StatusCode::NO_CONTENT)
}
