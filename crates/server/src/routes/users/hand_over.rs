//! `POST /api/v1/users/{id}/hand-over`

use super::user;
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;
use kernel::UserId;
use records::{BulkChange, BulkOrder, BulkSelect};
use serde::Deserialize;

/// To whom, and what.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    to: Vec<UserId>,
    entity: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

/// Hands over what a user owns, each record in the usual way, all as one act that can be undone.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    let Input { to, entity, dry_run } = body.value;
    let (select, change) = (BulkSelect::OwnedBy(user(&id)?), BulkChange::HandOver(to));
    let order = BulkOrder { entity, select, change, exactly: None };
    Ok((StatusCode::ACCEPTED, Json(app.jobs().hand_over_of(&caller, order, dry_run).await?)))
}
