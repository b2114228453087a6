//! `PUT /api/v1/views/{id}/default`

use super::parse;
use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use crate::routes::records::record;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;

/// Lets the caller's list open with a view.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    app.engine().set_default_view(&caller, record(&id)?, true, &parse).await?;
    Ok(StatusCode::NO_CONTENT)
}
