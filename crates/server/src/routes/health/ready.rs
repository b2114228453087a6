//! `GET /health/ready`

use crate::app::App;
use axum::extract::State;
use axum::response::IntoResponse;
use http::StatusCode;

/// Requests are served: the store answers, the index is up to it, and the server does not stop.
pub async fn handle(State(app): State<App>) -> impl IntoResponse {
    if app.answers().await {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
    }
}
