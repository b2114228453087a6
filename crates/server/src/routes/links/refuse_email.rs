//! `POST /api/v1/links/refuse-email`

use super::look::Input;
use crate::app::App;
use crate::auth::From;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::response::IntoResponse;
use http::StatusCode;

/// Refuses an address that a user asked for.
pub async fn handle(
    State(app): State<App>,
    From(client): From,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    app.rates().link(&client)?;
    app.engine().refresh().await?;
    app.engine().refuse_email(&body.value.link, &client).await?;
    app.jobs().drop_stale().await;
    Ok(StatusCode::NO_CONTENT)
}
