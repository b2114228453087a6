//! `POST /api/v1/covers`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::StatusCode;
use records::CoverInput;

/// Sets up cover for somebody who is away.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    body: Body<CoverInput>,
) -> Result<impl IntoResponse, Refusal> {
    Ok((StatusCode::CREATED, Json(app.engine().cover(&caller, &body.value).await?)))
}
