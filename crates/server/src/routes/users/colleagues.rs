//! `GET /api/v1/colleagues`

use crate::app::App;
use crate::auth::Auth;
use crate::items::Items;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;

/// Names and teams of all users, or of those who could be given records of an entity.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let mut to_own = Vec::new();
    for (name, value) in params.0 {
        match name.as_str() {
            "to_own" => to_own.push(value),
            other => return Err(Params::unknown(other, &["to_own"])),
        }
    }
    Ok(Json(Items { items: app.engine().colleagues(&caller, &to_own).await? }))
}
