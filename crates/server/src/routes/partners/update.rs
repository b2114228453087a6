//! `PATCH /api/v1/partners/{id}`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::{etag, if_match};
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::{HeaderMap, header};
use identity::PartnerChange;
use kernel::Fault;

/// Changes a partner, suspends it, or enters an agreement.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<PartnerChange>,
) -> Result<impl IntoResponse, Refusal> {
    let id = id.parse().map_err(|()| Refusal(Fault::not_found()))?;
    let view = app.engine().update_partner(&caller, id, if_match(&headers)?, body.value).await?;
    app.jobs().drop_stale().await;
    Ok(([(header::ETAG, etag(view.get().version))], Json(view)))
}
