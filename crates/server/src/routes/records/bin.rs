//! `DELETE /api/v1/{entities}/{id}`

use super::{entity, record};
use crate::app::App;
use crate::auth::Auth;
use crate::preconditions::{etag, if_match};
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::{HeaderMap, header};

/// Puts a record into the bin.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path((plural, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Refusal> {
    let (entity, id, version) = (entity(&caller, &plural)?, record(&id)?, if_match(&headers)?);
    let view = app.engine().set_binned(&caller, entity, id, version, true).await?;
    Ok(([(header::ETAG, etag(view.get().version))], Json(view)))
}
