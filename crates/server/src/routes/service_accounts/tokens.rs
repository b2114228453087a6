//! `GET /api/v1/service-accounts/{id}/tokens`

use crate::app::App;
use crate::auth::Auth;
use crate::items::Items;
use crate::refusal::Refusal;
use crate::routes::users::user;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;

/// Its tokens.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(Items { items: app.engine().service_tokens(&caller, user(&id)?).await? }))
}
