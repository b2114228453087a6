//! `DELETE /api/v1/sessions`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::response::IntoResponse;
use http::StatusCode;

/// Ends all the caller's sessions and tokens but the present one.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    app.identity().end_others(&caller.actor).await?;
    app.jobs().drop_stale().await;
    Ok(StatusCode::NO_CONTENT)
}
