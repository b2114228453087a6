//! `GET /api/v1/{entities}/{id}/grantable-roles`

use super::{entity, record};
use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;

/// Which roles the caller may give on one record.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path((plural, id)): Path<(String, String)>,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let (entity, id) = (entity(&caller, &plural)?, record(&id)?);
    let (mut with_related, mut fields) = (false, None);
    for (name, value) in params.0 {
        match name.as_str() {
            "with_related" => with_related = Params::flag("with_related", &value)?,
            "fields" => fields = Some(value.split(',').map(str::to_owned).collect::<Vec<_>>()),
            other => return Err(Params::unknown(other, &["with_related", "fields"])),
        }
    }
    Ok(Json(app.engine().grantable_roles(&caller, entity, id, with_related, fields.as_deref()).await?))
}
