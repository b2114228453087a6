//! `PUT /api/v1/me/password`

use crate::app::App;
use crate::auth::{From, InSession, browser_cookie};
use crate::body::Body;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{StatusCode, header};
use serde::Deserialize;
use zeroize::Zeroizing;

/// The present password and the one to come.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    current: Zeroizing<String>,
    new: Zeroizing<String>,
}

/// Changes the caller's password, ends all other sessions and tokens, and forgets all browsers but this one.
pub async fn handle(
    State(app): State<App>,
    InSession(caller, session): InSession,
    From(client): From,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    app.rates().password(caller.actor.session)?;
    let Input { current, new } = body.value;
    app.engine().change_own_password(&caller, &current, &new, &client).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, browser_cookie(&app, &session).await?)]))
}
