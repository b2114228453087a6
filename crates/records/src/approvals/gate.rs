//! The one gate: whatever acts on many records is written or released with what only this makes.

use crate::admin_users::same_roles;
use crate::{Caller, Engine};
use identity::{ActKind, DoneAlone};
use kernel::{ApprovalId, Fault, FaultKind, Result, RoleId, Text, UserId};
use ledger::{Event, Receipt};
use serde::{Deserialize, Serialize};
use std::fmt;
use store::{Batch, DocKind, DocWrite};

/// How often an act is judged anew because the same user did another at that moment.
const TRIES: u32 = 5;

/// What to do, where an act can be asked for.
pub(crate) const ASK: Text = Text::of("Poproś o nią, podając powód.", "Ask for it and give the reason.");

/// Where a new user or program would need approval for its roles.
pub(crate) const ROLES_LATER: Text = Text::of(
    "Utwórz konto bez ról, potem zmień jego role i wtedy poproś o zgodę.",
    "Make the account without roles, then change its roles and ask for approval there.",
);

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
pub(crate) struct Cleared<'a> {
    approved: Option<&'a Approved>,
    /// That it was done without.
    counted: Option<DocWrite>,
}

impl Cleared<'_> {
    /// Of what changes the rights of nobody, or is done by who has the machine in hand.
    pub(crate) const fn unasked() -> Self {
        Self { approved: None, counted: None }
    }

    /// In which version it is noted that it was done without.
    const fn counted_at(&self) -> Option<u64> {
        match &self.counted {
            Some(DocWrite::Put(doc)) => Some(doc.version),
            _ => None,
        }
    }

    /// Puts what tells of the approval into the batch of the act; or that it was done without, which counts for a day.
    pub(crate) fn join(self, batch: &mut Batch) {
        if let Some(approved) = self.approved {
            approved.join(batch);
        }
        batch.docs.extend(self.counted);
    }
}

