//! `GET /api/v1/me/events`

use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use crate::routes::ledger::events::{OF_USER, wanted};
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;

/// What the caller did, newest first.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let (filter, before, limit) = wanted(&caller, params, &OF_USER)?;
    Ok(Json(app.engine().user_events(&caller, caller.actor.user, &filter, before, limit).await?))
}
