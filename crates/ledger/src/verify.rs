//! Verification of a whole ledger against what its checkpoints say.

use crate::checkpoint::SignedCheckpoint;
use crate::event::{Act, Event, EventId};
use crate::finding::{Detected, Finding, Place};
use crate::parts::{TouchKind, Who};
use crate::tree::{Tree, leaf_hash};
use kernel::{RecordId, Result, SubjectId, Time, UserId};
use std::collections::HashMap;

/// How far, in milliseconds, an event's time may lie before an earlier event's: events of one group
/// commit are made at the same time by several threads.
pub const TIME_TOLERANCE_MS: i64 = 60_000;
/// Findings that are kept; more are only counted.
pub const MAX_FINDINGS: usize = 100;

/// One event as it is kept: bytes, hash, and the columns beside them.
#[derive(Clone, Copy, Debug)]
pub struct SourceRow<'a> {
    /// Place in the tree.
    pub seq: u64,
    /// Leaf hash; of any length, as it is kept.
    pub hash: &'a [u8],
    /// Bytes of the event.
    pub bytes: &'a [u8],
    /// Id of the event.
    pub id: EventId,
    /// When.
    pub at: Time,
    /// The user who acted; nil if none.
    pub user: UserId,
    /// The record it is about; nil if none or many.
    pub record: RecordId,
    /// The subject it is about; nil if none.
    pub subject: SubjectId,
    /// Number of the act.
    pub act: u16,
}

/// Where the events of a log lie.
pub trait EventSource {
    /// Gives every event in the order of their places to `each`, and stops if that fails.
    ///
    /// # Errors
    /// What `each` gives, and if they cannot be read.
    fn events(&self, each: &mut dyn FnMut(SourceRow<'_>) -> Result<()>) -> Result<()>;

    /// The kept node of this place; of any length, as it is kept.
    ///
    /// # Errors
    /// If it cannot be read.
    fn node(&self, level: u8, index: u64) -> Result<Option<Vec<u8>>>;

    /// How many nodes are kept.
    ///
    /// # Errors
    /// If they cannot be counted.
    fn node_count(&self) -> Result<u64>;
}

/// What a verification found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    /// Events looked at.
    pub events: u64,
    /// The first findings, at most [`MAX_FINDINGS`].
    pub findings: Vec<Finding>,
    /// Findings beyond those.
    pub more_findings: u64,
    /// The last hash that was written for each entity and record or document; `None` if it was removed
    /// last. About 100 bytes of memory for each.
    pub last: HashMap<(u16, [u8; 16]), Option<[u8; 32]>>,
    grave: bool,
}

impl Report {
    /// Whether nothing was found that shows an alteration.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        !self.grave
    }

    fn add(&mut self, what: Detected, place: Place) {
        self.grave |= what.is_grave();
        if self.findings.len() < MAX_FINDINGS {
            self.findings.push(Finding { what, place });
        } else {
            self.more_findings += 1;
        }
    }
}

/// Verifies all events of `source` against the checkpoint kept with them, and one kept outside if there
/// is one; both as text. `public` is the log's key, from the keyring. `progress` is told the number of
/// events looked at, every 1,024.
///
/// What is found is in the report; comparing the rows themselves with [`Report::last`] is left to whoever
/// has them.
///
/// # Errors
/// If the source cannot be read at all, or `progress` says to stop.
pub fn verify(
    source: &dyn EventSource,
    kept: Option<&str>,
    outside: Option<&str>,
    public: &[u8; 32],
    progress: &mut dyn FnMut(u64) -> Result<()>,
) -> Result<Report> {
    let mut walk = Walk::new();
    let kept = walk.checkpoint(kept, Place::Checkpoint, public);
    if kept.is_none() && walk.report.findings.is_empty() {
        walk.report.add(Detected::NoCheckpoint, Place::Checkpoint);
    }
    let outside = walk.checkpoint(outside, Place::Outside, public);
    if let (Some(a), Some(b)) = (&kept, &outside)
        && a.checkpoint().origin != b.checkpoint().origin
    {
        walk.report.add(Detected::Origin, Place::Outside);
    }
    let wanted = outside.as_ref().map(|o| o.checkpoint().size);
    walk.remember_root(wanted);
    source.events(&mut |row| {
        walk.event(row, source)?;
        walk.remember_root(wanted);
        if walk.tree.size().is_multiple_of(1024) {
            progress(walk.tree.size())?;
        }
        Ok(())
    })?;
    if source.node_count()? != walk.nodes {
        walk.report.add(Detected::NodeCount, Place::Nodes);
    }
    Ok(walk.finish(kept.as_ref(), outside.as_ref()))
}