impl Engine {
    /// Leave for an act on so many, with what the same user did alone within a day.
    ///
    /// # Errors
    /// That a second person must approve.
    pub(crate) async fn cleared<'a>(
        &self,
        caller: &'a Caller,
        kind: ActKind,
        count: u64,
    ) -> Result<Cleared<'a>> {
        self.cleared_or(caller, (kind, count), &ASK).await
    }

    /// The same; the refusal says what to do instead.
    pub(crate) async fn cleared_or<'a>(
        &self,
        caller: &'a Caller,
        (kind, count): (ActKind, u64),
        how: &Text,
    ) -> Result<Cleared<'a>> {
        if let Some(approved) = caller.approved.as_deref() {
            return match approved.kind == kind {
                true => Ok(Cleared { approved: Some(approved), counted: None }),
                false => Err(Fault::bug("another kind of act was approved")),
            };
        }
        let directory = self.directory();
        let rules = &directory.approval_rules;
        let Some(from) = rules.from(kind) else { return Ok(Cleared::unasked()) };
        let (now, alone) = (self.now(), self.alone(caller.actor.user, kind).await?);
        let done = alone.count(now);
        if rules.asks(kind, done.saturating_add(count)) {
            return Err(required(kind, from, done, how));
        }
        let more = (count > 0).then(|| alone.more(&self.0.vault, now, count)).transpose()?;
        Ok(Cleared { approved: None, counted: more })
    }

    /// Leave for what asks for approval only sometimes. What was approved is told of in any case: otherwise the request
    /// would stay open without its key.
    pub(crate) async fn cleared_if<'a>(
        &self,
        caller: &'a Caller,
        asks: bool,
        what: (ActKind, u64),
        how: &Text,
    ) -> Result<Cleared<'a>> {
        match asks || caller.approved.is_some() {
            true => self.cleared_or(caller, what, how).await,
            false => Ok(Cleared::unasked()),
        }
    }

    /// Leave to give a user these roles in place of those that the user has now, none that the caller could not give, and
    /// to move the user to another team. To be judged where nobody else changes them at the same moment.
    pub(crate) async fn cleared_roles<'a>(
        &self,
        caller: &'a Caller,
        (had, moves): (&[RoleId], bool),
        next: Option<&[RoleId]>,
        how: &Text,
    ) -> Result<Cleared<'a>> {
        let more: Vec<RoleId> =
            next.unwrap_or_default().iter().filter(|role| !had.contains(role)).copied().collect();
        self.within_own(caller, &more).await?;
        let asks = moves || next.is_some_and(|next| !same_roles(next, had));
        self.cleared_if(caller, asks, (ActKind::RoleChange, 1), how).await
    }

    /// Whoever answers for what a user does: of a program, its owner.
    pub(crate) fn answers_for(&self, user: UserId) -> UserId {
        self.directory().policy.members.get(&user).and_then(|member| member.owner).unwrap_or(user)
    }

    async fn alone(&self, user: UserId, kind: ActKind) -> Result<DoneAlone> {
        let (vault, user) = (&self.0.vault, self.answers_for(user));
        let doc = self.0.store.doc(DocKind::DoneAlone, DoneAlone::id(vault, user, kind)).await?;
        DoneAlone::open(vault, doc.as_ref(), user, kind)
    }

    /// How many of a kind a user, and the programs that the user answers for, did without approval within a day; as far
    /// as a rule asks.
    pub(super) async fn done_alone(&self, user: UserId, kind: ActKind) -> Result<u64> {
        match self.directory().approval_rules.from(kind) {
            Some(_) => Ok(self.alone(user, kind).await?.count(self.now())),
            None => Ok(0),
        }
    }

    /// Commits what needs nothing but leave. If the same user does another act at that moment, here or on another server,
    /// both are judged one after the other.
    pub(crate) async fn commit_cleared(
        &self,
        caller: &Caller,
        (kind, count): (ActKind, u64),
        batch: Batch,
    ) -> Result<Receipt> {
        let mut taken = None;
        for _ in 1..TRIES {
            let mut judged = batch.clone();
            let cleared = self.cleared(caller, kind, count).await?;
            let counted = cleared.counted_at();
            let counts = counted.is_some();
            cleared.join(&mut judged);
            match self.commit(judged, Vec::new()).await {
                Err(fault) if counts && fault.kind == FaultKind::Stale => {
                    let now = self.alone(caller.actor.user, kind).await?;
                    // It was not the count that changed: the job is another server's by now, or what it is about is.
                    if counted == Some(now.version() + 1) {
                        return Err(fault);
                    }
                    taken = None;
                }
                // The first that counts was noted by another act; or something else of the batch is there already.
                Err(fault) if counts && fault.kind == FaultKind::Conflict => taken = Some(fault),
                done => return Ok(done?.receipt),
            }
        }
        let text = Text::of(
            "W tej samej chwili robisz kilka takich rzeczy naraz. Spróbuj ponownie.",
            "You do several such things at the same moment. Try again.",
        );
        Err(taken.unwrap_or_else(|| Fault::new(FaultKind::Conflict, text)))
    }

    /// Leave for an import to change so many records. It cannot be asked for, since a file is not kept until somebody
    /// decides.
    pub(crate) async fn cleared_import<'a>(&self, caller: &'a Caller, updated: u64) -> Result<Cleared<'a>> {
        if updated == 0 {
            return Ok(Cleared::unasked());
        }
        let how = Text::of(
            "Import nie może zmienić tylu istniejących rekordów. Wczytaj tylko nowe albo zmień je na liście i poproś tam o zgodę.",
            "An import cannot change that many records that exist. Bring in new ones only, or change them in the list and ask for approval there.",
        );
        self.cleared_or(caller, (ActKind::BulkEdit, updated), &how).await
    }

    /// Leave for a reviewer to take roles of so many people away: in a campaign that somebody else began, the reviewer is
    /// the second person.
    pub(crate) async fn cleared_review<'a>(
        &self,
        caller: &'a Caller,
        is_second: bool,
        people: u64,
    ) -> Result<Cleared<'a>> {
        let how = Text::of(
            "Ten przegląd nie wystarcza: zmień role w Administracji i poproś tam o zgodę.",
            "This review is not enough: change the roles in Administration and ask for approval there.",
        );
        match is_second {
            true => Ok(Cleared::unasked()),
            false => self.cleared_or(caller, (ActKind::RoleChange, people), &how).await,
        }
    }

    /// Leave to loosen the rules, which changes of roles would need.
    pub(super) async fn cleared_to_loosen<'a>(&self, caller: &'a Caller) -> Result<Cleared<'a>> {
        self.cleared(caller, ActKind::RoleChange, u64::MAX).await
    }
}

fn required(kind: ActKind, from: u32, done: u64, how: &Text) -> Fault {
    let label = kind.label();
    let (pl, en) = match (kind, from) {
        (_, 0 | 1) => (String::new(), String::new()),
        (ActKind::RoleChange, n) => {
            (format!(" od {n} osób w ciągu doby"), format!(" from {n} people a day on"))
        }
        (_, n) => (format!(" od {n} rekordów w ciągu doby"), format!(" from {n} records a day on")),
    };
    let (before_pl, before_en) = match done {
        0 => (String::new(), String::new()),
        done => (
            format!(" W ostatnich 24 godzinach zrobiono już bez zgody: {done}."),
            format!(" Done without approval in the last 24 hours already: {done}."),
        ),
    };
    let text = Text::new(
        format!("{}{pl} wymaga zgody drugiej osoby.{before_pl} {}", label.pl, how.pl),
        format!("{}{en} needs the approval of a second person.{before_en} {}", label.en, how.en),
    );
    Fault::new(FaultKind::ApprovalRequired, text)
}
