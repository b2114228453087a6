//! `POST /api/v1/links/password`

use crate::app::App;
use crate::auth::From;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde::Deserialize;
use serde_json::json;
use zeroize::Zeroizing;

/// The secret of a link, and the password to come.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    link: Zeroizing<String>,
    new: Zeroizing<String>,
}

/// Sets a password by a link, once. It signs nobody in: that is the next request, as always.
pub async fn handle(
    State(app): State<App>,
    From(client): From,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    app.rates().login(&client)?;
    app.engine().refresh().await?;
    let Input { link, new } = body.value;
    let mails = app.config().mail.is_some();
    let login = app.engine().set_password_by_link(&link, &new, &client, mails).await?;
    app.jobs().drop_stale().await;
    Ok(Json(json!({ "login": login })))
}
