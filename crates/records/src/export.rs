//! Taking records out as a table: under a permit of its own, masked like a page, and with every record
//! named in the ledger before the first byte leaves.

use crate::approvals::Exact;
use crate::beside::{id_of, references, seen};
use crate::disclosed::{Rendered, Shown};
use crate::of_partner::{asked_by, check_asked, hidden_in_bin};
use crate::prepare::issue;
use crate::view::masked_fields;
use crate::{Caller, Cell, Engine, ListRequest, Masked, Refs, Released, Table, content};
use access::{Action, Level, ListPermit, Mask};
use identity::ActKind;
use index::Query;
use kernel::{Fault, FaultKind, RecordId, Result, Text, Time, limits};
use ledger::{Act, Event, Touch};
use schema::{Content, Entity, Field, FieldKind};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use store::Row;

/// Records in one export.
pub const EXPORT_MAX: usize = 50_000;
/// Ids that an order may name: more would not fit into the body of a request.
pub const EXPORT_IDS: usize = 25_000;

/// What is taken out.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ExportRequest {
    /// Search, conditions, order and parent; limit and cursor do not count.
    pub list: ListRequest,
    /// Of that, only these records.
    pub ids: Option<Vec<RecordId>>,
    /// Names of fields, in order; all if absent.
    pub fields: Option<Vec<String>>,
    /// Bytes of text that the table may have.
    pub max_bytes: Option<usize>,
    /// Of that, only these, as far as they are in these versions: all that was approved.
    #[serde(default)]
    pub exactly: Option<Exact>,
}

/// Records that one export may name in its event: those taken out, and those that they refer to.
const SEEN_MAX: usize = 200_000;
/// Ids that the index looks for at a time.
const IDS: usize = 1_000;

impl Engine {
    /// Refuses what cannot be exported, before anything is read.
    ///
    /// # Errors
    /// Forbidden without the right to export; invalid conditions, ids or fields.
    pub async fn check_export(
        &self,
        caller: &Caller,
        entity: &Entity,
        request: &ExportRequest,
    ) -> Result<()> {
        let permit = self.export_permit(caller, entity).await?;
        self.export_query(caller, entity, &permit, request)?;
        chosen(entity, &permit, request).map(drop)
    }

    /// The names of the fields that an export takes out, as the caller's rights are now.
    pub(crate) fn export_fields(
        &self,
        caller: &Caller,
        entity: &Entity,
        request: &ExportRequest,
    ) -> Result<Vec<String>> {
        let permit = caller.policy.list(&caller.actor, Action::Export, entity.code)?;
        Ok(chosen(entity, &permit, request)?.into_iter().map(|field| field.name.clone()).collect())
    }

    async fn export_permit(&self, caller: &Caller, entity: &Entity) -> Result<ListPermit> {
        match caller.policy.list(&caller.actor, Action::Export, entity.code) {
            Ok(permit) => Ok(permit),
            Err(fault) => Err(self.refused(caller, entity.code.0, RecordId::NIL, fault).await),
        }
    }

    fn export_query(
        &self,
        caller: &Caller,
        entity: &Entity,
        permit: &ListPermit,
        request: &ExportRequest,
    ) -> Result<Query> {
        if request.ids.as_ref().is_some_and(|ids| !(1..=EXPORT_IDS).contains(&ids.len())) {
            let text = Text::of("Wskaż od 1 do 25 000 rekordów.", "Choose 1 to 25,000 records.");
            return Err(issue("ids", "out-of-range", text));
        }
        let whole = ListRequest { limit: Some(limits::PAGE_MAX), cursor: None, ..request.list.clone() };
        self.query(caller, entity, permit, &whole)
    }

