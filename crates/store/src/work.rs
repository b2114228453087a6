//! Work that outlives the server that was asked for it: what is to be done, who is at it, and until when.
//!
//! A job is written in the batch of the act that orders it. A server takes it for a time, the *lease*, and
//! renews that while it is at work. When the lease runs out, because its server died or hangs, another takes
//! it, as a further attempt. What a server does for a job it commits with its [`JobHold`]: then nothing of a
//! job's is written by whoever does not hold it any more, and it comes to its end once.

use crate::engine::Store;
use crate::refusal;
use kernel::{Fault, FaultKind, JobId, Random, Result, ServerId, Text, Time, UserId};

/// Bytes of what a job is, or of what came of it, sealed.
pub const JOB_SEALED_MAX: usize = 64 << 10;
/// Bytes of one part, sealed: a mebibyte, and what sealing adds.
pub const JOB_PART_MAX: usize = (1 << 20) + 1024;
/// Parts of one job.
pub const JOB_PARTS_MAX: usize = 64;
/// Notes of one job.
pub const JOB_NOTES_MAX: u32 = 64;
/// Bytes of the parts of all jobs.
pub const JOBS_BYTES_MAX: u64 = 256 << 20;
/// How often a job is tried before it is given up.
pub const ATTEMPTS_MAX: u32 = 6;
/// Milliseconds between the first attempt that failed and the next, and at most between two.
const PAUSE_MS: (i64, i64) = (2_000, 600_000);
/// Milliseconds for which jobs that ended are kept, and those that nobody could bring to an end.
pub(crate) const KEPT_MS: (i64, i64) = (86_400_000, 30 * 86_400_000);

/// How a job stands. The number is part of the format.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum JobState {
    /// It waits for its time and for a server.
    Waiting = 1,
    /// A server is at it, as long as its lease lasts.
    Held = 2,
    /// It came to its end.
    Ended = 3,
    /// It was given up after too many attempts.
    Dead = 4,
}

impl JobState {
    /// Whether it is still to be done.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Held)
    }

    pub(crate) const fn of_number(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::Waiting),
            2 => Some(Self::Held),
            3 => Some(Self::Ended),
            4 => Some(Self::Dead),
            _ => None,
        }
    }
}

/// A job as it is kept, without its parts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JobRow {
    /// Id.
    pub id: JobId,
    /// What it does; the store knows only the number.
    pub kind: u16,
    /// Who ordered it; nil for the program itself.
    pub user: UserId,
    /// How it stands.
    pub state: JobState,
    /// While it waits: not to be taken before. While it is held: the end of the lease. By the clock of the
    /// database, if that is a server.
    pub due_at: Time,
    /// How often it was taken.
    pub attempts: u32,
    /// How many of these do not count as tries: their servers let go of it or put it off in order, or it was
    /// revived since.
    pub spared: u32,
    /// The server that took it last, if any.
    pub held_by: Option<ServerId>,
    /// Whether it is wanted to stop.
    pub stop: bool,
    /// How far it was when that was last written down.
    pub done: u64,
    /// Of how much, if that is known.
    pub total: Option<u64>,
    /// Ordered when.
    pub created_at: Time,
    /// Ended or given up when.
    pub ended_at: Option<Time>,
    /// How many parts it has.
    pub parts: u32,
    /// Sealed: what is to be done.
    pub sealed: Vec<u8>,
    /// Sealed: what came of it, or why the last attempt failed; empty until then.
    pub result: Vec<u8>,
}

impl JobRow {
    /// How often it was tried, this time among them if it is held.
    #[must_use]
    pub const fn tries(&self) -> u32 {
        self.attempts.saturating_sub(self.spared)
    }

    /// Whether it was taken more often than it may be tried: its servers died of it, and it is to be given up
    /// instead of tried again.
    #[must_use]
    pub const fn is_spent(&self) -> bool {
        self.tries() > ATTEMPTS_MAX
    }
}

/// A job to be added.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewJob {
    /// Id.
    pub id: JobId,
    /// What it does.
    pub kind: u16,
    /// Who orders it; nil for the program itself.
    pub user: UserId,
    /// Ordered when.
    pub created_at: Time,
    /// Milliseconds from now before which it is not to be taken.
    pub after_ms: i64,
    /// Jobs that this user may have waiting or held, this one among them: with more it is too many.
    pub most: u32,
    /// Sealed: what is to be done.
    pub sealed: Vec<u8>,
    /// Sealed: what is too large for that, such as a file.
    pub parts: Vec<Vec<u8>>,
}

