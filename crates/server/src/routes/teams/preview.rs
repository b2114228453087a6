//! `POST /api/v1/teams/{id}/preview`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use kernel::Fault;
use records::TeamInput;

/// Whom it would concern if a team hung elsewhere.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    body: Body<TeamInput>,
) -> Result<impl IntoResponse, Refusal> {
    let id = id.parse().map_err(|()| Fault::not_found())?;
    Ok(Json(app.engine().preview_team(&caller, id, body.value).await?))
}
