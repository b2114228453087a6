//! `GET /api/v1/grants`

use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use kernel::{Text, limits};
use records::Direction;

/// What the caller was given, or gave.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let (mut direction, mut limit, mut cursor) = (Direction::Received, limits::PAGE_DEFAULT, None);
    for (name, value) in params.0 {
        match name.as_str() {
            "direction" => direction = which(&value)?,
            "limit" => limit = Params::number("limit", &value)?,
            "cursor" => cursor = Some(Params::id("cursor", &value)?),
            other => return Err(Params::unknown(other, &["direction", "limit", "cursor"])),
        }
    }
    Ok(Json(app.engine().own_grants(&caller, direction, limit, cursor).await?))
}

fn which(value: &str) -> Result<Direction, Refusal> {
    match value {
        "received" => Ok(Direction::Received),
        "given" => Ok(Direction::Given),
        _ => {
            let text = Text::of("Podaj received albo given.", "Give received or given.");
            Err(Params::wrong("direction", "unknown-value", text, "received"))
        }
    }
}
