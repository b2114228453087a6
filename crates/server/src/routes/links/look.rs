//! `POST /api/v1/links/look`

use crate::app::App;
use crate::auth::From;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde::Deserialize;
use zeroize::Zeroizing;

/// The secret of a link: what stands in it behind `#`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    pub(super) link: Zeroizing<String>,
}

/// Tells what a link is good for, and uses nothing up.
pub async fn handle(
    State(app): State<App>,
    From(client): From,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    app.rates().link(&client)?;
    app.engine().refresh().await?;
    Ok(Json(app.engine().look_at_link(&body.value.link, &client).await?))
}
