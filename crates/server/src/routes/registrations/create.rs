//! `POST /api/v1/registrations`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{StatusCode, header};
use records::RegistrationFields;

/// Registers a deal for the caller's partner.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    body: Body<RegistrationFields>,
) -> Result<impl IntoResponse, Refusal> {
    let made = app.engine().register_deal(&caller, &body.value).await?;
    let place = format!("/api/v1/leads/{}", made.get().id);
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(made)))
}
