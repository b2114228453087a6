//! `POST /api/v1/service-accounts/{id}/tokens`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use crate::routes::tokens::create::{Answer, Input};
use crate::routes::users::user;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;

/// Makes a token of it; the secret is shown this once.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    let account = user(&id)?;
    let new = app.engine().create_service_token(&caller, account, body.value.token()?).await?;
    Ok((StatusCode::CREATED, Json(Answer::of(&app, &caller, new))))
}
