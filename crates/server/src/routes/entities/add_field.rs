//! `POST /api/v1/entities/{entity}/fields`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;
use records::FieldInput;

/// Adds a custom field; it can be used at once.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(entity): Path<String>,
    body: Body<FieldInput>,
) -> Result<impl IntoResponse, Refusal> {
    let field = app.engine().add_field(&caller, &entity, body.value).await?;
    Ok((StatusCode::CREATED, Json(field)))
}
