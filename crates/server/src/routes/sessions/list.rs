//! `GET /api/v1/sessions`

use crate::app::App;
use crate::auth::Auth;
use crate::items::Items;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
/// The caller's own sessions and tokens.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    app.engine().not_by_token(&caller).await?;
    Ok(Json(Items { items: app.identity().own_sessions(&caller.actor).await? }))
}
