//! `GET /api/v1/sign-in`

use crate::app::App;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde::Serialize;

#[derive(Serialize)]
struct Ways {
    /// Whether whoever forgot a password can have a link mailed.
    resets: bool,
}

/// Tells the page where people sign in what it can offer.
pub async fn handle(State(app): State<App>) -> impl IntoResponse {
    Json(Ways { resets: app.config().mail.is_some() })
}
