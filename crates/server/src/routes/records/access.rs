//! `GET /api/v1/{entities}/{id}/access`

use super::{entity, record};
use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use kernel::limits;

/// Who can see a record, and why.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path((plural, id)): Path<(String, String)>,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let (entity, id) = (entity(&caller, &plural)?, record(&id)?);
    let (mut after, mut limit) = (None, limits::PAGE_DEFAULT);
    for (name, value) in params.0 {
        match name.as_str() {
            "after" => after = Some(Params::id("after", &value)?),
            "limit" => limit = Params::number("limit", &value)?,
            other => return Err(Params::unknown(other, &["after", "limit"])),
        }
    }
    Ok(Json(app.engine().record_access(&caller, entity, id, after, limit).await?))
}
