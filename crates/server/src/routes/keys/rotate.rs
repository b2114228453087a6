//! `POST /api/v1/keys/rotate`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
/// Begins a new epoch and wraps every key anew; nothing is sealed again.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    let _place = app.tasks().upkeep()?;
    Ok(Json(app.engine().rotate_keys(&caller).await?))
}
