//! From a snapshot to a stream.

use super::stream::Writer;
use super::{Counts, Header, Item, Progress, TELL_EVERY, damaged};
use crate::contract::{DocKind, LinkRow};
use crate::snapshot::Snapshot;
use kernel::{Fault, FaultKind, OrgId, RecordId, Result, Text, Time};
use ledger::{EventSource, leaf_hash};
use std::io::Write;

/// What was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dumped {
    /// How many of each kind.
    pub counts: Counts,
    /// Events in the ledger.
    pub ledger_size: u64,
}

/// Rows read at once: few, as each may be as large as content may be.
const PAGE: u32 = 256;

/// Writes all that the snapshot shows, a page at a time. Gives `out` back, so that whoever made it can end it.
///
/// # Errors
/// Corrupt if the store is damaged: then nothing that restores could be written; otherwise as reading or
/// writing fails, or `progress` says.
pub fn dump<W: Write>(
    view: &Snapshot,
    organisation: OrgId,
    at: Time,
    out: W,
    progress: Progress<'_>,
) -> Result<(Dumped, W)> {
    let checkpoint = view.checkpoint_text()?.ok_or_else(|| broken("the checkpoint is missing"))?;
    let ledger_size = view.event_count()?;
    // Links and documents are few beside these, and changes are at least as many as records.
    let expected = ledger_size + view.row_count()? + view.last_change()?;
    let header = Header { organisation, at, expected, checkpoint };
    if header.signed()?.checkpoint().size != ledger_size {
        return Err(broken("the checkpoint is not that of the last event"));
    }
    let mut work = Work { writer: Writer::new(out, &header)?, progress, expected };
    work.records(view)?;
    work.links(view)?;
    work.changes(view)?;
    work.docs(view)?;
    work.events(view)?;
    let (counts, out) = work.writer.finish()?;
    if counts.events != ledger_size {
        return Err(broken("events are missing"));
    }
    Ok((Dumped { counts, ledger_size }, out))
}

struct Work<'a, W> {
    writer: Writer<W>,
    progress: Progress<'a>,
    expected: u64,
}

impl<W: Write> Work<'_, W> {
    fn put(&mut self, item: &Item) -> Result<()> {
        self.writer.put(item)?;
        let done = self.writer.done();
        if done.is_multiple_of(TELL_EVERY) {
            (self.progress)(done, Some(self.expected.max(done)))?;
        }
        Ok(())
    }

    fn records(&mut self, view: &Snapshot) -> Result<()> {
        let mut after: Option<RecordId> = None;
        loop {
            let page = view.scan(after, PAGE)?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.id);
            for row in page {
                self.put(&Item::Record(row))?;
            }
        }
    }

    fn links(&mut self, view: &Snapshot) -> Result<()> {
        let mut after: Option<LinkRow> = None;
        loop {
            let page = view.links_after(after, 10 * PAGE)?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.clone());
            for link in page {
                self.put(&Item::Link(link))?;
            }
        }
    }

    fn changes(&mut self, view: &Snapshot) -> Result<()> {
        let mut after = 0;
        loop {
            let page = view.changes_since(after, PAGE)?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.seq;
            for change in page {
                self.put(&Item::Change(change))?;
            }
        }
    }

    fn docs(&mut self, view: &Snapshot) -> Result<()> {
        for kind in DocKind::ALL {
            let mut after: Option<[u8; 16]> = None;
            loop {
                let from = after.as_ref().map_or(&[][..], |id| &id[..]);
                let page = view.pages().docs_after(kind, from, PAGE)?;
                let Some(last) = page.last() else { break };
                after = Some(last.id);
                for doc in page {
                    self.put(&Item::Doc(doc))?;
                }
            }
        }
        Ok(())
    }

    fn events(&mut self, view: &Snapshot) -> Result<()> {
        let mut next = 0;
        EventSource::events(view, &mut |row| {
            if row.seq != next || row.hash != leaf_hash(row.bytes) {
                return Err(broken(&format!("event {next}")));
            }
            next += 1;
            self.put(&Item::Event(row.bytes.to_vec()))
        })
    }
}

/// The store is not what its ledger says.
fn broken(why: &str) -> Fault {
    let text = Text::of(
        "Bazy danych nie da się skopiować, bo jest uszkodzona. Sprawdź ją: klucznik ledger verify, i przywróć starszą kopię.",
        "The database cannot be backed up, because it is damaged. Look into it: klucznik ledger verify, and restore an older backup.",
    );
    Fault::new(FaultKind::Corrupt, text).internal(damaged(why).internal.unwrap_or_default())
}
