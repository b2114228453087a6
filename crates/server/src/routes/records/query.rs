//! `POST /api/v1/{entities}/query`

use super::list::answer;
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use kernel::RecordId;
use records::ListRequest;
use serde::Deserialize;

/// What a list is asked for, by the names that its parameters have.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    q: Option<String>,
    #[serde(default)]
    filter: Vec<String>,
    sort: Option<String>,
    limit: Option<u32>,
    cursor: Option<String>,
    parent: Option<RecordId>,
    #[serde(default)]
    binned: bool,
    #[serde(default)]
    count: bool,
    #[serde(default)]
    refs: bool,
    #[serde(default)]
    next_activity: bool,
    fields: Option<Vec<String>>,
}

impl From<Input> for ListRequest {
    fn from(input: Input) -> Self {
        Self {
            search: input.q,
            filters: input.filter,
            sort: input.sort,
            limit: input.limit,
            cursor: input.cursor,
            binned: input.binned,
            parent: input.parent,
            count: input.count,
            refs: input.refs,
            next_activity: input.next_activity,
            fields: input.fields,
        }
    }
}

/// One page of what the caller may see, asked for without a word of it in the address. It reads, and is answered as the
/// list is.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(plural): Path<String>,
    Body { value: input, .. }: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    answer(&app, &caller, &plural, &input.into()).await
}
