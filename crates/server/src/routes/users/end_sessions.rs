//! `DELETE /api/v1/users/{id}/sessions`

use super::user;
use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use access::{Thing, Verb};
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;

/// Ends all sessions and tokens of a user.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let permit = app.engine().admin(&caller, Thing::Sessions, Verb::Manage).await?;
    app.identity().end_all_of(&permit, user(&id)?).await?;
    app.jobs().drop_stale().await;
    Ok(StatusCode::NO_CONTENT)
}
