//! What jobs made and reported. It goes with whatever it rested on: the session, the rights under which it was
//! made, and everybody who is in it; a file after an hour.

use super::Jobs;
use super::job::Course;
use super::kept::Holds;
use access::Policy;
use kernel::{Fault, JobId, Result, Text, Time};
use ledger::Act;
use records::{JobPart, rights_held_by};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::{Batch, JobWrite};

/// A file is kept for so long, in seconds.
pub(super) const KEPT_S: i64 = 3_600;
/// Bytes of one exported file.
pub(crate) const FILE_MAX: usize = 64 << 20;
/// Rows of reports of one user that are kept; bytes of all are the store's to limit.
const ROWS: usize = 30_000;
/// Jobs with parts that are looked at in one go.
const LOOKED: u32 = 1_000;

/// A file that a job made.
pub(super) struct Made {
    pub(super) name: String,
    pub(super) media_type: &'static str,
    pub(super) bytes: Vec<u8>,
    /// The rights under which it was made.
    pub(super) rights: u64,
    /// How many keys had been destroyed when what is in it began to be read.
    pub(super) erased: u64,
}

impl Made {
    /// # Errors
    /// Too large.
    pub(super) fn check(self) -> Result<Self> {
        if self.bytes.len() <= FILE_MAX {
            return Ok(self);
        }
        Err(Fault::invalid(Text::of(
            "Plik jest za duży. Zawęź warunki.",
            "The file is too large. Narrow the conditions.",
        )))
    }
}

/// A file as it is kept.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct KeptFile {
    pub(super) name: String,
    pub(super) media_type: String,
    pub(super) size: usize,
    pub(super) expires_at: Time,
}

impl KeptFile {
    pub(super) fn view(self) -> FileView {
        let Self { name, media_type, size, expires_at } = self;
        FileView { name, media_type, size, expires_at: expires_at.rfc3339() }
    }
}

/// What a file is called, and how long it stays.
#[derive(Clone, Debug, Serialize)]
pub struct FileView {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its size in bytes.
    pub size: usize,
    /// Gone then (RFC 3339).
    pub expires_at: String,
}

/// Which parts of a job that is over may still be shown.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Stays {
    /// Those without values of records.
    pub(super) open: bool,
    /// Those with the job's own key.
    pub(super) own: bool,
}

/// On what it depends whether parts stay.
pub(super) struct Moment {
    policy: Arc<Policy>,
    erased: u64,
}

impl Jobs {
    pub(super) async fn moment(&self) -> Result<Moment> {
        Ok(Moment { policy: self.0.engine.policy(), erased: self.0.engine.erased().await? })
    }

    /// What of this job may still be shown.
    pub(super) fn stays(&self, job: &Course, moment: &Moment) -> Stays {
        let Some(holds) = job.kept.as_ref().and_then(|kept| kept.holds.as_ref()) else {
            return Stays::default();
        };
        let engine = &self.0.engine;
        let open = job.parts > 0
            && rights_held_by(&moment.policy, job.user, engine.now()) == holds.rights
            && engine.stands(job.session);
        let fresh = holds.file.as_ref().is_none_or(|file| engine.now() < file.expires_at);
        Stays { open, own: open && fresh && job.parts > holds.open && holds.erased == moment.erased }
    }

    /// Lets go of files that expired, of files and reports whose maker signed out or got other rights, and of
    /// values of records after an erasure; with the keys of them.
    pub(crate) async fn drop_stale(&self) {
        if let Err(fault) = self.try_drop_stale().await {
            // Nothing of it is shown: each time that is looked at anew.
            tracing::warn!(%fault, "files and reports of jobs that went stale are still kept");
        }
    }

    async fn try_drop_stale(&self) -> Result<()> {
        let moment = self.moment().await?;
        let mut cuts = Vec::new();
        for row in self.0.engine.store().jobs_with_parts(LOOKED).await? {
            let Ok(job) = self.course(&row) else { continue };
            let holds = job.kept.as_ref().and_then(|kept| kept.holds.clone()).unwrap_or_default();
            match self.stays(&job, &moment) {
                Stays { own: true, .. } => {}
                Stays { open: true, .. } if job.parts <= holds.open => {}
                Stays { open: true, .. } => cuts.push((job, holds.open)),
                Stays { open: false, .. } => cuts.push((job, 0)),
            }
        }
        self.cut(cuts).await
    }

    /// Leaves only so many parts of jobs, all without values of records.
    async fn cut(&self, jobs: Vec<(Course, usize)>) -> Result<()> {
        if jobs.is_empty() {
            return Ok(());
        }
        let ids: Vec<JobId> = jobs.iter().map(|(job, _)| job.id).collect();
        self.0.engine.drop_job_keys(&ids).await?;
        for (job, parts) in jobs {
            let mut batch = Batch::new(ledger::Event {
                part_of: job.id.cast(),
                ..self.0.engine.system_event(Act::JobForget)
            });
            batch.jobs.push(JobWrite::Cut { id: job.id, parts: u32::try_from(parts).map_err(Fault::bug)? });
            match self.0.engine.store().commit(batch).await {
                // Somebody else swept, discarded or revived it.
                Err(fault) if fault.kind != kernel::FaultKind::Stale => return Err(fault),
                _ => {}
            }
            self.tell(job.user, job.id);
        }
        Ok(())
    }

    /// Drops rows of reports of a user, the oldest first, beyond what is kept.
    pub(super) async fn limit_rows(&self, user: kernel::UserId) -> Result<()> {
        let (mut all, mut cuts) = (0, Vec::new());
        for row in self.0.engine.store().jobs_of_user(user, LOOKED).await? {
            let Ok(job) = self.course(&row) else { continue };
            let rows = job.rows();
            if rows > 0 && all + rows > ROWS {
                cuts.push((job, 0));
            } else {
                all += rows;
            }
        }
        self.cut(cuts).await
    }

    /// Lets go of the keys of jobs that were over long ago, for the store to forget them.
    pub(crate) async fn sweep(&self, now: Time) -> Result<()> {
        let over = self.0.engine.store().jobs_over(now, LOOKED).await?;
        if over.is_empty() {
            return Ok(());
        }
        self.0.engine.drop_job_keys(&over).await
    }

    /// The bytes that a job made, if they are there.
    pub(super) async fn bytes(&self, job: &Course, holds: &Holds) -> Result<Option<Vec<u8>>> {
        super::order::open_parts(&self.0.engine, job.id, JobPart::Made, holds.open..job.parts).await
    }
}
