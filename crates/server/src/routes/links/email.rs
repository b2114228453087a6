//! `POST /api/v1/links/email`

use super::look::Input;
use crate::app::App;
use crate::auth::From;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;

/// Confirms an address that is to be a user's, there or from the one before.
pub async fn handle(
    State(app): State<App>,
    From(client): From,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    app.rates().link(&client)?;
    app.engine().refresh().await?;
    Ok(Json(app.engine().confirm_email(&body.value.link, &client).await?))
}
