//! `GET /api/v1/me/factors`

use crate::app::App;
use crate::auth::Auth;
use crate::items::Items;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;

/// The caller's own factors.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    let items = app.identity().own_factors(&app.engine().directory(), &caller.actor).await?;
    Ok(Json(Items { items }))
}
