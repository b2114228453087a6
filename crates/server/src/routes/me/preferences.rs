//! `GET /api/v1/me/preferences`

use crate::app::App;
use crate::auth::Auth;
use crate::preconditions::etag;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::header;

/// How the caller wants the interface.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    let kept = app.engine().preferences(&caller).await?.into_inner();
    Ok(([(header::ETAG, etag(kept.version))], Json(kept.value)))
}
