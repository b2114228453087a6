//! `POST /api/v1/sessions`

use crate::app::App;
use crate::auth::{COOKIE, From};
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
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

/// Signs in: sets the session's cookie.
pub async fn handle(
    State(app): State<App>,
    From(client): From,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    app.rates().login(client.network)?;
    let Input { login, password } = body.value;
    app.engine().refresh().await?;
    let new = app.identity().login(app.engine().directory(), &login, &password, &client).await?;
    let cookie = format!("{COOKIE}={}; Path=/; Secure; HttpOnly; SameSite=Strict", new.secret.as_str());
    let answer = Answer { user: new.session.user(), session: new.session.view(new.session.id()) };
    Ok((StatusCode::CREATED, [(header::SET_COOKIE, cookie)], Json(answer)))
}
