//! `DELETE /api/v1/grants/{id}`

use crate::app::App;
use crate::auth::Proven;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;
use kernel::Fault;

/// Ends a grant at once. Whoever gives back what is the own needs no proof.
pub async fn handle(
    State(app): State<App>,
    Proven(caller, is_fresh): Proven,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let id = id.parse().map_err(|()| Refusal(Fault::not_found()))?;
    app.engine().end_grant(&caller, id, is_fresh).await?;
    Ok(StatusCode::NO_CONTENT)
}
