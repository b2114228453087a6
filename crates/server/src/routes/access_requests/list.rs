//! `GET /api/v1/access-requests`

use crate::app::App;
use crate::auth::Auth;
use crate::items::Items;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use kernel::Text;

/// One's own requests, or those that one can decide on.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Params(params): Params,
) -> Result<impl IntoResponse, Refusal> {
    let items = match is_mine(&params)? {
        true => app.engine().my_access_requests(&caller).await?,
        false => app.engine().access_requests_to_decide(&caller).await?,
    };
    Ok(Json(Items { items }))
}

/// Whether one's own are asked for, or those that one can decide on.
pub fn is_mine(params: &[(String, String)]) -> Result<bool, Refusal> {
    let mut mine = None;
    for (name, value) in params {
        mine = Some(match (&**name, &**value) {
            ("direction", "mine") => true,
            ("direction", "to_decide") => false,
            ("direction", _) => {
                let text = Text::of("Ma być mine albo to_decide.", "Must be mine or to_decide.");
                return Err(Params::wrong(name, "unknown-direction", text, "mine"));
            }
            _ => return Err(Params::unknown(name, &["direction"])),
        });
    }
    Ok(mine.unwrap_or(true))
}
