//! `GET /health/ready`

use crate::app::App;
use axum::extract::State;
use axum::response::IntoResponse;
use http::StatusCode;

/// The index is up to the store.
pub async fn handle(State(app): State<App>) -> impl IntoResponse {
    if app.is_ready() {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "getting ready\n")
    }
}
