//! `POST /api/v1/grants/{id}/renewal`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::{etag, if_match};
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::{HeaderMap, header};
use kernel::Fault;
use records::RenewalInput;

/// Gives a grant for another while.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<RenewalInput>,
) -> Result<impl IntoResponse, Refusal> {
    let id = id.parse().map_err(|()| Refusal(Fault::not_found()))?;
    let version = if_match(&headers)?;
    let grant = app.engine().renew_grant(&caller, id, version, body.value).await?;
    Ok(([(header::ETAG, etag(version + 1))], Json(grant)))
}
