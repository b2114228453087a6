//! `POST /api/v1/service-accounts/{id}/owner`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::etag;
use crate::refusal::Refusal;
use crate::routes::users::user;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::header;
use kernel::UserId;
use serde::Deserialize;

/// Who is to answer for it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    owner: UserId,
}

/// Gives it another owner; every token ends.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    let view = app.engine().hand_over_service_account(&caller, user(&id)?, body.value.owner).await?;
    app.jobs().drop_stale().await;
    Ok(([(header::ETAG, etag(view.get().version))], Json(view)))
}
