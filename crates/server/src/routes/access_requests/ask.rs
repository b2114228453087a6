//! `POST /api/v1/{entities}/{id}/access-requests`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use crate::routes::records::{entity, record};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;
use records::AskInput;

/// Asks for access, whatever stands under the id.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path((plural, id)): Path<(String, String)>,
    body: Body<AskInput>,
) -> Result<impl IntoResponse, Refusal> {
    app.rates().ask(caller.actor.user)?;
    let (entity, id) = (entity(&caller, &plural)?, record(&id)?);
    let asked = app.engine().ask_access(&caller, entity, id, &body.value).await?;
    Ok((StatusCode::ACCEPTED, Json(asked)))
}