/// A walk over all events.
struct Walk {
    tree: Tree,
    nodes: u64,
    latest: Time,
    outside_root: Option<[u8; 32]>,
    report: Report,
}

impl Walk {
    fn new() -> Self {
        let report = Report::default();
        Self { tree: Tree::new(), nodes: 0, latest: Time(i64::MIN), outside_root: None, report }
    }

    fn checkpoint(
        &mut self,
        text: Option<&str>,
        place: Place,
        public: &[u8; 32],
    ) -> Option<SignedCheckpoint> {
        let Ok(signed) = SignedCheckpoint::parse(text?) else {
            self.report.add(Detected::Form, place);
            return None;
        };
        if !signed.verify(public) {
            self.report.add(Detected::Signature, place);
        }
        Some(signed)
    }

    fn remember_root(&mut self, wanted: Option<u64>) {
        if wanted == Some(self.tree.size()) {
            self.outside_root = Some(self.tree.root());
        }
    }

    fn event(&mut self, row: SourceRow<'_>, source: &dyn EventSource) -> Result<()> {
        let seq = self.tree.size();
        let place = Place::Event(seq);
        if row.seq != seq {
            self.report.add(Detected::Sequence, place);
        }
        let hash = leaf_hash(row.bytes);
        if row.hash != hash {
            self.report.add(Detected::Hash, place);
        }
        match Event::decode(row.bytes) {
            Ok(event) => self.decoded(&event, &row, place),
            Err(_) => self.report.add(Detected::Bytes, place),
        }
        for node in self.tree.append(hash) {
            self.nodes += 1;
            if source.node(node.level, node.index)?.as_deref() != Some(&node.hash) {
                self.report.add(Detected::Node, Place::Node(node.level, node.index));
            }
        }
        Ok(())
    }

    fn decoded(&mut self, event: &Event, row: &SourceRow<'_>, place: Place) {
        if !columns_agree(event, row) {
            self.report.add(Detected::Columns, place);
        }
        if event.at.plus_ms(TIME_TOLERANCE_MS) < self.latest {
            self.report.add(Detected::Clock, place);
            // From here on the new time counts, or a clock that ran ahead once would be found again with
            // every later event.
            self.latest = event.at;
        }
        self.latest = self.latest.max(event.at);
        for touch in event.touches.iter().filter(|t| t.kind != TouchKind::Seen) {
            self.report.last.insert((touch.entity, touch.id), touch.hash);
        }
    }

    fn finish(mut self, kept: Option<&SignedCheckpoint>, outside: Option<&SignedCheckpoint>) -> Report {
        let size = self.tree.size();
        self.report.events = size;
        if let Some(kept) = kept.map(SignedCheckpoint::checkpoint) {
            if kept.size != size {
                self.report.add(Detected::Size, Place::Checkpoint);
            } else if kept.root != self.tree.root() {
                self.report.add(Detected::Root, Place::Checkpoint);
            }
        }
        if let Some(outside) = outside.map(SignedCheckpoint::checkpoint) {
            if outside.size > size {
                self.report.add(Detected::RolledBack, Place::Outside);
            } else if self.outside_root != Some(outside.root) {
                self.report.add(Detected::Forked, Place::Outside);
            }
        }
        self.report
    }
}

fn columns_agree(event: &Event, row: &SourceRow<'_>) -> bool {
    let user = if let Who::User(user) = event.who { user } else { UserId::NIL };
    event.id == row.id
        && event.at == row.at
        && user == row.user
        && event.record == row.record
        && event.subject == row.subject
        && Act::from_number(row.act) == Some(event.act)
}
