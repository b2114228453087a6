//! `POST /api/v1/access-reviews`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{StatusCode, header};
use records::AccessReviewInput;

/// Begins a campaign.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    body: Body<AccessReviewInput>,
) -> Result<impl IntoResponse, Refusal> {
    let made = app.engine().create_access_review(&caller, body.value).await?;
    let place = format!("/api/v1/access-reviews/{}", made.get().id);
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(made)))
}
