//! `DELETE /api/v1/views/{id}`

use super::parse;
use crate::app::App;
use crate::auth::Auth;
use crate::preconditions::if_match;
use crate::refusal::Refusal;
use crate::routes::records::record;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::{HeaderMap, StatusCode};

/// Removes one of the caller's views.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Refusal> {
    app.engine().remove_view(&caller, record(&id)?, if_match(&headers)?, &parse).await?;
    Ok(StatusCode::NO_CONTENT)
}
