//! `GET /api/v1/ledger/events`

use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;

/// Every event, newest first; needs the right to read the ledger.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let (before, limit) = params.page()?;
    Ok(Json(app.engine().ledger_events(&caller, before, limit).await?))
}
