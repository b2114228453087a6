//! `GET /api/v1/me/service-accounts`

use crate::app::App;
use crate::auth::Auth;
use crate::items::Items;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;

/// Those that the caller answers for.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(Items { items: app.engine().own_service_accounts(&caller).await? }))
}
