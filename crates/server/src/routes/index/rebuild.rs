//! `POST /api/v1/index/rebuild`

use crate::app::App;
use crate::auth::Auth;
use crate::refusal::Refusal;
use access::{Thing, Verb};
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use kernel::Fault;
use serde_json::json;

/// Empties the index and builds it anew; lists are unavailable meanwhile.
pub async fn handle(State(app): State<App>, Auth(caller): Auth) -> Result<impl IntoResponse, Refusal> {
    app.engine().admin(&caller, Thing::System, Verb::Manage).await?;
    let _place = app.tasks().upkeep()?;
    // Carried to its end also if the caller goes away: half an index must not be left behind.
    let engine = app.engine().clone();
    let work = tokio::spawn(async move { engine.rebuild(&|_, _| {}).await });
    let records = work.await.map_err(Fault::bug)??;
    Ok(Json(json!({ "records": records })))
}
