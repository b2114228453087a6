//! What an import lists, noted with each chunk while a job does it: whoever goes on after a crash reads the file
//! from there on, and the report is to tell of all of it. What stood in the rows is in it, so it is sealed with the
//! job's own key and goes when the job is over.

use super::{ImportRun, RefusedRow};
use crate::{Caller, Engine};
use kernel::{Fault, Result};
use store::JobWrite;

/// Bytes of one note: each chunk writes the last one anew.
const NOTE: usize = 256 << 10;

/// How far the list of a report is noted.
#[derive(Default)]
pub(super) struct Noted {
    /// Rows of the list.
    rows: usize,
    /// The note that is not full yet: its number, and a row a line.
    at: u32,
    open: Vec<u8>,
}

impl ImportRun {
    /// Notes what came to be listed since this was last asked for.
    pub(super) async fn note_listed(&mut self, engine: &Engine, caller: &Caller) -> Result<Vec<JobWrite>> {
        let mut writes = Vec::new();
        let new = self.report.listed.get(self.noted.rows..).unwrap_or_default();
        if caller.hold.is_none() || new.is_empty() {
            return Ok(writes);
        }
        for row in new {
            let mut line = serde_json::to_vec(row).map_err(Fault::bug)?;
            line.push(b'\n');
            if self.noted.open.len() + line.len() > NOTE && !self.noted.open.is_empty() {
                let full = std::mem::take(&mut self.noted.open);
                writes.extend(engine.note(caller, self.noted.at, full).await?);
                self.noted.at += 1;
            }
            // No row is as long as that, unless its heading is.
            if line.len() <= NOTE {
                self.noted.open.append(&mut line);
            }
        }
        self.noted.rows = self.report.listed.len();
        writes.extend(engine.note(caller, self.noted.at, self.noted.open.clone()).await?);
        Ok(writes)
    }

    /// Lists what an earlier attempt at the same job noted.
    pub(super) async fn take_noted(&mut self, engine: &Engine, caller: &Caller) -> Result<()> {
        let mut next = 0;
        while let Some(note) = engine.noted(caller, next).await? {
            for line in note.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
                // The error's text quotes values.
                let row: RefusedRow =
                    serde_json::from_slice(line).map_err(|_| Fault::corrupt("a note of an import"))?;
                self.report.list(row);
            }
            (self.noted.at, self.noted.open) = (next, note);
            next += 1;
        }
        self.noted.rows = self.report.listed.len();
        Ok(())
    }
}
