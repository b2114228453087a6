//! `DELETE /api/v1/roles/{id}`

use crate::app::App;
use crate::auth::Auth;
use crate::preconditions::if_match;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::{HeaderMap, StatusCode};
use kernel::Fault;

/// Removes a role that nobody holds.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Refusal> {
    let id = id.parse().map_err(|()| Fault::not_found())?;
    app.engine().remove_role(&caller, id, if_match(&headers)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