/// Which attempt at a job somebody is at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct JobHold {
    /// The job.
    pub id: JobId,
    /// The server that took it.
    pub server: ServerId,
    /// How often it had been taken then.
    pub attempt: u32,
}

impl JobHold {
    /// What becomes of a job whose attempt failed, after so many tries: it waits, each time twice as long as
    /// before, up to ten minutes, or is given up. `random` makes each wait up to a quarter longer, so that many
    /// that failed together do not come back together.
    #[must_use]
    pub fn failed(self, tries: u32, result: Vec<u8>, random: &dyn Random) -> JobWrite {
        if tries >= ATTEMPTS_MAX {
            return JobWrite::GiveUp { hold: self, result };
        }
        JobWrite::Later { hold: self, after_ms: pause(tries, random), result, spared: false }
    }

    /// What becomes of a job that is put off in order, because what it needs is not there now: it waits as after
    /// that many failures. That is no try, however often it happens.
    #[must_use]
    pub fn put_off(self, result: Vec<u8>, random: &dyn Random) -> JobWrite {
        JobWrite::Later { hold: self, after_ms: pause(self.attempt, random), result, spared: true }
    }
}

/// Milliseconds to wait after so many attempts.
fn pause(attempts: u32, random: &dyn Random) -> i64 {
    let doubled = PAUSE_MS.0 << attempts.saturating_sub(1).min(20);
    let pause = doubled.min(PAUSE_MS.1);
    let mut bytes = [0; 4];
    random.fill(&mut bytes);
    pause + i64::from(u32::from_le_bytes(bytes)) % (pause / 4)
}

/// A change to a job. What has a [`JobHold`] is stale once that job is no longer held so.
#[derive(Clone, Debug)]
pub enum JobWrite {
    /// A new one. Conflict if its id is taken.
    Add(NewJob),
    /// Nothing: the batch is to be written only while the job is held.
    Held(JobHold),
    /// What whoever goes on with it is to know; in place of what was noted there before. It goes when the job is
    /// over. There is room for it whatever other jobs hold.
    Note {
        /// The attempt.
        hold: JobHold,
        /// Under which number, below [`JOB_NOTES_MAX`].
        at: u32,
        /// Sealed: what. As large as a part at most.
        sealed: Vec<u8>,
    },
    /// It came to its end, with a result and parts, which replace those it had.
    End {
        /// The attempt.
        hold: JobHold,
        /// Sealed: what came of it.
        result: Vec<u8>,
        /// Sealed: what is too large for that.
        parts: Vec<Vec<u8>>,
    },
    /// It failed or was put off, and is to be tried again.
    Later {
        /// The attempt.
        hold: JobHold,
        /// Milliseconds from now before which it is not to be taken.
        after_ms: i64,
        /// Sealed: why.
        result: Vec<u8>,
        /// Whether the attempt does not count as a try.
        spared: bool,
    },
    /// Its server stops, and leaves it to others or to its next start. That is no try.
    Leave(JobHold),
    /// It failed, and is given up. Its parts stay, so that it can be tried once more.
    GiveUp {
        /// The attempt.
        hold: JobHold,
        /// Sealed: why.
        result: Vec<u8>,
    },
    /// It is wanted to stop; one that waits is due at once, for whoever takes it to end it. Stale unless it is
    /// still to be done.
    Stop(JobId),
    /// One that still waits comes to its end with a result, and its parts go. Stale once it was taken.
    Withdraw {
        /// Which.
        id: JobId,
        /// Sealed: what came of it.
        result: Vec<u8>,
    },
    /// Of one that ended or was given up, only its first so many parts stay. Stale unless it is over.
    Cut {
        /// Which.
        id: JobId,
        /// How many.
        parts: u32,
    },
    /// One that was given up waits again, as if it had never been tried. Stale unless it was.
    Revive(JobId),
    /// Forgets one that ended or was given up, and its parts. Stale unless it is over.
    Discard(JobId),
}

