//! `PUT /api/v1/teams/{id}`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::{etag, if_match};
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::{HeaderMap, header};
use kernel::Fault;
use records::TeamInput;

/// Renames a team or moves it.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<TeamInput>,
) -> Result<impl IntoResponse, Refusal> {
    let id = id.parse().map_err(|()| Fault::not_found())?;
    let team = app.engine().put_team(&caller, Some((id, if_match(&headers)?)), body.value).await?;
    Ok(([(header::ETAG, etag(team.get().version))], Json(team)))
}
