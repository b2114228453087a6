//! `GET /api/v1/registrations`

use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use kernel::{RecordId, limits};

/// What the caller's partner registered.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let (limit, cursor) = page(params)?;
    Ok(Json(app.engine().own_registrations(&caller, limit, cursor).await?))
}

/// Which page is asked for.
pub fn page(params: Params) -> Result<(u32, Option<RecordId>), Refusal> {
    let (mut limit, mut cursor) = (limits::PAGE_DEFAULT, None);
    for (name, value) in params.0 {
        match name.as_str() {
            "limit" => limit = Params::number("limit", &value)?,
            "cursor" => cursor = Some(Params::id("cursor", &value)?),
            other => return Err(Params::unknown(other, &["limit", "cursor"])),
        }
    }
    Ok((limit, cursor))
}
