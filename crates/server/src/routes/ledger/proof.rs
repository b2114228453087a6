//! `GET /api/v1/ledger/events/{id}/proof`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use kernel::Fault;

/// A file that proves that the event is in the ledger.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let id = id.parse().map_err(|()| Fault::not_found())?;
    Ok(Json(app.engine().event_proof(&caller, id).await?))
}
