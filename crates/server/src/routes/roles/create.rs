//! `POST /api/v1/roles`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::etag;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{StatusCode, header};
use records::RoleInput;

/// Makes a role.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    body: Body<RoleInput>,
) -> Result<impl IntoResponse, Refusal> {
    let role = app.engine().put_role(&caller, None, body.value).await?;
    Ok((StatusCode::CREATED, [(header::ETAG, etag(role.get().version))], Json(role)))
}
