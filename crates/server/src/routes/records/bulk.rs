//! `POST /api/v1/{entities}/bulk`

use super::entity;
use crate::app::App;
use crate::auth::Proven;
use crate::body::Body;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;
use kernel::{Fault, RecordId, Text, UserId};
use records::{BulkChange, BulkOrder, BulkSelect, Fresh, GrantInput, ListRequest, UpdateInput};
use serde::Deserialize;
use serde_json::Value;

/// Which records, and what becomes of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    select: Select,
    change: Option<Change>,
    action: Option<Action>,
    share: Option<GrantInput>,
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
        let change = match (self.change, self.action, self.share) {
            (Some(Change { owner, fields }), None, None) => {
                BulkChange::Update(UpdateInput { fields, owner, allow_duplicate: false })
            }
            (None, Some(Action::Delete), None) => BulkChange::Bin(true),
            (None, Some(Action::Restore), None) => BulkChange::Bin(false),
            (None, None, Some(share)) => BulkChange::Share(share),
            _ => {
                return Err(Fault::invalid(Text::of(
                    "Podaj dokładnie jedno: change, action albo share.",
                    "Give exactly one: change, action or share.",
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

/// Changes, bins, restores or shares many records: each in the usual way, all as one act that can be undone.
pub async fn handle(
    State(app): State<App>,
    Proven(caller, is_fresh): Proven,
    Path(plural): Path<String>,
    body: Body<Input>,
) -> Result<impl IntoResponse, Refusal> {
    if body.value.share.is_some() {
        // As for sharing one.
        app.engine().check_fresh(&caller, Fresh::Yes, is_fresh).await?;
    }
    let order = body.value.order(entity(&caller, &plural)?.name.clone())?;
    Ok((StatusCode::ACCEPTED, Json(app.jobs().bulk(&caller, order).await?)))
}
