//! The one gate: whatever acts on many records is written or released with what only this makes.

use crate::{Caller, Engine};
use identity::ActKind;
use kernel::{ApprovalId, Fault, FaultKind, Result, Text, UserId};
use ledger::Event;
use serde::{Deserialize, Serialize};
use std::fmt;
use store::{Batch, DocWrite};

/// That a second person approved what a caller does, in whose name it is done. Made by the engine alone, and kept sealed
/// with a job that does it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Approved {
    /// The request.
    pub id: ApprovalId,
    /// What kind of act.
    pub kind: ActKind,
    /// Who approved.
    pub by: UserId,
    /// What is written in the same commit as the act.
    #[serde(skip)]
    pub(super) docs: Vec<DocWrite>,
    #[serde(skip)]
    pub(super) events: Vec<Event>,
}

impl fmt::Debug for Approved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Approved").field("id", &self.id).field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Approved {
    /// Puts what tells of the approval into the batch of the act.
    pub(crate) fn join(&self, batch: &mut Batch) {
        batch.docs.extend(self.docs.iter().cloned());
        batch.more_events.extend(self.events.iter().cloned());
    }
}

/// That an act on many records needs no approval, or has it.
#[must_use]
pub(crate) struct Cleared<'a>(Option<&'a Approved>);

impl Cleared<'_> {
    /// Of what changes the rights of nobody, or is done by who has the machine in hand.
    pub(crate) const fn unasked() -> Self {
        Self(None)
    }

    /// Nothing is approved of this kind of change: it needed nobody's.
    pub(crate) const fn nothing_to_write(self) {}

    /// Puts what tells of the approval into the batch of the act.
    pub(crate) fn join(self, batch: &mut Batch) {
        if let Some(approved) = self.0 {
            approved.join(batch);
        }
    }
}

impl Engine {
    /// Leave for an act on so many.
    ///
    /// # Errors
    /// That a second person must approve.
    pub(crate) fn cleared<'a>(&self, caller: &'a Caller, kind: ActKind, count: u64) -> Result<Cleared<'a>> {
        if let Some(approved) = caller.approved.as_deref() {
            return match approved.kind == kind {
                true => Ok(Cleared(Some(approved))),
                false => Err(Fault::bug("another kind of act was approved")),
            };
        }
        let directory = self.directory();
        match directory.approval_rules.from(kind) {
            Some(from) if directory.approval_rules.asks(kind, count) => Err(required(kind, from)),
            _ => Ok(Cleared(None)),
        }
    }

    /// Leave for what asks for approval only sometimes. What was approved is told of in any case: otherwise the request
    /// would stay open without its key.
    pub(crate) fn cleared_if<'a>(
        &self,
        caller: &'a Caller,
        asks: bool,
        (kind, count): (ActKind, u64),
    ) -> Result<Cleared<'a>> {
        match asks || caller.approved.is_some() {
            true => self.cleared(caller, kind, count),
            false => Ok(Cleared::unasked()),
        }
    }

    /// Refuses an import that changes more records than one person may change: it cannot be asked for, since a file is
    /// not kept until somebody decides.
    pub(crate) fn may_change_by_import(&self, updated: u64) -> Result<()> {
        let rules = &self.directory().approval_rules;
        let Some(from) = rules.from(ActKind::BulkEdit).filter(|_| updated > 0) else { return Ok(()) };
        if !rules.asks(ActKind::BulkEdit, updated) {
            return Ok(());
        }
        let text = match from {
            1 => Text::of(
                "Import nie może zmieniać istniejących rekordów: zmiana rekordów wymaga zgody drugiej osoby. Wczytaj tylko nowe albo zmień je na liście i poproś tam o zgodę.",
                "An import cannot change records that exist: changing records needs the approval of a second person. Bring in new ones only, or change them in the list and ask for approval there.",
            ),
            from => Text::new(
                format!(
                    "Import zmieniłby co najmniej {from} istniejących rekordów, a to wymaga zgody drugiej osoby. Wczytaj tylko nowe albo zmień je na liście i poproś tam o zgodę."
                ),
                format!(
                    "The import would change at least {from} records that exist, which needs the approval of a second person. Bring in new ones only, or change them in the list and ask for approval there."
                ),
            ),
        };
        Err(Fault::new(FaultKind::ApprovalRequired, text))
    }

    /// Leave to loosen the rules, which changes of roles would need.
    pub(super) fn cleared_to_loosen<'a>(&self, caller: &'a Caller) -> Result<Cleared<'a>> {
        self.cleared(caller, ActKind::RoleChange, u64::MAX)
    }
}

fn required(kind: ActKind, from: u32) -> Fault {
    let label = kind.label();
    let (pl, en) = match (kind, from) {
        (_, 0 | 1) => (String::new(), String::new()),
        (ActKind::RoleChange, n) => (format!(" od {n} osób"), format!(" from {n} people on")),
        (_, n) => (format!(" od {n} rekordów"), format!(" from {n} records on")),
    };
    Fault::new(
        FaultKind::ApprovalRequired,
        Text::new(
            format!("{}{pl} wymaga zgody drugiej osoby. Poproś o nią, podając powód.", label.pl),
            format!(
                "{}{en} needs the approval of a second person. Ask for it and give the reason.",
                label.en
            ),
        ),
    )
}
