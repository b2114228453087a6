//! `POST /api/v1/leads/{id}/convert`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::if_match;
use crate::refusal::Refusal;
use crate::routes::records::record;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::HeaderMap;
use records::ConvertInput;

/// Turns a lead into a person, and if wanted a company and a deal.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<ConvertInput>,
) -> Result<impl IntoResponse, Refusal> {
    let version = if_match(&headers)?;
    Ok(Json(app.engine().convert(&caller, record(&id)?, version, &body.value).await?))
}
