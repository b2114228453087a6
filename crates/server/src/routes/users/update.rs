//! `PATCH /api/v1/users/{id}`

use super::user;
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::{etag, if_match};
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::{HeaderMap, header};
use identity::UserChange;

/// Changes name, address, language, team, roles, or suspends; suspending ends every session.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<UserChange>,
) -> Result<impl IntoResponse, Refusal> {
    let (id, version) = (user(&id)?, if_match(&headers)?);
    let mails = app.config().mail.is_some();
    let view = app.engine().update_user(&caller, id, version, body.value, mails).await?;
    Ok(([(header::ETAG, etag(view.get().user.version))], Json(view)))
}
