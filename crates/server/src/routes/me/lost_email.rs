//! `POST /api/v1/me/email/lost`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;

/// The caller does not read mail at the present address any more: somebody who manages users is asked instead.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(app.engine().lost_own_email(&caller).await?))
}
