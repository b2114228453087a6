//! `POST /api/v1/me/step-up`

use crate::app::App;
use crate::auth::{Auth, From, pending_cookie};
use crate::refusal::Refusal;
use crate::routes::sessions::create::Awaited;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::header;

/// Begins to prove anew that the caller is there.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    From(client): From,
) -> Result<impl IntoResponse, Refusal> {
    let begun = app.identity().begin_step_up(&app.engine().directory(), &caller.actor, &client).await?;
    let mut awaited = Awaited::from(&begun);
    if begun.factors.is_empty() {
        let accounts = app.identity().accounts(caller.actor.user).await?;
        awaited.providers = Some(app.sign_on().of_accounts(&accounts));
    }
    Ok(([(header::SET_COOKIE, pending_cookie(&begun.secret))], Json(awaited)))
}
