//! `DELETE /api/v1/sessions/current`

use crate::app::App;
use crate::auth::{COOKIE, InSession};
use crate::refusal::Refusal;
use axum::extract::State;
use axum::response::{AppendHeaders, IntoResponse};
use http::{HeaderName, HeaderValue, StatusCode, header};

/// Ends the session or token that asks, and clears what the browser keeps.
pub async fn handle(
    State(app): State<App>,
    InSession(caller, session): InSession,
) -> Result<impl IntoResponse, Refusal> {
    app.identity().end(&caller.actor, caller.actor.session).await?;
    app.jobs().drop_stale().await;
    // Where there is such a place, the browser goes there to sign out of the provider too.
    let there = match session.origin().and_then(|origin| app.sign_on().named(&origin.provider).ok()) {
        Some(provider) => provider.sign_out_address(&app.config().address()?, app.engine().now()).await,
        None => None,
    };
    let there = there.and_then(|address| HeaderValue::from_str(&address).ok());
    let there = there.map(|address| AppendHeaders([(header::LOCATION, address)]));
    let cookie = format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
    let clear =
        // The other cookie stays: whoever signed in here may do so again, whatever strangers try.
        (HeaderName::from_static("clear-site-data"), "\"cache\", \"storage\"".to_owned());
    Ok((StatusCode::NO_CONTENT, there, [(header::SET_COOKIE, cookie), clear]))
}
