//! `GET /api/v1/factors/requirement`

use crate::app::App;
use crate::auth::Auth;
use crate::preconditions::etag;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::header;

/// Which factors are asked of whom.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    let asked = app.engine().requirement(&caller).await?.into_inner();
    Ok(([(header::ETAG, etag(asked.version))], Json(asked)))
}
