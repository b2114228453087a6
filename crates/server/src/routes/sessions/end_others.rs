//! `DELETE /api/v1/sessions`

use crate::app::App;
use crate::auth::{InSession, browser_cookie};
use crate::refusal::Refusal;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{StatusCode, header};

/// Ends all the caller's sessions and tokens but the present one, and forgets all browsers but this one.
pub async fn handle(
    State(app): State<App>,
    InSession(caller, session): InSession,
) -> Result<impl IntoResponse, Refusal> {
    app.engine().not_by_token(&caller).await?;
    app.identity().end_others(&caller.actor).await?;
    app.jobs().drop_stale().await;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, browser_cookie(&app, &session).await?)]))
}
