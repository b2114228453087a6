//! `POST /api/v1/imports/{id}/undo`

use super::act;
use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;

/// Takes an import back, as far as nobody touched its records since.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let (act, user) = (act(&id)?, caller.actor.user);
    let undone = app.engine().undo_import(&caller, act).await;
    // Keys may have been destroyed.
    app.jobs().drop_stale().await;
    let undone = undone?;
    app.jobs().undone(user, act.cast());
    Ok(Json(undone))
}
