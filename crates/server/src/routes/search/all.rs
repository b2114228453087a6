//! `GET /api/v1/search`

use super::{LIMIT, answer};
use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::response::IntoResponse;

/// One search over everything that the caller may read.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let (mut search, mut limit) = (String::new(), LIMIT);
    for (name, value) in params.0 {
        match name.as_str() {
            "q" => search = value,
            "limit" => limit = Params::number("limit", &value)?,
            other => return Err(Params::unknown(other, &["q", "limit"])),
        }
    }
    answer(&app, &caller, &search, limit).await
}
