//! `GET /api/v1/openapi.json`

use crate::app::App;
use crate::auth::Auth;
use axum::extract::State;
use axum::response::IntoResponse;
use http::header;

/// The description of this API with the entities of this instance. Names of custom fields are nobody
/// else's business, so it takes a user.
pub async fn handle(State(app): State<App>, Auth(_): Auth) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], app.openapi())
}
