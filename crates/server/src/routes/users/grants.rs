//! `GET /api/v1/users/{id}/grants`

use super::user;
use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;

/// What was granted to one user and has not ended.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let id = user(&id)?;
    let (limit, cursor) = params.list()?;
    Ok(Json(app.engine().user_grants(&caller, id, limit, cursor).await?))
}
