//! `GET /api/v1/colleagues`

use crate::app::App;
use crate::auth::Auth;
use crate::items::Items;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
/// Names and teams of all users: who can own a record.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(Items { items: app.engine().colleagues(&caller).await? }))
}
