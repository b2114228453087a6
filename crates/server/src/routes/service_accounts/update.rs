//! `PATCH /api/v1/service-accounts/{id}`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::{etag, if_match};
use crate::refusal::Refusal;
use crate::routes::users::user;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::{HeaderMap, header};
use identity::ServiceAccountChange;

/// Changes name, team, roles or end, or suspends; suspending ends every token.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body<ServiceAccountChange>,
) -> Result<impl IntoResponse, Refusal> {
    let (id, version) = (user(&id)?, if_match(&headers)?);
    let view = app.engine().update_service_account(&caller, id, version, body.value).await?;
    app.jobs().drop_stale().await;
    Ok(([(header::ETAG, etag(view.get().version))], Json(view)))
}
