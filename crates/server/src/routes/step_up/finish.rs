//! `POST /api/v1/me/step-up/finish`

use crate::app::App;
use crate::auth::{Auth, From, Pending, nothing_pending, session_cookie};
use crate::body::Body;
use crate::proof::Shown;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::{AppendHeaders, IntoResponse};
use http::header;
use identity::SessionView;
use serde::Serialize;

#[derive(Serialize)]
struct Answer {
    session: SessionView,
}

/// Finishes it: the session goes on under another secret.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    From(client): From,
    Pending(secret): Pending,
    body: Body<Shown>,
) -> Result<impl IntoResponse, Refusal> {
    app.rates().password(caller.actor.session)?;
    let (directory, proof) = (app.engine().directory(), body.value.proof()?);
    let new = app.identity().finish_step_up(directory, &caller.actor, &secret, proof, &client).await?;
    let cookies =
        [(header::SET_COOKIE, session_cookie(&new.secret)), (header::SET_COOKIE, nothing_pending())];
    Ok((
        AppendHeaders(cookies),
        Json(Answer { session: app.identity().view(&new.session, new.session.id()) }),
    ))
}
