//! `GET /api/v1/users/{id}/events`

use super::user;
use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use crate::routes::ledger::events::{OF_USER, wanted};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;

/// What a user did, newest first; needs the right to read the ledger.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let (filter, before, limit) = wanted(&caller, params, &OF_USER)?;
    Ok(Json(app.engine().user_events(&caller, user(&id)?, &filter, before, limit).await?))
}
