//! `GET /api/v1/role-conflicts`

use crate::app::App;
use crate::auth::Auth;
use crate::preconditions::etag;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::header;

/// Which roles one person is not to hold together.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    let conflicts = app.engine().role_conflicts(&caller).await?.into_inner();
    Ok(([(header::ETAG, etag(conflicts.version))], Json(conflicts)))
}
