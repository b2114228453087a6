//! `POST /api/v1/sessions`

use crate::app::App;
use crate::auth::{self, Browser, Present, browser_cookie, nothing_pending, pending_cookie, session_cookie};
use crate::body::Body;
use crate::refusal::Refusal;
use crate::sign_on::Shown;
use axum::Json;
use axum::extract::State;
use axum::response::{AppendHeaders, IntoResponse, Response};
use http::{StatusCode, header};
use identity::{Begun, FactorKind, NewSession, SessionView, SignIn};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Name and password.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    login: String,
    password: zeroize::Zeroizing<String>,
}

#[derive(Serialize)]
struct Answer {
    user: kernel::UserId,
    session: SessionView,
    /// Where in the interface to go, if it was said when signing in was begun.
    #[serde(skip_serializing_if = "Option::is_none")]
    back: Option<String>,
}

/// What is to be shown next.
#[derive(Serialize)]
pub struct Awaited {
    factors: Vec<FactorKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passkey: Option<Value>,
    /// As in [`Answer`].
    #[serde(skip_serializing_if = "Option::is_none")]
    back: Option<String>,
    /// Where to confirm for whoever has nothing to show here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub providers: Option<Vec<Shown>>,
}

impl From<&Begun> for Awaited {
    fn from(begun: &Begun) -> Self {
        Self { factors: begun.factors.clone(), passkey: begun.passkey.clone(), back: None, providers: None }
    }
}

/// Signs in, which ends the session that the browser was in: sets the session's cookie, and one that makes the browser known from now on; or that of a second step if the user has a factor.
pub async fn handle(
    State(app): State<App>,
    auth::From(mut client): auth::From,
    Browser(token): Browser,
    present: Present,
    body: Body<Input>,
) -> Result<Response, Refusal> {
    let Input { login, password } = body.value;
    client.known = app.identity().recognise(&login, token.as_deref().map(String::as_str)).await?;
    app.rates().login(&client)?;
    app.engine().refresh().await?;
    client.session = present.id(&app);
    let outcome = app.identity().login(app.engine().directory(), &login, &password, &client).await?;
    answer(&app, &outcome, None).await
}

/// The answer to whoever proved to be somebody: by the password, or at a provider.
///
/// # Errors
/// The session has ended meanwhile.
pub async fn answer(app: &App, outcome: &SignIn, back: Option<String>) -> Result<Response, Refusal> {
    match outcome {
        SignIn::Done(new) => Ok(signed_in(app, new, back).await?.into_response()),
        SignIn::Pending(begun) => {
            let cookie = [(header::SET_COOKIE, pending_cookie(&begun.secret))];
            let awaited = Awaited { back, ..Awaited::from(begun) };
            Ok((StatusCode::ACCEPTED, cookie, Json(awaited)).into_response())
        }
    }
}

/// The answer to whoever has a session now.
///
/// # Errors
/// The session has ended meanwhile.
pub async fn signed_in(
    app: &App,
    new: &NewSession,
    back: Option<String>,
) -> Result<impl IntoResponse + use<>, Refusal> {
    // The session that the browser was in has ended.
    app.jobs().drop_stale().await;
    let cookies = [session_cookie(&new.secret), browser_cookie(app, &new.session).await?, nothing_pending()];
    let answer = Answer {
        user: new.session.user(),
        session: app.identity().view(&new.session, new.session.id()),
        back,
    };
    let cookies = cookies.map(|cookie| (header::SET_COOKIE, cookie));
    Ok((StatusCode::CREATED, AppendHeaders(cookies), Json(answer)))
}
