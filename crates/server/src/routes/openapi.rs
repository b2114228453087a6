//! `GET /api/v1/openapi.json`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;

/// The description of this API with the entities of this instance. Names of custom fields are nobody
/// else's business, so it takes a user.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    Ok(app.told().openapi(&caller.policy.catalog)?.answer(&headers))
}
