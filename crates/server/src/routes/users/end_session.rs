//! `DELETE /api/v1/users/{id}/sessions/{session}`

use super::user;
use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use access::{Thing, Verb};
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;
use kernel::Fault;

/// Ends one session or token of a user.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path((id, session)): Path<(String, String)>,
) -> Result<impl IntoResponse, Refusal> {
    let permit = app.engine().admin(&caller, Thing::Sessions, Verb::Manage).await?;
    let session = session.parse().map_err(|()| Fault::not_found())?;
    app.identity().end_of(&permit, user(&id)?, session).await?;
    app.jobs().drop_stale().await;
    Ok(StatusCode::NO_CONTENT)
}
