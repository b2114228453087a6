//! `GET /api/v1/{entities}/totals`

use super::entity;
use crate::app::App;
use crate::auth::Auth;
use crate::items::Items;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use records::Caller;

/// Counts and sums by group: `?group=stage&sum=value`, or counts alone: `?group=owner`.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(plural): Path<String>,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let _known = entity(&caller, &plural)?;
    let (mut group, mut sum, mut filters) = (String::new(), None, Vec::new());
    for (name, value) in params.0 {
        match name.as_str() {
            "group" => group = value,
            "sum" => sum = Some(value),
            "filter" => filters.push(value),
            other => return Err(Params::unknown(other, &["group", "sum", "filter"])),
        }
    }
    answer(&app, &caller, &plural, &group, sum.as_deref(), &filters).await
}

/// What comes of it, whichever way it was asked.
pub(super) async fn answer(
    app: &App,
    caller: &Caller,
    plural: &str,
    group: &str,
    sum: Option<&str>,
    filters: &[String],
) -> Result<Response, Refusal> {
    let items = app.engine().totals(caller, entity(caller, plural)?, group, sum, filters).await?;
    Ok(Json(Items { items }).into_response())
}
