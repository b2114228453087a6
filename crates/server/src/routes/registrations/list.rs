//! `GET /api/v1/registrations`

use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;

/// What the caller's partner registered.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let (limit, cursor) = params.list()?;
    Ok(Json(app.engine().own_registrations(&caller, limit, cursor).await?))
}
