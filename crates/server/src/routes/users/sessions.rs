//! `GET /api/v1/users/{id}/sessions`

use super::user;
use crate::app::App;
use crate::auth::Auth;
use crate::items::Items;
use crate::refusal::Refusal;
use access::{Thing, Verb};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;

/// A user's sessions and tokens.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let permit = app.engine().admin(&caller, Thing::Sessions, Verb::Read).await?;
    Ok(Json(Items { items: app.identity().sessions_of(&permit, user(&id)?).await? }))
}
