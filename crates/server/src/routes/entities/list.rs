//! `GET /api/v1/entities`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;

/// The descriptors of all entities, custom fields included.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let catalog = app.engine().entities(&caller).await?;
    Ok(app.told().entities(catalog.get())?.answer(&headers))
}
