//! `POST /api/v1/roles/import`

use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use records::RoleFile;

/// Saves the roles of a file, or says what would become of them.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    params: Params,
    body: Body<RoleFile>,
) -> Result<impl IntoResponse, Refusal> {
    let mut dry_run = false;
    for (name, value) in params.0 {
        match name.as_str() {
            "dry_run" => dry_run = Params::flag("dry_run", &value)?,
            other => return Err(Params::unknown(other, &["dry_run"])),
        }
    }
    Ok(Json(app.engine().import_roles(&caller, body.value, dry_run).await?))
}
