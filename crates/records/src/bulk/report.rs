//! What came of a change to many records: counts, and what stood in the way.

use kernel::{Fault, FaultKind, RecordId, Result, Text, UserId};

/// Problems that are told one by one.
const PROBLEMS: usize = 200;
/// Reasons that are told apart within a part.
const REASONS: usize = 20;

/// A record that was not changed, and why.
#[derive(Clone, Debug)]
pub struct BulkProblem {
    /// Which.
    pub id: RecordId,
    /// Name of its entity.
    pub entity: String,
    /// A stable code in kebab case.
    pub code: String,
    /// What stood in the way.
    pub reason: Text,
}

/// Records that stay as they are for one reason.
#[derive(Clone, Debug)]
pub struct BulkStays {
    /// A stable code in kebab case.
    pub code: String,
    /// The reason.
    pub reason: Text,
    /// How many.
    pub count: u64,
}

/// What becomes of the records of one entity, and for one new owner where that is told.
#[derive(Clone, Debug)]
pub struct BulkPart {
    /// Name of the entity.
    pub entity: String,
    /// To whom they go.
    pub to: Option<UserId>,
    /// Records that go.
    pub changed: u64,
    /// Of these, records in the bin.
    pub binned: u64,
    /// Records that stay.
    pub stays: Vec<BulkStays>,
}

/// To whom a record goes, where that is told, and whether it lies in the bin.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Goes {
    pub(super) to: Option<UserId>,
    pub(super) binned: bool,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct BulkReport {
    /// Records changed.
    pub changed: u64,
    /// Records that were so already.
    pub unchanged: u64,
    /// Records that could not be changed.
    pub refused: u64,
    /// The first 200 of those.
    pub problems: Vec<BulkProblem>,
    /// The same by entity, where records of several are handed over.
    pub parts: Option<Vec<BulkPart>>,
}

impl BulkReport {
    /// One that counts by entity too.
    pub(super) fn by_entity() -> Self {
        Self { parts: Some(Vec::new()), ..Self::default() }
    }

    /// Counts one record; a failure that is not this record's alone is given back.
    pub(super) fn take(&mut self, of: (&str, RecordId), step: Result<bool>) -> Result<()> {
        self.take_for(of, Goes::default(), step)
    }

    pub(super) fn take_for(
        &mut self,
        (entity, id): (&str, RecordId),
        goes: Goes,
        step: Result<bool>,
    ) -> Result<()> {
        match step {
            Ok(true) => self.count((entity, goes), 1),
            Ok(false) => self.unchanged += 1,
            Err(fault) => match fault.kind {
                FaultKind::Full | FaultKind::Unavailable | FaultKind::Internal => return Err(fault),
                _ => self.refuse((entity, id), goes, fault),
            },
        }
        Ok(())
    }

    /// Counts records that go.
    pub(super) fn count(&mut self, of: (&str, Goes), count: u64) {
        self.changed += count;
        if let Some(part) = self.part(of) {
            part.changed += count;
            part.binned += if of.1.binned { count } else { 0 };
        }
    }

    /// How many go so far.
    pub(super) fn going(&self, (entity, Goes { to, .. }): (&str, Goes)) -> u64 {
        let mut parts = self.parts.iter().flatten();
        parts.find(|part| part.entity == entity && part.to == to).map_or(0, |part| part.changed)
    }

    /// Counts records that stay without a look at each.
    pub(super) fn stay(&mut self, of: (&str, Goes), stays: BulkStays) {
        self.refused += stays.count;
        let Some(part) = self.part(of) else { return };
        let same = part.stays.iter_mut().find(|s| s.code == stays.code && s.reason == stays.reason);
        if let Some(same) = same {
            same.count += stays.count;
        } else if part.stays.len() < REASONS {
            part.stays.push(stays);
        }
    }

    fn part(&mut self, (entity, Goes { to, .. }): (&str, Goes)) -> Option<&mut BulkPart> {
        let parts = self.parts.as_mut()?;
        let at = parts.iter().position(|p| p.entity == entity && p.to == to).unwrap_or_else(|| {
            let entity = entity.to_owned();
            parts.push(BulkPart { entity, to, changed: 0, binned: 0, stays: Vec::new() });
            parts.len() - 1
        });
        parts.get_mut(at)
    }

    fn refuse(&mut self, (entity, id): (&str, RecordId), goes: Goes, fault: Fault) {
        let first = fault.issues.into_iter().next().map(|i| (i.code, i.reason));
        let (code, reason) = first.unwrap_or((fault.kind.code().to_owned(), fault.message));
        self.stay((entity, goes), BulkStays { code: code.clone(), reason: reason.clone(), count: 1 });
        if self.problems.len() < PROBLEMS {
            self.problems.push(BulkProblem { id, entity: entity.to_owned(), code, reason });
        }
    }
}
