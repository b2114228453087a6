//! `POST /api/v1/approvals`

use super::ActInput;
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{StatusCode, header};
use serde::Deserialize;

/// What is to be done, and why.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    act: ActInput,
    reason: String,
}

/// Asks a second person to approve an act on many records.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    app.rates().ask(caller.actor.user)?;
    let Input { act, reason } = body.value;
    let act = act.act(&app, &caller).await?;
    let asked = app.engine().ask_approval(&caller, act, &reason).await?.into_inner();
    let at = format!("/api/v1/approvals/{}", asked.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, at)], Json(asked)))
}
