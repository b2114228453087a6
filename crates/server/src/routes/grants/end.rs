//! `DELETE /api/v1/grants/{id}`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;
use kernel::Fault;

/// Ends a grant at once.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let id = id.parse().map_err(|()| Refusal(Fault::not_found()))?;
    app.engine().end_grant(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
