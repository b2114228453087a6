//! `POST /api/v1/partners`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::etag;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{StatusCode, header};
use identity::NewPartner;

/// Enters a partner.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    body: Body<NewPartner>,
) -> Result<impl IntoResponse, Refusal> {
    let made = app.engine().create_partner(&caller, body.value).await?;
    let (place, tag) = (format!("/api/v1/partners/{}", made.get().id), etag(made.get().version));
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], [(header::ETAG, tag)], Json(made)))
}
