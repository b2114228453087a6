//! `POST /api/v1/service-accounts`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::etag;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{StatusCode, header};
use identity::NewServiceAccount;

/// Makes one.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    body: Body<NewServiceAccount>,
) -> Result<impl IntoResponse, Refusal> {
    let made = app.engine().create_service_account(&caller, body.value).await?;
    let (place, tag) = (format!("/api/v1/service-accounts/{}", made.get().id), etag(made.get().version));
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], [(header::ETAG, tag)], Json(made)))
}
