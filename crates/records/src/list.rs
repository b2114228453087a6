//! Lists, search and counts: one page at a time, from the index, under a permit.

use crate::beside::{next_view, refs_view, seen, title_of_next};
use crate::of_partner::check_asked;
use crate::prepare::issue;
use crate::query::{parse_filter, parse_sort};
use crate::view::{access_block, masked_fields};
use crate::{Caller, Engine, ListPage, Masked, Released, RowView};
use access::{Action, Level, ListPermit};
use index::{Body, CursorKey, ListRow, Query};
use kernel::{Fault, RecordId, Result, Text, limits};
use ledger::{Act, Event, Touch};
use schema::Entity;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::HashSet;

/// What a list is asked for, as it comes in the URL.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ListRequest {
    /// Words to search.
    pub search: Option<String>,
    /// Conditions, `field:op:value`.
    pub filters: Vec<String>,
    /// `field` or `-field`.
    pub sort: Option<String>,
    /// Rows of the page.
    pub limit: Option<u32>,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Records in the bin instead of those outside it.
    pub binned: bool,
    /// Only what hangs on this record.
    pub parent: Option<RecordId>,
    /// Count too, up to 10,000.
    pub count: bool,
    /// Name what the rows refer to and hang on.
    pub refs: bool,
    /// Say for each row which activity comes next.
    pub next_activity: bool,
    /// Names of the fields that rows are to have; all that may be seen if absent.
    pub fields: Option<Vec<String>>,
}

impl Engine {
    /// One page of a list.
    ///
    /// # Errors
    /// Forbidden without any right on the entity; invalid filter, sort, cursor or limit.
    pub async fn list(
        &self,
        caller: &Caller,
        entity: &Entity,
        request: &ListRequest,
    ) -> Result<Released<ListPage>> {
        let permit = match caller.policy.list(&caller.actor, Action::Read, entity.code) {
            Ok(permit) => permit,
            Err(fault) => return Err(self.refused(caller, entity.code.0, RecordId::NIL, fault).await),
        };
        check_asked(caller, entity, request)?;
        let query = self.query(caller, entity, &permit, request)?;
        let shape = shape_of(entity, &permit, request);
        let wish = self.wish(caller, entity, request.refs, request.next_activity)?;
        let next_title = wish.next.as_ref().map(|_| title_of_next(caller));
        let (page, beside) = self.0.index.query_with(&permit, query.clone(), wish).await?;
        let count =
            if request.count { Some(self.0.index.count(&permit, query, limits::COUNT).await?) } else { None };
        let next_cursor = page.next.as_ref().map(|key| self.seal_cursor(key, &shape)).transpose()?;
        let mut touches: Vec<Touch> = page.rows.iter().map(|r| seen(r.entity.0, r.id)).collect();
        let own = touches.len();
        let mut items =
            page.rows.into_iter().map(|r| row_view(entity, &permit, r)).collect::<Result<Vec<_>>>()?;
        if let Some(title) = next_title {
            touches.extend(beside.next.values().map(|r| seen(r.entity.0, r.id)));
            for item in &mut items {
                let next = beside.next.get(&item.id);
                item.next_activity = Some(next.map(|r| next_view(r, title, self.now())).transpose()?);
            }
        }
        let (refs, named) = refs_view(caller, beside.titles);
        touches.extend(named);
        let refs = request.refs.then_some(refs);
        let access = access_block(entity, permit.most());
        let mut page = ListPage { items, next_cursor, count, refs, access };
        let disclosed = self.disclosed_page(caller, entity, request, &mut page, &touches[own..]).await?;
        // What was taken from the page was not shown.
        let kept: HashSet<[u8; 16]> = page.items.iter().map(|item| *item.id.bytes()).collect();
        let mut rows = 0..own;
        touches.retain(|touch| rows.next().is_none() || kept.contains(&touch.id));
        let view = Masked::new(page);
        let event = Event { entity: entity.code.0, touches, ..self.event(caller, Act::RecordList) };
        let receipt = self.receipt(self.with_shape(event, request, disclosed)?).await?;
        Ok(view.release(&receipt))
    }

    /// By which fields was asked, never by which values, and for which.
    fn with_shape(&self, mut event: Event, request: &ListRequest, disclosed: Option<Value>) -> Result<Event> {
        let mut detail = serde_json::Map::new();
        if request.search.is_some() || !request.filters.is_empty() {
            let fields: Vec<&str> = request.filters.iter().filter_map(|f| f.split(':').next()).collect();
            detail.insert("search".to_owned(), json!(request.search.is_some()));
            detail.insert("filters".to_owned(), json!(fields));
        }
        if let Some(fields) = &request.fields {
            detail.insert("fields".to_owned(), json!(fields));
        }
        detail.extend(disclosed.map(|disclosed| ("disclosed".to_owned(), disclosed)));
        if !detail.is_empty() {
            self.set_detail(&mut event, &detail.into())?;
        }
        Ok(event)
    }

