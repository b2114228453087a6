//! `GET /api/v1/roles/export`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;

/// All roles as a file.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(app.engine().export_roles(&caller).await?))
}
