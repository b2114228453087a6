//! `POST /api/v1/links/email`

use super::look::Input;
use crate::app::App;
use crate::auth::From;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::response::IntoResponse;
use http::StatusCode;

/// Confirms that mail reaches a user at an address.
pub async fn handle(
    State(app): State<App>,
    From(client): From,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    app.rates().link(&client)?;
    app.engine().refresh().await?;
    app.engine().confirm_email(&body.value.link, &client).await?;
    Ok(StatusCode::NO_CONTENT)
}
