//! `GET /health/live`

use axum::response::IntoResponse;

/// The process runs.
pub async fn handle() -> impl IntoResponse {
    "live\n"
}
