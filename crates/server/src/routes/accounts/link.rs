//! `POST /api/v1/users/{id}/accounts`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use crate::routes::users::user;
use access::{Thing, Verb};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;
use serde::Deserialize;

/// Which account.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    provider: String,
    subject: String,
}

/// Makes an account at a provider a user's.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    // Before anything is said of providers.
    app.engine().admin(&caller, Thing::Users, Verb::Manage).await?;
    let Input { provider, subject } = body.value;
    let settings = app.sign_on().named(&provider)?.settings();
    let linked = app.engine().link_account(&caller, user(&id)?, settings, &subject).await?;
    Ok((StatusCode::CREATED, Json(linked)))
}
