//! `GET /api/v1/service-accounts/{id}`

use crate::app::App;
use crate::auth::Auth;
use crate::preconditions::etag;
use crate::refusal::Refusal;
use crate::routes::users::user;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::header;

/// One of them.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let view = app.engine().service_account(&caller, user(&id)?).await?;
    Ok(([(header::ETAG, etag(view.get().version))], Json(view)))
}
