//! `GET /api/v1/access-reviews`

use crate::app::App;
use crate::auth::Auth;
use crate::items::Items;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use kernel::Text;

/// Campaigns in which the caller is a reviewer, or all.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let mut all = false;
    for (name, value) in params.0 {
        match (name.as_str(), value.as_str()) {
            ("view", "mine") => all = false,
            ("view", "all") => all = true,
            ("view", _) => {
                let text = Text::of("Podaj mine albo all.", "Give mine or all.");
                return Err(Params::wrong("view", "unknown-value", text, "mine"));
            }
            (other, _) => return Err(Params::unknown(other, &["view"])),
        }
    }
    Ok(Json(Items { items: app.engine().access_reviews(&caller, all).await? }))
}
