//! `POST /api/v1/ledger/verify`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::StatusCode;

/// Verifies the whole ledger, and the rows against it, as a job.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    Ok((StatusCode::ACCEPTED, Json(app.jobs().verify(&caller).await?)))
}
