//! `POST /api/v1/{entities}/bulk`

use super::entity;
use crate::app::App;
use crate::auth::Auth;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;
use kernel::{Fault, RecordId, Text, UserId};
use records::{BulkChange, BulkOrder, BulkSelect, ListRequest, UpdateInput};
use serde::Deserialize;
use serde_json::Value;

/// Which records, and what becomes of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    select: Select,
    change: Option<Change>,
    action: Option<Action>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Select {
    ids: Option<Vec<RecordId>>,
    q: Option<String>,
    #[serde(default)]
    filter: Vec<String>,
    parent: Option<RecordId>,
    binned: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    owner: Option<UserId>,
    fields: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Action {
    Delete,
    Restore,
}

impl Input {
    /// The order on an entity.
    ///
    /// # Errors
    /// Invalid if it says not exactly one thing.
    pub fn order(self, entity: String) -> Result<BulkOrder, Fault> {
        let change = match (self.change, self.action) {
            (Some(Change { owner, fields }), None) => {
                BulkChange::Update(UpdateInput { fields, owner, allow_duplicate: false })
            }
            (None, Some(Action::Delete)) => BulkChange::Bin(true),
            (None, Some(Action::Restore)) => BulkChange::Bin(false),
            _ => {
                return Err(Fault::invalid(Text::of(
                    "Podaj dokładnie jedno: change albo action.",
                    "Give exactly one: change or action.",
                )));
            }
        };
        let Select { ids, q, filter, parent, binned } = self.select;
        let select = match ids {
            Some(_) if q.is_some() || !filter.is_empty() || parent.is_some() || binned.is_some() => {
                return Err(Fault::invalid(Text::of(
                    "Wskaż rekordy identyfikatorami albo warunkami, nie jednym i drugim.",
                    "Choose records by ids or by conditions, not by both.",
                )));
            }
            Some(ids) => BulkSelect::Ids(ids),
            None => BulkSelect::List(ListRequest {
                search: q,
                filters: filter,
                parent,
                binned: binned.unwrap_or(matches!(change, BulkChange::Bin(false))),
                ..ListRequest::default()
            }),
        };
        Ok(BulkOrder { entity: Some(entity), select, change, exactly: None })
    }
}

/// Changes, bins or restores many records: each in the usual way, all as one act that can be undone.
pub async fn handle(
    State(app): State<App>,
    Auth(caller): Auth,
    Path(plural): Path<String>,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    let order = body.value.order(entity(&caller, &plural)?.name.clone())?;
    Ok((StatusCode::ACCEPTED, Json(app.jobs().bulk(&caller, order).await?)))
}
