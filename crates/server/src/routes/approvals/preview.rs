//! `POST /api/v1/approvals/preview`

use super::ActInput;
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use serde::Deserialize;

/// What is to be done.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    act: ActInput,
}

/// Says what an act on many records would do, and does nothing.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    let act = body.value.act.act(&app, &caller).await?;
    Ok(Json(app.engine().preview_act(&caller, &act).await?))
}
