//! `GET /api/v1/me`

use crate::app::App;
use crate::auth::InSession;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;

/// Who the caller is, and what the caller may do at all.
pub async fn handle(
    State(app): State<App>,
    InSession(caller, session): InSession,
) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(app.engine().me(&caller, &session).await?))
}
