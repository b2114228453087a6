//! `POST /api/v1/notices/read`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::response::IntoResponse;
use http::StatusCode;
use kernel::RecordId;
use serde::Deserialize;

/// Which.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    ids: Vec<RecordId>,
}

/// Marks several notifications as read.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    app.engine().read_notices(&caller, &body.value.ids).await?;
    Ok(StatusCode::NO_CONTENT)
}
