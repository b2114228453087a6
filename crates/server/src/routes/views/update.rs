//! `PATCH /api/v1/views/{id}`

use super::parse;
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::{etag, if_match};
use crate::refusal::Refusal;
use crate::routes::records::record;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::{HeaderMap, header};
use records::ViewChange;

/// Changes one of the caller's views.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<ViewChange>,
) -> Result<impl IntoResponse, Refusal> {
    let (id, version) = (record(&id)?, if_match(&headers)?);
    let view = app.engine().update_view(&caller, id, version, body.value, &parse).await?;
    Ok(([(header::ETAG, etag(view.get().version))], Json(view)))
}
