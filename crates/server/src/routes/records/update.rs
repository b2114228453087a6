//! `PATCH /api/v1/{entities}/{id}`

use super::{entity, record};
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::{etag, if_match};
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::{HeaderMap, header};
use records::UpdateInput;

/// Changes fields or the owner (JSON merge patch, RFC 7396, of `fields`).
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path((plural, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body<UpdateInput>,
) -> Result<impl IntoResponse, Refusal> {
    let (entity, id, version) = (entity(&caller, &plural)?, record(&id)?, if_match(&headers)?);
    let view = app.engine().update(&caller, entity, id, version, &body.value).await?;
    Ok(([(header::ETAG, etag(view.get().version))], Json(view)))
}
