//! `POST /api/v1/registrations`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::preconditions::idempotency_key;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{HeaderMap, StatusCode, header};
use records::RegistrationFields;

/// Registers a deal for the caller's partner; repeated under the same `Idempotency-Key`, answers with the one made before.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    headers: HeaderMap,
    body: Body<RegistrationFields>,
) -> Result<impl IntoResponse, Refusal> {
    let engine = app.engine();
    let key = idempotency_key(&headers)?;
    let repeat = key.map(|key| engine.repeat_key(&caller, "registrations", key, &body.bytes));
    let made = engine.register_deal(&caller, &body.value, repeat.as_ref()).await?;
    let place = format!("/api/v1/leads/{}", made.get().id);
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(made)))
}
