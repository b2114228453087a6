//! `POST /api/v1/sessions`

use crate::app::App;
use crate::auth::{Browser, From, browser_cookie, session_cookie};
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::{AppendHeaders, IntoResponse};
use http::{StatusCode, header};
use identity::SessionView;
use serde::{Deserialize, Serialize};

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
}

/// Signs in: sets the session's cookie, and one that makes the browser known from now on.
pub async fn handle(
    State(app): State<App>,
    From(mut client): From,
    Browser(token): Browser,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    let Input { login, password } = body.value;
    client.known = app.identity().recognise(&login, token.as_deref().map(String::as_str)).await?;
    app.rates().login(&client)?;
    app.engine().refresh().await?;
    let new = app.identity().login(app.engine().directory(), &login, &password, &client).await?;
    let cookies = [
        (header::SET_COOKIE, session_cookie(&new.secret)),
        (header::SET_COOKIE, browser_cookie(&app, &new.session).await?),
    ];
    let answer = Answer { user: new.session.user(), session: new.session.view(new.session.id()) };
    Ok((StatusCode::CREATED, AppendHeaders(cookies), Json(answer)))
}
