//! `POST /api/v1/users/{id}/factors/reset`

use crate::app::App;
use crate::auth::Auth;
use crate::body::{Body, Reason};
use crate::refusal::Refusal;
use crate::routes::users::user;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;

/// Asks that a user's factors be taken away.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    body: Body<Reason>,
) -> Result<impl IntoResponse, Refusal> {
    let asked = app.engine().ask_factor_reset(&caller, user(&id)?, &body.value.reason).await?;
    Ok((StatusCode::CREATED, Json(asked)))
}
