//! `GET /api/v1/notices`

use crate::app::App;
use crate::auth::Peeking;
use crate::items::Items;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
/// The caller's notifications, newest first. Pages ask for them by themselves: that is no use of the session.
pub async fn handle(
    State(app): State<App>,
    Peeking(caller, _): Peeking,
) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(Items { items: app.engine().notices(&caller).await? }))
}
