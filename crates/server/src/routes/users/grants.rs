//! `GET /api/v1/users/{id}/grants`

use super::user;
use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use kernel::limits;

/// What was granted to one user and has not ended.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let id = user(&id)?;
    let (mut limit, mut cursor) = (limits::PAGE_DEFAULT, None);
    for (name, value) in params.0 {
        match name.as_str() {
            "limit" => limit = Params::number("limit", &value)?,
            "cursor" => cursor = Some(Params::id("cursor", &value)?),
            other => return Err(Params::unknown(other, &["limit", "cursor"])),
        }
    }
    Ok(Json(app.engine().user_grants(&caller, id, limit, cursor).await?))
}
