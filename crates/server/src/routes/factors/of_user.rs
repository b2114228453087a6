//! `GET /api/v1/users/{id}/factors`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use crate::routes::users::user;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;

/// Which kinds of factors a user has.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(app.engine().factors_of_user(&caller, user(&id)?).await?))
}
