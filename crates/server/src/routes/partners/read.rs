//! `GET /api/v1/partners/{id}`

use crate::app::App;
use crate::auth::Auth;
use crate::preconditions::etag;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::header;
use kernel::Fault;

/// One partner with its agreements.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let id = id.parse().map_err(|()| Refusal(Fault::not_found()))?;
    let view = app.engine().partner(&caller, id).await?;
    Ok(([(header::ETAG, etag(view.get().version))], Json(view)))
}
