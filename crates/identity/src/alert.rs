//! Notices about a user's own account that go out as a letter too: whoever took a session over can mark them read, and
//! whoever is locked out cannot read them. With the notice a job is written that says which it is, and no more; who
//! delivers letters finds out whether mail reaches the user ([`Alert`]).

use crate::Identity;
use crate::notice::NoticeKind;
use kernel::{Fault, Id, JobId, Result, UserId};
use ledger::Event;
use serde::{Deserialize, Serialize};
use store::{Batch, DocKind, DocWrite, JobWrite, NewJob};
use vault::{Context, Owner};

/// Number of jobs that make letters of notices.
pub const ALERT: u16 = 23;
/// Number under which what a job is to do is sealed.
const HEAD: u16 = 61_020;
/// Whose such jobs are: they do not count among those of letters that users act on.
const NEWS: UserId = UserId::from_bytes(*b"klucznik alerts\0");
/// Such jobs that wait: what makes them is bounded for each user, and no act of theirs fails because of it.
const WAITING: u32 = 1_000_000;

/// Which notice is to go out as a letter.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alert {
    /// To whom.
    pub user: UserId,
    /// Which.
    pub notice: Id<NoticeKind>,
}

/// For what the order of a job is sealed.
#[must_use]
pub const fn job_head(job: JobId) -> Context {
    Context { owner: Owner::Organisation, entity: HEAD, row: *job.bytes(), schema: 1 }
}

impl Identity {
    /// The letters to a user that say what the notices to the same user in a batch do; none where no mail leaves.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn letters(&self, user: UserId, docs: &[DocWrite]) -> Result<Vec<JobWrite>> {
        if !self.0.mails {
            return Ok(Vec::new());
        }
        let notice = |write: &DocWrite| match write {
            DocWrite::Put(doc) if doc.kind == DocKind::Notice && doc.user == Some(user) => Some(doc.id),
            _ => None,
        };
        docs.iter().filter_map(notice).map(|id| self.letter(user, Id::from_bytes(id))).collect()
    }

    /// Adds to a batch what a user is told, by a letter too.
    pub(crate) fn tell_by_letter(
        &self,
        batch: &mut Batch,
        user: UserId,
        (docs, event): (Vec<DocWrite>, Event),
    ) -> Result<()> {
        batch.jobs.extend(self.letters(user, &docs)?);
        batch.docs.extend(docs);
        batch.more_events.push(event);
        Ok(())
    }

    fn letter(&self, user: UserId, notice: Id<NoticeKind>) -> Result<JobWrite> {
        let inner = &self.0;
        let id: JobId = inner.ids.next(&*inner.clock, &*inner.random);
        let plain = serde_json::to_vec(&Alert { user, notice }).map_err(Fault::bug)?;
        Ok(JobWrite::Add(NewJob {
            id,
            kind: ALERT,
            user: NEWS,
            created_at: inner.clock.now(),
            after_ms: 0,
            most: WAITING,
            sealed: inner.vault.seal(&job_head(id), &plain)?,
            parts: Vec::new(),
        }))
    }
}