impl JobWrite {
    /// Which job.
    pub(crate) const fn id(&self) -> JobId {
        match self {
            Self::Add(job) => job.id,
            Self::Held(hold)
            | Self::Leave(hold)
            | Self::Note { hold, .. }
            | Self::End { hold, .. }
            | Self::Later { hold, .. }
            | Self::GiveUp { hold, .. } => hold.id,
            Self::Stop(id)
            | Self::Withdraw { id, .. }
            | Self::Cut { id, .. }
            | Self::Revive(id)
            | Self::Discard(id) => *id,
        }
    }

    /// Whether somebody should look for work.
    pub(crate) const fn rings(&self) -> bool {
        matches!(self, Self::Add(_) | Self::Leave(_) | Self::Revive(_) | Self::Stop(_))
    }

    /// What it adds to the database, roughly, in bytes.
    pub(crate) fn weight(&self) -> usize {
        300 + match self {
            Self::Add(NewJob { sealed, parts, .. }) => sealed.len() + size(parts),
            Self::Note { sealed, .. } => sealed.len(),
            Self::End { result, parts, .. } => result.len() + size(parts),
            Self::Later { result, .. } | Self::GiveUp { result, .. } | Self::Withdraw { result, .. } => {
                result.len()
            }
            Self::Held(_)
            | Self::Leave(_)
            | Self::Stop(_)
            | Self::Cut { .. }
            | Self::Revive(_)
            | Self::Discard(_) => 0,
        }
    }

    /// Refuses what is larger than anything of a job may be.
    pub(crate) fn check(&self) -> Result<()> {
        let (sealed, parts) = match self {
            Self::Note { at, sealed, .. } if *at >= JOB_NOTES_MAX || sealed.len() > JOB_PART_MAX => {
                return Err(refusal::out_of_range("what is noted of a job"));
            }
            Self::Note { .. } => return Ok(()),
            Self::Add(job) => (&job.sealed, Some(&job.parts)),
            Self::End { result, parts, .. } => (result, Some(parts)),
            Self::Later { result, .. } | Self::GiveUp { result, .. } | Self::Withdraw { result, .. } => {
                (result, None)
            }
            Self::Held(_)
            | Self::Leave(_)
            | Self::Stop(_)
            | Self::Cut { .. }
            | Self::Revive(_)
            | Self::Discard(_) => return Ok(()),
        };
        if sealed.len() > JOB_SEALED_MAX {
            return Err(refusal::out_of_range("what is sealed of a job"));
        }
        match parts {
            Some(p) if p.len() > JOB_PARTS_MAX || p.iter().any(|p| p.len() > JOB_PART_MAX) => {
                Err(too_large())
            }
            _ => Ok(()),
        }
    }
}

/// The part under which a note is kept: after all that parts can have.
pub const fn note_part(at: u32) -> u32 {
    JOB_PARTS_MAX as u32 + at
}

/// Bytes of parts.
pub fn size(parts: &[Vec<u8>]) -> usize {
    parts.iter().map(Vec::len).sum()
}

impl Store {
    /// What was noted of a job under a number.
    ///
    /// # Errors
    /// Those of reading.
    pub async fn job_note(&self, id: JobId, at: u32) -> Result<Option<Vec<u8>>> {
        self.job_part(id, note_part(at)).await
    }
}

/// A user ordered more than may wait.
pub fn too_many(most: u32) -> Fault {
    let text = Text::new(
        format!("Najwyżej {most} zadań w tle naraz. Poczekaj, aż któreś się skończy."),
        format!("At most {most} background jobs at a time. Wait until one has finished."),
    );
    Fault::new(FaultKind::TooMany, text).retry_after_s(10)
}

/// All jobs together hold as much as they may.
pub const fn no_room() -> Fault {
    let text = Text::of(
        "Zadania w tle zajmują już zbyt dużo miejsca. Spróbuj ponownie później.",
        "Background jobs take up too much room already. Try again later.",
    );
    Fault::new(FaultKind::TooMany, text).retry_after_s(600)
}

const fn too_large() -> Fault {
    let text = Text::of(
        "Plik jest za duży na zadanie w tle: najwyżej 64 MiB.",
        "The file is too large for a background job: at most 64 MiB.",
    );
    Fault::new(FaultKind::TooLarge, text)
}
