//! `GET /api/v1/jobs`

use crate::app::App;
use crate::auth::Peeking;
use crate::items::Items;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;

/// The caller's own jobs, newest first. Pages ask for them by themselves: that is no use of the session.
pub async fn handle(
    State(app): State<App>,
    Peeking(caller, _): Peeking,
) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(Items { items: app.jobs().list(&caller).await? }))
}
