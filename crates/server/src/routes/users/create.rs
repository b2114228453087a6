//! `POST /api/v1/users`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::link::Invitation;
use crate::preconditions::etag;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{StatusCode, header};
use identity::{NewUser, Profile};
use kernel::{Lang, PartnerId, RoleId, TeamId};
use records::Invite;
use serde::{Deserialize, Serialize};

/// A user, and an invitation if there is to be one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    login: String,
    name: String,
    email: String,
    #[serde(default)]
    lang: Lang,
    team: Option<TeamId>,
    #[serde(default)]
    roles: Vec<RoleId>,
    partner: Option<PartnerId>,
    invite: Option<Invite>,
}

#[derive(Serialize)]
struct Answer {
    #[serde(flatten)]
    user: Profile,
    #[serde(skip_serializing_if = "Option::is_none")]
    invitation: Option<Invitation>,
}

/// Makes a user.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    let Input { login, name, email, lang, team, roles, partner, invite } = body.value;
    let team = team.unwrap_or(TeamId::NIL);
    let user = NewUser { login, name, email, lang, team, roles, partner };
    let inviting = invite.map(|invite| (invite, app.config().mail.is_some()));
    let (user, invited) = app.engine().create_user(&caller, user, inviting).await?.into_inner();
    let invitation = invited.map(|invited| Invitation::of(invited, app.config())).transpose()?;
    let (place, tag) = (format!("/api/v1/users/{}", user.id), etag(user.version));
    let answer = Json(Answer { user, invitation });
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], [(header::ETAG, tag)], answer))
}
