//! A store at one moment. Its queries are declared with those of the store, in `engine`.

use crate::embedded;
use crate::finding::RowFinding;
use crate::options::PostgresOptions;
use crate::postgres;
use crate::verify::{MAX_FINDINGS, Rows, verify_rows};
use kernel::Result;
use ledger::{EventSource, Nodes, Report, SourceRow};
use rusqlite::Connection;
use std::fmt;
use std::path::Path;
use vault::PageKey;

/// The state of a store at one moment, in the calling thread. While it lives, the engine cannot let go of
/// older states: keep it no longer than needed.
pub struct Snapshot {
    view: View,
}

/// What each engine shows of one moment.
pub enum View {
    Embedded(Connection),
    Postgres(Box<postgres::View>),
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot").finish_non_exhaustive()
    }
}

impl Snapshot {
    pub(crate) const fn new(view: View) -> Self {
        Self { view }
    }

    pub(crate) const fn view(&self) -> &View {
        &self.view
    }

    /// Opens a copy of the data without any server, and without the checks of [`crate::Store::open`]: for
    /// verification, which finds more.
    ///
    /// # Errors
    /// Not found if there is none; unsupported if another release wrote it; corrupt if the key is wrong.
    pub fn open_copy(path: &Path, page_key: &PageKey) -> Result<Self> {
        embedded::open_snapshot(path, page_key).map(View::Embedded).map(Self::new)
    }

    /// As [`Snapshot::open_copy`], of a PostgreSQL database, which servers may be using.
    ///
    /// # Errors
    /// Not found if there is none; unsupported if another release wrote it; unavailable if it does not answer.
    pub fn open_database(place: &PostgresOptions) -> Result<Self> {
        postgres::View::open_at(place).map(Box::new).map(View::Postgres).map(Self::new)
    }

    /// The checkpoint as it is kept, unread: for [`ledger::verify`].
    ///
    /// # Errors
    /// As any query.
    pub fn checkpoint_text(&self) -> Result<Option<String>> {
        match &self.view {
            View::Embedded(c) => embedded::checkpoint_text(c),
            View::Postgres(p) => p.read(async |c| postgres::read::checkpoint_text(c).await),
        }
    }

    /// Numbers of pages of the database file whose MAC is wrong, at most 1,000: also pages that no query
    /// reads. Only of data that nobody writes to meanwhile. Of PostgreSQL, how many of its own checksums
    /// failed, if any.
    ///
    /// # Errors
    /// As any query.
    pub fn damaged_pages(&self) -> Result<Vec<String>> {
        match &self.view {
            View::Embedded(c) => embedded::read::damaged_pages(c, MAX_FINDINGS),
            View::Postgres(p) => p.read(async |c| postgres::read::damaged_pages(c).await),
        }
    }

    /// What is compared and copied, a page at a time.
    pub(crate) fn pages(&self) -> &dyn Rows {
        match &self.view {
            View::Embedded(c) => c,
            View::Postgres(p) => &**p,
        }
    }

    /// Compares every record and document with what the ledger last said of it; `report` is that of
    /// [`ledger::verify`] over this snapshot. At most 1,000 findings.
    ///
    /// # Errors
    /// Corrupt if a row cannot even be read.
    pub fn verify_rows(&self, report: &Report, go_on: &dyn Fn() -> Result<()>) -> Result<Vec<RowFinding>> {
        verify_rows(self.pages(), report, go_on)
    }
}

impl Nodes for Snapshot {
    fn leaf_hashes(&self, from: u64, to: u64) -> Result<Vec<[u8; 32]>> {
        match &self.view {
            View::Embedded(c) => embedded::Kept(c).leaf_hashes(from, to),
            View::Postgres(p) => p.kept().leaf_hashes(from, to),
        }
    }

    fn node(&self, level: u8, index: u64) -> Result<Option<[u8; 32]>> {
        match &self.view {
            View::Embedded(c) => Nodes::node(&embedded::Kept(c), level, index),
            View::Postgres(p) => Nodes::node(&p.kept(), level, index),
        }
    }
}

impl EventSource for Snapshot {
    fn events(&self, each: &mut dyn FnMut(SourceRow<'_>) -> Result<()>) -> Result<()> {
        match &self.view {
            View::Embedded(c) => EventSource::events(&embedded::Kept(c), each),
            View::Postgres(p) => EventSource::events(&p.kept(), each),
        }
    }

    fn node(&self, level: u8, index: u64) -> Result<Option<Vec<u8>>> {
        match &self.view {
            View::Embedded(c) => EventSource::node(&embedded::Kept(c), level, index),
            View::Postgres(p) => EventSource::node(&p.kept(), level, index),
        }
    }

    fn node_count(&self) -> Result<u64> {
        match &self.view {
            View::Embedded(c) => embedded::Kept(c).node_count(),
            View::Postgres(p) => p.kept().node_count(),
        }
    }
}