    /// Everything that a list with these conditions would show, as a table.
    ///
    /// # Errors
    /// Forbidden without the right to export; invalid above 50,000 records; too large; conflict if the
    /// caller's rights change meanwhile; as a list.
    pub async fn export(
        &self,
        caller: &Caller,
        entity: &Entity,
        request: &ExportRequest,
        cancel: &AtomicBool,
        progress: crate::Progress<'_>,
    ) -> Result<Released<Table>> {
        let permit = self.export_permit(caller, entity).await?;
        check_asked(caller, entity, &request.list)?;
        let query = self.export_query(caller, entity, &permit, request)?;
        let fields = chosen(entity, &permit, request)?;
        let mut out = Export { table: Table::new(&fields, caller.lang), ..Export::default() };
        if caller.approved.is_some() && request.exactly.is_none() {
            return Err(Fault::bug("what was approved names its records"));
        }
        let exactly = request.exactly.as_ref().map(Exact::ids);
        match exactly.as_ref().or(request.ids.as_ref()) {
            None => {
                let total = self.0.index.count(&permit, query.clone(), EXPORT_MAX as u32).await?;
                let _early = self.cleared(caller, ActKind::Export, total.into()).await?;
                let total = Some(u64::from(total));
                let progress = |done, _: Option<u64>| progress(done, total);
                self.export_pages(caller, &permit, query, &fields, request, cancel, &progress, &mut out)
                    .await?;
            }
            Some(ids) => {
                let total = Some(ids.len() as u64);
                let progress = |done, _: Option<u64>| progress(done, total);
                for part in ids.chunks(IDS) {
                    let query = Query { ids: Some(part.to_vec()), ..query.clone() };
                    self.export_pages(caller, &permit, query, &fields, request, cancel, &progress, &mut out)
                        .await?;
                }
            }
        }
        let count = out.table.rows.len();
        let _early = self.cleared(caller, ActKind::Export, count as u64).await?;
        let Export { mut table, touches, shown: rows, rendered, .. } = out;
        table.left_out = exactly.map_or(0, |all| all.len().saturating_sub(table.rows.len()));
        let names: Vec<&str> = fields.iter().map(|f| f.name.as_str()).collect();
        let (channel, action) = ("export", Action::Export);
        let asked = names.iter().map(|name| (*name).to_owned()).chain(asked_by(entity, &request.list));
        let only = Some(asked.collect());
        // Each record is in it once by itself; once more where another names it.
        let mut own: HashSet<RecordId> = rows.iter().map(|(id, _)| *id).collect();
        let is_named = |touch: &&Touch| !own.remove(&RecordId::from_bytes(touch.id));
        let beside: Vec<Touch> = touches.iter().filter(is_named).cloned().collect();
        let shown = Shown { channel, action, entity, rows, rendered, only, beside: &beside };
        let disclosed = self.disclosed(caller, shown).await?;
        progress(count as u64, Some(count as u64));
        let mut event = Event { entity: entity.code.0, touches, ..self.event(caller, Act::RecordExport) };
        let mut detail = json!({ "records": count, "fields": names });
        if let Some(approved) = &caller.approved {
            detail["approval"] = json!({ "id": approved.id, "by": approved.by, "changed": table.left_out });
        }
        if let Some(disclosed) = disclosed {
            detail["disclosed"] = disclosed;
        }
        self.set_detail(&mut event, &detail)?;
        let receipt = self.released_by(caller, (ActKind::Export, count as u64), event).await?;
        Ok(Masked::new(table).release(&receipt))
    }

    #[allow(clippy::too_many_arguments, reason = "one export and how it goes")]
    async fn export_pages(
        &self,
        caller: &Caller,
        permit: &ListPermit,
        mut query: Query,
        fields: &[&Field],
        request: &ExportRequest,
        cancel: &AtomicBool,
        progress: crate::Progress<'_>,
        out: &mut Export,
    ) -> Result<()> {
        let versions = request.exactly.as_ref().map(Exact::versions);
        loop {
            // A long one takes seconds: the mask of its beginning must still be that of its end.
            let present = self.present(caller)?;
            if !present.policy.same_rights(&present.actor, (&caller.policy, &caller.actor)) {
                return Err(changed_rights());
            }
            if cancel.load(Ordering::Relaxed) {
                return Err(stopped());
            }
            let page = self.0.index.query(permit, query.clone()).await?;
            let ids: Vec<RecordId> = page.rows.iter().map(|r| r.id).collect();
            if out.table.rows.len() + ids.len() > EXPORT_MAX {
                return Err(too_many());
            }
            let mut rows = self.0.store.rows(ids).await?;
            if let Some(versions) = &versions {
                rows.retain(|row| versions.get(&row.id) == Some(&row.version));
            }
            self.export_rows(caller, permit, rows, fields, out).await?;
            if request.max_bytes.is_some_and(|max| out.bytes > max) || out.touches.len() > SEEN_MAX {
                return Err(too_large());
            }
            progress(out.table.rows.len() as u64, None);
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(()),
            }
        }
    }

    async fn export_rows(
        &self,
        caller: &Caller,
        permit: &ListPermit,
        rows: Vec<Row>,
        fields: &[&Field],
        out: &mut Export,
    ) -> Result<()> {
        let entity = caller.policy.catalog.by_code(permit.entity()).ok_or_else(|| Fault::bug("entity"))?;
        let of_house = caller.partner().is_none();
        let mut page = Vec::with_capacity(rows.len());
        for row in rows {
            let (facts, parent) = self.facts(&row).await?;
            // The index may be a moment behind: the store's own facts decide.
            let gone = hidden_in_bin(caller, &row, parent.as_ref());
            if gone || !caller.policy.decide(&caller.actor, Action::Export, &facts).allow {
                continue;
            }
            // One whose key was destroyed since the page was made is gone.
            let read = caller.policy.read(&caller.actor, row.id, &facts)?;
            match content::open(&self.0.vault, &read, &row) {
                Err(fault) if fault.kind == FaultKind::NotFound => {}
                opened => {
                    let (id, mask) = (row.id, permit.mask_of(&facts));
                    page.push((row, mask, opened?));
                    if !of_house {
                        let _new = out.rendered.insert(id, Rendered::under(facts));
                    }
                }
            }
        }
        self.export_names(caller, entity, fields, &page, out).await?;
        for (row, mask, opened) in page {
            let values = masked_fields(entity, &mask, &opened);
            let mut cells = vec![
                Cell::Text(row.id.to_string()),
                Cell::Text(if of_house { self.user_name(row.owner).name } else { String::new() }),
                Cell::Moment(Time::rfc3339(row.updated_at)),
            ];
            let cell = |f: &&Field| values.get(&f.name).map(|v| self.export_cell(caller, f, v, &out.names));
            cells.extend(fields.iter().map(|f| cell(f).unwrap_or_default()));
            out.bytes += cells.iter().map(Cell::bytes).sum::<usize>();
            out.table.rows.push(cells);
            out.touches.push(seen(row.entity, row.id));
            out.shown.push((row.id, row.version));
        }
        Ok(())
    }

    /// Learns what the records are called that these rows refer to: the title is what an import looks them up by.
    async fn export_names(
        &self,
        caller: &Caller,
        entity: &Entity,
        fields: &[&Field],
        page: &[(Row, Mask, Content)],
        out: &mut Export,
    ) -> Result<()> {
        let mut wanted = BTreeMap::<&str, BTreeSet<RecordId>>::new();
        let taken = |name: &str| fields.iter().any(|f| f.name == name);
        for (_, mask, content) in page {
            for (name, to) in references(entity, mask).filter(|(name, _)| taken(name)) {
                let id = content.get(name).and_then(id_of).filter(|id| !out.asked.contains(id));
                wanted.entry(to).or_default().extend(id);
            }
        }
        for (to, ids) in wanted {
            for part in ids.into_iter().collect::<Vec<_>>().chunks(IDS) {
                let (names, touches) = self.named(caller, [(to, part.to_vec())].into()).await?;
                out.asked.extend(part);
                out.names.extend(names);
                out.touches.extend(touches);
            }
        }
        Ok(())
    }

    /// A value as people read it. Of a record or user without a name for the caller there is nothing to read.
    fn export_cell(&self, caller: &Caller, field: &Field, value: &Value, names: &Refs) -> Cell {
        match (&field.kind, value) {
            (FieldKind::Reference { .. }, Value::String(_)) => {
                let named = id_of(value).and_then(|id| names.get(&id));
                named.map(|to| Cell::Text(to.title.clone())).unwrap_or_default()
            }
            (FieldKind::User, Value::String(id)) if caller.partner().is_none() => {
                id.parse().map(|id| Cell::Text(self.user_name(id).name)).unwrap_or_default()
            }
            _ => Cell::of(field, value, caller.lang),
        }
    }
}

