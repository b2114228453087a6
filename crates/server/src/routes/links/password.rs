//! `POST /api/v1/links/password`

use crate::app::App;
use crate::auth::{From, browser_cookie_by_link};
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::header;
use serde::Deserialize;
use zeroize::Zeroizing;

/// The secret of a link, and the password to come.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    link: Zeroizing<String>,
    new: Zeroizing<String>,
}

/// Sets a password by a link, once. It signs nobody in: that is the next request, as always. But the browser is known
/// from now on, so that whoever guesses elsewhere does not hold that up.
pub async fn handle(
    State(app): State<App>,
    From(client): From,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    app.rates().link(&client)?;
    app.engine().refresh().await?;
    let Input { link, new } = body.value;
    let mails = app.config().mail.is_some();
    let used = app.engine().set_password_by_link(&link, &new, &client, mails).await?;
    app.jobs().drop_stale().await;
    let known = browser_cookie_by_link(&app, used.get().user).await?;
    Ok(([(header::SET_COOKIE, known)], Json(used)))
}
