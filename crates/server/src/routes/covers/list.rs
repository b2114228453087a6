//! `GET /api/v1/covers`

use crate::app::App;
use crate::auth::Auth;
use crate::items::Items;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;

/// Covers that concern the caller, or over the records of one user.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Params(params): Params,
) -> Result<impl IntoResponse, Refusal> {
    let mut of = None;
    for (name, value) in &params {
        match &**name {
            "of" => of = Some(Params::id(name, value)?),
            _ => return Err(Params::unknown(name, &["of"])),
        }
    }
    Ok(Json(Items { items: app.engine().covers(&caller, of).await? }))
}