/// An export under way.
#[derive(Default)]
struct Export {
    table: Table,
    touches: Vec<Touch>,
    /// Records taken out, in which version.
    shown: Vec<(RecordId, u64)>,
    /// Where they stood when they were read, for somebody of a partner.
    rendered: HashMap<RecordId, Rendered>,
    bytes: usize,
    /// Records that were asked for by what they are called, and those of them that the caller may read.
    asked: HashSet<RecordId>,
    names: Refs,
}

/// The fields asked for; hidden ones count as unknown.
fn chosen<'a>(entity: &'a Entity, permit: &ListPermit, request: &ExportRequest) -> Result<Vec<&'a Field>> {
    let seen = |f: &&Field| permit.most().level(&f.name) > Level::Hidden;
    let Some(names) = &request.fields else { return Ok(entity.fields.iter().filter(seen).collect()) };
    if !(1..=limits::FIELDS).contains(&names.len()) {
        let text = Text::of("Wskaż od 1 do 300 pól.", "Choose 1 to 300 fields.");
        return Err(issue("fields", "out-of-range", text));
    }
    let find = |name: &String| {
        entity.field(name).filter(seen).ok_or_else(|| {
            issue("fields", "unknown-field", Text::of("Nie ma takiego pola.", "There is no such field."))
                .naming(name)
        })
    };
    names.iter().map(find).collect()
}

fn changed_rights() -> Fault {
    let text = Text::of(
        "Uprawnienia zmieniły się w trakcie eksportu. Zacznij od nowa.",
        "Rights changed during the export. Start again.",
    );
    Fault::new(FaultKind::Conflict, text)
}

fn stopped() -> Fault {
    let text = Text::of("Eksport przerwano na żądanie.", "The export was stopped on request.");
    Fault::new(FaultKind::Unavailable, text)
}

fn too_large() -> Fault {
    Fault::invalid(Text::of(
        "Eksport jest za duży. Zawęź warunki albo wybierz mniej pól.",
        "The export is too large. Narrow the conditions or choose fewer fields.",
    ))
}

fn too_many() -> Fault {
    Fault::invalid(Text::of(
        "Eksport obejmuje więcej niż 50 000 rekordów. Zawęź warunki.",
        "The export has more than 50,000 records. Narrow the conditions.",
    ))
}
