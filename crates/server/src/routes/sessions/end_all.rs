//! `DELETE /api/v1/sessions/all`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use access::{Thing, Verb};
use axum::extract::State;
use axum::response::IntoResponse;
use http::StatusCode;

/// Ends all sessions and tokens of everybody but the one that asks.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    let permit = app.engine().admin(&caller, Thing::Sessions, Verb::Manage).await?;
    app.engine().not_by_token(&caller).await?;
    app.identity().end_of_all(&permit).await?;
    app.jobs().drop_stale().await;
    Ok(StatusCode::NO_CONTENT)
}
