//! `POST /api/v1/me/factors/recovery`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde::Serialize;
use zeroize::Zeroizing;

#[derive(Serialize)]
struct Answer {
    codes: Vec<Zeroizing<String>>,
}

/// Makes new recovery codes, shown this once.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(Answer { codes: app.identity().new_recovery_codes(&caller.actor).await? }))
}
