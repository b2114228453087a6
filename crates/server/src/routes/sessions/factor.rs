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
    let login = app.identity().login_of_pending(&app.engine().directory(), &secret).await?;
    client.known = app.identity().recognise(&login, token.as_deref().map(String::as_str)).await?;
    // What was begun with a passkey alone is nobody's yet.
    if login.is_empty() {
        app.rates().passkey(&client)?;
    } else {
        app.rates().login(&client)?;
    }
    let (directory, proof) = (app.engine().directory(), body.value.proof()?);
    let new = app.identity().finish_sign_in(directory, &secret, proof, &client).await?;
    signed_in(&app, &new, None).await
}
