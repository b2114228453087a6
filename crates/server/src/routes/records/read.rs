//! `GET /api/v1/{entities}/{id}`

use super::{entity, record};
use crate::app::App;
use crate::auth::Auth;
use crate::preconditions::etag;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::header;

/// Opens one record.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path((plural, id)): Path<(String, String)>,
) -> Result<impl IntoResponse, Refusal> {
    let view = app.engine().read(&caller, entity(&caller, &plural)?, record(&id)?).await?;
    Ok(([(header::ETAG, etag(view.get().version))], Json(view)))
}
