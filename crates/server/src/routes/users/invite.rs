//! `POST /api/v1/users/{id}/invitation`

use super::user;
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::link::Invitation;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;
use records::Invite;

/// Invites a user without a password, also anew.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    body: Body<Invite>,
) -> Result<impl IntoResponse, Refusal> {
    let mails = app.config().mail.is_some();
    let invited = app.engine().invite(&caller, user(&id)?, body.value, mails).await?.into_inner();
    Ok((StatusCode::CREATED, Json(Invitation::of(invited, app.config())?)))
}
