//! `DELETE /api/v1/sessions/{id}`; `current` is the one used.

use crate::app::App;
use crate::auth::{Auth, COOKIE};
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderName, StatusCode, header};
use kernel::Fault;

/// Ends one of the caller's own sessions or tokens; ending the present one clears what the browser keeps.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id = match id.as_str() {
        "current" => caller.actor.session,
        other => other.parse().map_err(|()| Fault::not_found())?,
    };
    if id != caller.actor.session {
        app.engine().not_by_token(&caller).await?;
    }
    app.identity().end(&caller.actor, id).await?;
    app.jobs().drop_stale().await;
    if id != caller.actor.session {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let cookie = format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
    let clear =
        // The other cookie stays: whoever signed in here may do so again, whatever strangers try.
        (HeaderName::from_static("clear-site-data"), "\"cache\", \"storage\"".to_owned());
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie), clear]).into_response())
}
