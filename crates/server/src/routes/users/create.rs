//! `POST /api/v1/users`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::etag;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{StatusCode, header};
use identity::NewUser;
use kernel::{Lang, RoleId, TeamId};
use serde::Deserialize;
use zeroize::Zeroizing;

/// A user, and a first password if there is to be one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    login: String,
    name: String,
    email: String,
    #[serde(default)]
    lang: Lang,
    team: TeamId,
    #[serde(default)]
    roles: Vec<RoleId>,
    password: Option<Zeroizing<String>>,
}

/// Makes a user.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    let Input { login, name, email, lang, team, roles, password } = body.value;
    let user = NewUser { login, name, email, lang, team, roles };
    let made = app.engine().create_user(&caller, user, password.as_ref().map(|p| p.as_str())).await?;
    let (place, tag) = (format!("/api/v1/users/{}", made.get().id), etag(made.get().version));
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], [(header::ETAG, tag)], Json(made)))
}