    pub(crate) fn query(
        &self,
        caller: &Caller,
        entity: &Entity,
        permit: &ListPermit,
        request: &ListRequest,
    ) -> Result<Query> {
        let wrong = |field, reason| issue(field, "out-of-range", reason);
        let limit = request.limit.unwrap_or(limits::PAGE_DEFAULT);
        if !(1..=limits::PAGE_MAX).contains(&limit) {
            let max = limits::PAGE_MAX;
            return Err(wrong("limit", Text::new(format!("Od 1 do {max}."), format!("From 1 to {max}."))));
        }
        if request.filters.len() > limits::FILTERS {
            let max = limits::FILTERS;
            return Err(wrong(
                "filter",
                Text::new(format!("Najwyżej {max} warunków."), format!("At most {max} conditions.")),
            ));
        }
        request.search.as_deref().map_or(Ok(()), check_words)?;
        let filters = request
            .filters
            .iter()
            .enumerate()
            .map(|(i, f)| parse_filter(entity, permit.most(), i, f))
            .collect::<Result<Vec<_>>>()?;
        let after = request
            .cursor
            .as_ref()
            .map(|c| self.open_cursor(c, &shape_of(entity, permit, request)))
            .transpose()?;
        Ok(Query {
            filters,
            search: request.search.clone().filter(|s| !s.trim().is_empty()),
            sort: parse_sort(entity, permit.most(), request.sort.as_deref())?,
            limit,
            after,
            archived: request.binned,
            // To partners the bin, and what hangs on what is in it, is not there.
            live_parents: caller.partner().is_some(),
            parent: request.parent,
            ids: None,
            fields: request.fields.as_deref().map(|names| listed(entity, permit, names)).transpose()?,
        })
    }

    /// A cursor holds the sort value of the last row, which may be a name: it is sealed.
    fn seal_cursor(&self, key: &CursorKey, shape: &[u8; 32]) -> Result<String> {
        use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
        let mut plain = shape.to_vec();
        plain.extend_from_slice(&key.to_bytes());
        Ok(URL_SAFE_NO_PAD.encode(self.0.vault.seal_token("cursor", &plain)))
    }

    fn open_cursor(&self, text: &str, shape: &[u8; 32]) -> Result<CursorKey> {
        use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
        let open = || {
            let plain = self.0.vault.open_token("cursor", &URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
            let (kept, key) = plain.split_at_checked(32)?;
            if kept == shape { CursorKey::from_bytes(key).ok() } else { None }
        };
        open().ok_or_else(|| {
            let reason = Text::of(
                "Ten kursor nie należy do tej listy. Zacznij od pierwszej strony.",
                "This cursor does not belong to this list. Start from the first page.",
            );
            issue("cursor", "bad-cursor", reason)
        })
    }
}

/// All fields that rows of lists have.
pub(crate) fn listed_names(entity: &Entity) -> Vec<String> {
    entity.fields.iter().filter(|f| f.is_listed()).map(|f| f.name.clone()).collect()
}

/// The fields that rows are to have; hidden ones count as unknown, as do those that no row has.
fn listed(entity: &Entity, permit: &ListPermit, names: &[String]) -> Result<Vec<String>> {
    if names.len() > limits::FIELDS {
        let max = limits::FIELDS;
        let reason = Text::new(format!("Najwyżej {max} pól."), format!("At most {max} fields."));
        return Err(issue("fields", "out-of-range", reason));
    }
    let seen = |name: &&String| {
        entity.field(name).is_some_and(|f| f.is_listed() && permit.most().level(name) > Level::Hidden)
    };
    match names.iter().find(|name| !seen(name)) {
        None => Ok(names.to_vec()),
        Some(name) => {
            let reason = Text::new(
                format!("W wierszach listy nie ma pola „{name}”. Podaj nazwy pól, oddzielone przecinkami."),
                format!("Rows of the list have no field \"{name}\". Give names of fields, parted by commas."),
            );
            Err(issue("fields", "unknown-field", reason).naming(name))
        }
    }
}

/// Refuses words to search that are too long.
pub(crate) fn check_words(search: &str) -> Result<()> {
    let max = limits::SEARCH_CHARS;
    if search.chars().count() <= max {
        return Ok(());
    }
    let reason = Text::new(format!("Najwyżej {max} znaków."), format!("At most {max} characters."));
    Err(issue("q", "out-of-range", reason))
}

/// What a cursor belongs to: the same list asked by the same user.
fn shape_of(entity: &Entity, permit: &ListPermit, request: &ListRequest) -> [u8; 32] {
    let text = json!([
        entity.name,
        permit.actor().user,
        request.search,
        request.filters,
        request.sort,
        request.binned,
        request.parent
    ]);
    vault::sha256(&[text.to_string().as_bytes()])
}

fn row_view(entity: &Entity, permit: &ListPermit, row: ListRow) -> Result<RowView> {
    let fields = match row.body {
        Body::Json(text) => text,
        Body::Fields { content, masked } => {
            let mut fields = masked_fields(entity, permit.most(), &content);
            for name in masked {
                fields.insert(name, json!({ "masked": true, "display": "•••" }));
            }
            serde_json::to_string(&fields).map_err(Fault::bug)?
        }
    };
    Ok(RowView {
        id: row.id,
        owner: row.owner,
        team: row.team,
        parent: row.parent,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
        fields,
        next_activity: None,
    })
}
