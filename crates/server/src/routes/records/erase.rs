//! `POST /api/v1/{entities}/{id}/erase`

use super::{entity, record};
use crate::app::App;
use crate::auth::Auth;
use crate::body::{Body, Reason};
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;

/// Erases the subject of a record for good, with its key.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path((plural, id)): Path<(String, String)>,
    body: Body<Reason>,
) -> Result<impl IntoResponse, Refusal> {
    let (entity, id) = (entity(&caller, &plural)?, record(&id)?);
    let erased = app.engine().erase(&caller, entity, id, &body.value.reason).await;
    // Whatever came of it, no file may go on holding what was to be erased.
    app.jobs().drop_stale().await;
    Ok(Json(erased?))
}
