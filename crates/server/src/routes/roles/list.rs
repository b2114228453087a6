//! `GET /api/v1/roles`

use crate::app::App;
use crate::auth::Auth;
use crate::items::Items;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
/// All roles with their rights.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(Items { items: app.engine().roles(&caller).await? }))
}
