//! `GET /api/v1/system`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use crate::system::view;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;

/// The state of the instance, and what is to be done.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    let lang = caller.lang;
    let state = app.engine().system(&caller).await?;
    Ok(Json(view(&app, state.get(), lang).await?))
}
