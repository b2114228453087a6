//! `GET /api/v1/sign-on`

use crate::app::App;
use crate::sign_on::Shown;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde_json::json;

/// Through whom one can sign in: for the page where nobody is signed in yet.
pub async fn handle(State(app): State<App>) -> impl IntoResponse {
    let providers: Vec<_> = app.sign_on().all().iter().map(Shown::from).collect();
    Json(json!({ "providers": providers, "only": app.config().sign_on.only }))
}
