//! `POST /api/v1/teams`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::etag;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{StatusCode, header};
use records::TeamInput;

/// Makes a team.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    body: Body<TeamInput>,
) -> Result<impl IntoResponse, Refusal> {
    let team = app.engine().put_team(&caller, None, body.value).await?;
    Ok((StatusCode::CREATED, [(header::ETAG, etag(team.get().version))], Json(team)))
}
