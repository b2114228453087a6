//! `POST /api/v1/views`

use super::parse;
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::etag;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{StatusCode, header};
use records::ViewInput;

/// Saves a view.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    body: Body<ViewInput>,
) -> Result<impl IntoResponse, Refusal> {
    let view = app.engine().create_view(&caller, body.value, &parse).await?;
    Ok((StatusCode::CREATED, [(header::ETAG, etag(view.get().version))], Json(view)))
}
