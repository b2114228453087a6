//! Sealing and opening the content of rows. Nothing outside this crate opens a row, and inside it
//! takes a permit for that very record, but for what nobody gets to see by it.

use access::{ReadPermit, WritePermit};
use kernel::{Fault, Id, Result, TeamId, UserId, limits};
use schema::Content;
use store::{Change, Row};
use vault::{Context, Owner, Vault};

/// Number under which old and new values of a change are sealed, so that they cannot pass as content.
const DIFF: u16 = 61_000;

fn context(row: &Row) -> Context {
    Context {
        owner: Owner::Subject(row.subject),
        entity: row.entity,
        row: *row.id.bytes(),
        schema: row.schema,
    }
}

fn diff_context(row: &Row) -> Context {
    Context { entity: DIFF, ..context(row) }
}

/// Puts `content` into `row`, sealed for its subject.
pub(crate) fn seal_into(vault: &Vault, row: &mut Row, content: &Content) -> Result<()> {
    let plain = serde_json::to_vec(content).map_err(Fault::bug)?;
    if plain.len() > limits::RECORD {
        return Err(Fault::new(
            kernel::FaultKind::TooLarge,
            kernel::Text::new(
                format!("Rekord jest za duży: {} bajtów, najwyżej {}.", plain.len(), limits::RECORD),
                format!("The record is too large: {} bytes, at most {}.", plain.len(), limits::RECORD),
            ),
        ));
    }
    row.sealed = vault.seal(&context(row), &plain)?;
    Ok(())
}

/// Opens a row for whoever holds a permit for it.
pub(crate) fn open(vault: &Vault, permit: &ReadPermit, row: &Row) -> Result<Content> {
    if *permit.record() != row.id {
        return Err(Fault::bug("permit for another record"));
    }
    open_unseen(vault, row)
}

/// Opens a row that is about to be changed.
pub(crate) fn open_to_write(vault: &Vault, permit: &WritePermit, row: &Row) -> Result<Content> {
    if *permit.record() != row.id {
        return Err(Fault::bug("permit for another record"));
    }
    open_unseen(vault, row)
}

/// Opens a row that nobody gets to see by it: to feed the index, which answers under permits of its own,
/// or to write the row back, when an act that was decided elsewhere takes it along (a conversion, an
/// erasure, an undo).
pub(crate) fn open_unseen(vault: &Vault, row: &Row) -> Result<Content> {
    let plain = vault.open(&context(row), &row.sealed)?;
    serde_json::from_slice(&plain).map_err(|e| unreadable(row, &e))
}

/// Under this name the old and the new owner stand among the values of a change. No field can be called so.
pub(crate) const OWNER: &str = "$owner";

/// Under this name the old and the new team.
pub(crate) const TEAM: &str = "$team";

/// Under this name stands whether the record was and is in the bin.
pub(crate) const BINNED: &str = "$binned";

/// The content with owner, team and the bin beside it, so that a change of these can be told and taken back.
pub(crate) fn with_state(row: &Row, content: &Content) -> Content {
    let mut all = content.clone();
    all.insert(OWNER.to_owned(), row.owner.to_string().into());
    all.insert(TEAM.to_owned(), row.team.to_string().into());
    all.insert(BINNED.to_owned(), row.deleted_at.is_some().into());
    all
}

/// Old and new values of what differs, sealed for the row's subject.
pub(crate) fn seal_diff(vault: &Vault, row: &Row, old: &Content, new: &Content) -> Result<Vec<u8>> {
    let mut diff = serde_json::Map::new();
    for name in old.keys().chain(new.keys()) {
        if old.get(name) != new.get(name) && !diff.contains_key(name) {
            let side = |c: &Content| c.get(name).cloned().unwrap_or_default();
            diff.insert(name.clone(), serde_json::json!([side(old), side(new)]));
        }
    }
    let plain = serde_json::to_vec(&(row.version, diff)).map_err(Fault::bug)?;
    vault.seal(&diff_context(row), &plain)
}

/// What [`seal_diff`] sealed: field to old and new value.
pub(crate) fn open_diff(
    vault: &Vault,
    permit: &ReadPermit,
    row: &Row,
    version: u64,
    diff: &[u8],
) -> Result<DiffMap> {
    if *permit.record() != row.id {
        return Err(Fault::bug("permit for another record"));
    }
    diff_of(vault, row, version, diff)
}

/// What a change was, in order to take it back.
pub(crate) fn open_diff_to_undo(vault: &Vault, row: &Row, change: &Change) -> Result<DiffMap> {
    diff_of(vault, row, change.version, &change.diff)
}

/// Whose a record was before a change, where that changed it: owner and team alone, and nothing of its values.
pub(crate) fn whose_before(
    vault: &Vault,
    row: &Row,
    change: &Change,
) -> Result<(Option<UserId>, Option<TeamId>)> {
    let mut diff = diff_of(vault, row, change.version, &change.diff)?;
    Ok((take_old_id(&mut diff, OWNER), take_old_id(&mut diff, TEAM)))
}

fn diff_of(vault: &Vault, row: &Row, version: u64, diff: &[u8]) -> Result<DiffMap> {
    let plain = vault.open(&diff_context(row), diff)?;
    let (kept, map): (u64, DiffMap) = serde_json::from_slice(&plain).map_err(|e| unreadable(row, &e))?;
    if kept != version {
        return Err(Fault::corrupt(format!("change of {}: another version's values", row.id)));
    }
    Ok(map)
}

/// Field to old and new value; null means none.
pub(crate) type DiffMap = std::collections::BTreeMap<String, (serde_json::Value, serde_json::Value)>;

/// The id that stood under `name` before a change, taken out of its values; none if it did not change.
pub(crate) fn take_old_id<K>(diff: &mut DiffMap, name: &str) -> Option<Id<K>> {
    diff.remove(name)?.0.as_str()?.parse().ok()
}

/// The error's own text quotes values; its place does not.
fn unreadable(row: &Row, e: &serde_json::Error) -> Fault {
    Fault::corrupt(format!("record {} does not parse at {}:{}", row.id, e.line(), e.column()))
}
