//! `DELETE /api/v1/sessions/current`

use crate::app::App;
use crate::auth::{Auth, COOKIE};
use crate::refusal::Refusal;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{HeaderName, StatusCode, header};

/// Ends the session or token that asks, and clears what the browser keeps.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    app.identity().end(&caller.actor, caller.actor.session).await?;
    app.jobs().drop_stale().await;
    let cookie = format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
    let clear =
        // The other cookie stays: whoever signed in here may do so again, whatever strangers try.
        (HeaderName::from_static("clear-site-data"), "\"cache\", \"storage\"".to_owned());
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie), clear]))
}
