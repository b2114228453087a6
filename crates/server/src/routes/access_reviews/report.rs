//! `GET /api/v1/access-reviews/{id}/report`

use super::{page, review};
use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;

/// What became of rights.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(app.engine().access_review_report(&caller, review(&id)?, page(params)?).await?))
}
