//! `GET /api/v1/entities`

use crate::app::App;
use crate::auth::Auth;
use crate::catalog::Told;
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
    let told = match caller.partner() {
        None => app.told().entities(catalog.get())?,
        Some(_) => Told::entities_of_one(catalog.get())?,
    };
    Ok(told.answer(&headers))
}
