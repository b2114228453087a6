//! `POST /api/v1/index/rebuild`

use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use access::{Thing, Verb};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use kernel::Fault;
use serde_json::json;

/// Empties the index and builds it anew; lists are unavailable meanwhile. `background` makes it a job.
pub async fn handle(State(app): State<App>, Auth(caller): Auth, params: Params) -> Result<Response, Refusal> {
    let mut background = false;
    for (name, value) in params.0 {
        match name.as_str() {
            "background" => background = Params::flag("background", &value)?,
            other => return Err(Params::unknown(other, &["background"])),
        }
    }
    app.engine().admin(&caller, Thing::System, Verb::Manage).await?;
    if background {
        return Ok((StatusCode::ACCEPTED, Json(app.jobs().rebuild(&app, &caller).await?)).into_response());
    }
    let _place = app.tasks().upkeep()?;
    // Carried to its end also if the caller goes away: half an index must not be left behind.
    let engine = app.engine().clone();
    let work = tokio::spawn(async move { engine.rebuild_for(&caller, &|_, _| {}).await });
    let records = work.await.map_err(Fault::bug)??;
    Ok(Json(json!({ "records": records })).into_response())
}
