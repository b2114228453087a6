//! `POST /api/v1/sessions/factor`

use super::create::signed_in;
use crate::app::App;
use crate::auth::{Browser, From, Pending, Present};
use crate::body::Body;
use crate::proof::Shown;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::response::IntoResponse;

/// Finishes signing in with a factor: sets the session's cookie.
pub async fn handle(
    State(app): State<App>,
    From(mut client): From,
    Browser(token): Browser,
    Pending(secret): Pending,
    present: Present,
    body: Body<Shown>,
) -> Result<impl IntoResponse, Refusal> {
    app.engine().refresh().await?;
    client.session = present.id(&app);
    let (identity, proof, token) =
        (app.identity(), body.value.proof()?, token.as_deref().map(String::as_str));
    let login = identity.login_of_pending(&app.engine().directory(), &secret).await?;
    // What was begun with a passkey alone is nobody's yet.
    let alone = login.is_empty();
    client.known = if alone {
        identity.recognise_anybody(token).await?
    } else {
        identity.recognise(&login, token).await?
    };
    // Whoever was asked for a passkey knocked then, and has one answer.
    if !identity.awaits_passkey(&secret, &proof).await? {
        if alone { app.rates().passkey(&client)? } else { app.rates().login(&client)? }
    }
    let directory = app.engine().directory();
    let new = app.identity().finish_sign_in(directory, &secret, proof, &client).await?;
    signed_in(&app, &new, None).await
}
