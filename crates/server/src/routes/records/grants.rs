//! `GET /api/v1/{entities}/{id}/grants`

use super::{entity, record};
use crate::app::App;
use crate::auth::Auth;
use crate::items::Items;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;

/// To whom one record was granted.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path((plural, id)): Path<(String, String)>,
) -> Result<impl IntoResponse, Refusal> {
    let (entity, id) = (entity(&caller, &plural)?, record(&id)?);
    Ok(Json(Items { items: app.engine().grants(&caller, entity, id).await? }))
}
