//! `GET /api/v1/partners/{id}/registrations`

use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use kernel::Fault;

/// What one partner registered.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let id = id.parse().map_err(|()| Refusal(Fault::not_found()))?;
    let (limit, cursor) = params.list()?;
    Ok(Json(app.engine().partner_registrations(&caller, id, limit, cursor).await?))
}
