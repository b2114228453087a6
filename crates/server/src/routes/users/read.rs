//! `GET /api/v1/users/{id}`

use super::user;
use crate::app::App;
use crate::auth::Auth;
use crate::preconditions::etag;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::header;

/// One user.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let view = app.engine().user(&caller, user(&id)?).await?;
    Ok(([(header::ETAG, etag(view.get().user.version))], Json(view)))
}
