//! `GET /api/v1/views`

use super::parse;
use crate::app::App;
use crate::auth::Auth;
use crate::items::Items;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;

/// The caller's views, and those shared.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let mut entity = None;
    for (name, value) in params.0 {
        match name.as_str() {
            "entity" => entity = Some(value),
            other => return Err(Params::unknown(other, &["entity"])),
        }
    }
    Ok(Json(Items { items: app.engine().views(&caller, entity.as_deref(), &parse).await? }))
}
