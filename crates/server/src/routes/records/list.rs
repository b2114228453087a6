//! `GET /api/v1/{entities}`

use super::entity;
use crate::app::App;
use crate::auth::Auth;
use crate::params::Params;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::header;
use records::{Caller, ListRequest};

/// One page of what the caller may see.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(plural): Path<String>,
    params: Params,
) -> Result<impl IntoResponse, Refusal> {
    let _known = entity(&caller, &plural)?;
    answer(&app, &caller, &plural, &wish(params)?).await
}

/// The page that was asked for, whichever way.
pub(super) async fn answer(
    app: &App,
    caller: &Caller,
    plural: &str,
    request: &ListRequest,
) -> Result<Response, Refusal> {
    let page = app.engine().list(caller, entity(caller, plural)?, request).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], page.get().to_json()?).into_response())
}

const KNOWN: [&str; 11] = [
    "q",
    "filter",
    "sort",
    "limit",
    "cursor",
    "parent",
    "binned",
    "count",
    "refs",
    "next_activity",
    "fields",
];

/// What the parameters ask for.
pub(crate) fn wish(params: Params) -> Result<ListRequest, Refusal> {
    let mut request = ListRequest::default();
    for (name, value) in params.0 {
        match name.as_str() {
            "q" => request.search = Some(value),
            "filter" => request.filters.push(value),
            "sort" => request.sort = Some(value),
            "cursor" => request.cursor = Some(value),
            "limit" => request.limit = Some(Params::number("limit", &value)?),
            "parent" => request.parent = Some(Params::id("parent", &value)?),
            "binned" => request.binned = Params::flag("binned", &value)?,
            "count" => request.count = Params::flag("count", &value)?,
            "refs" => request.refs = Params::flag("refs", &value)?,
            "next_activity" => request.next_activity = Params::flag("next_activity", &value)?,
            "fields" => {
                request.fields.get_or_insert_default().extend(value.split(',').map(str::to_owned));
            }
            other => return Err(Params::unknown(other, &KNOWN)),
        }
    }
    Ok(request)
}
