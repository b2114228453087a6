//! `GET /api/v1/approvals`

use crate::app::App;
use crate::auth::Auth;
use crate::items::Items;
use crate::params::Params;
use crate::refusal::Refusal;
use crate::routes::access_requests::list::is_mine;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;

/// One's own requests, or those that one can decide on.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Params(params): Params,
) -> Result<impl IntoResponse, Refusal> {
    let items = match is_mine(&params)? {
        true => app.engine().my_approvals(&caller).await?,
        false => app.engine().approvals_to_decide(&caller).await?,
    };
    Ok(Json(Items { items }))
}
