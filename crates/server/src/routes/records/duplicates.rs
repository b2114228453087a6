//! `POST /api/v1/{entities}/duplicates`

use super::entity;
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::items::Items;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use records::DuplicatesInput;

/// Records that may be the same as the one described.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(plural): Path<String>,
    body: Body<DuplicatesInput>,
) -> Result<impl IntoResponse, Refusal> {
    let items = app.engine().duplicates(&caller, entity(&caller, &plural)?, &body.value).await?;
    Ok(Json(Items { items }))
}
