//! Long works of users: their events, and what of them is sealed. How they are queued and done is the server's.

use crate::things_used::over;
use crate::{Caller, Engine, Masked, Released};
use access::{Thing, Verb};
use identity::{NoticeDoc, bare_doc, job_head, put_doc};
use kernel::{Fault, Id, JobId, Kind, RecordId, Result, SubjectId, Text};
use ledger::{Act, Event};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use store::{Batch, DocKind, DocWrite, JOB_NOTES_MAX, JOB_SEALED_MAX, JobWrite};
use vault::{Context, OVERHEAD, Owner};

/// Numbers under which what came of a job and its parts are sealed; what it is, as [`job_head`] says.
const RESULT: u16 = 61_021;
const ORDER: u16 = 61_022;
const MADE: u16 = 61_023;
const REPORT: u16 = 61_024;
const NOTE: u16 = 61_025;

/// Bytes of what a job is or what came of it, before they are sealed.
pub const JOB_PLAIN_MAX: usize = JOB_SEALED_MAX - OVERHEAD;

/// Which of what is sealed of a job. Both have the organisation's key and name ids, counts and reasons alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JobSeal {
    /// What kind of work it is, and for whom.
    Head,
    /// What came of it.
    Result,
}

/// What a part of a job holds. Each kind is sealed for a place of its own, so that none passes for another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JobPart {
    /// What was ordered, and the file that came with it; under the job's own key, which is let go of with what
    /// it seals.
    Order,
    /// What came of it with values of records; under the job's own key too.
    Made,
    /// What names lines, records and reasons; under the organisation's key.
    Report,
    /// What whoever goes on with it is to know; under the job's own key.
    Note,
}

enum NoticeKind {}
impl Kind for NoticeKind {
    const NAME: &'static str = "notification";
}

impl Engine {
    /// Releases what a job tells of itself, once the ledger holds that it was asked. `kind` is what the
    /// job does, when it is ordered; `writes` are done with it.
    ///
    /// # Errors
    /// As the writes; storage.
    pub async fn job_told<T>(
        &self,
        caller: &Caller,
        act: Act,
        job: JobId,
        detail: Option<serde_json::Value>,
        writes: Vec<JobWrite>,
        told: T,
    ) -> Result<Released<T>> {
        let mut event = Event { part_of: job.cast(), ..self.event(caller, act) };
        if let Some(detail) = detail {
            self.set_detail(&mut event, &detail)?;
        }
        let receipt = if writes.is_empty() {
            self.receipt(event).await?
        } else {
            let mut batch = Batch::new(event);
            batch.jobs = writes;
            if let Some(approved) = &caller.approved {
                approved.join(&mut batch);
            }
            self.commit(batch, Vec::new()).await?.receipt
        };
        Ok(Masked::new(told).release(&receipt))
    }

    /// Writes down that the index is to be rebuilt, as [`Engine::job_told`] does what is everybody's to order.
    ///
    /// # Errors
    /// Storage.
    pub async fn rebuild_told<T>(
        &self,
        caller: &Caller,
        job: JobId,
        detail: &serde_json::Value,
        told: T,
    ) -> Result<Released<T>> {
        let mut event = over(Thing::System, self.event(caller, Act::JobStart));
        event.part_of = job.cast();
        self.set_detail(&mut event, detail)?;
        Ok(Masked::new(told).release(&self.receipt(event).await?))
    }

    /// Writes how an attempt at a job ended. Administrators are told of one that is given up.
    ///
    /// # Errors
    /// Stale if it is not held any more; too many if there is no room for its parts; storage.
    pub async fn job_ended(&self, caller: &Caller, kind: &str, state: &str, write: JobWrite) -> Result<()> {
        let job: JobId = caller.part_of.cast();
        let mut event = Event { part_of: job.cast(), ..self.event(caller, Act::JobEnd) };
        self.set_detail(&mut event, &json!({ "kind": kind, "state": state }))?;
        self.job_over(event, write).await
    }

    /// Writes, in nobody's name, that this server is no longer at a job. Administrators are told as by
    /// [`Engine::job_ended`].
    ///
    /// # Errors
    /// Stale if it is not held any more; storage.
    pub async fn job_left(&self, job: JobId, write: JobWrite) -> Result<()> {
        self.job_over(Event { part_of: job.cast(), ..self.system_event(Act::JobEnd) }, write).await
    }

    async fn job_over(&self, event: Event, write: JobWrite) -> Result<()> {
        let mut batch = Batch::new(event);
        if matches!(write, JobWrite::GiveUp { .. }) {
            batch.docs = self.notices_of_dead()?;
        }
        batch.jobs.push(write);
        self.commit(batch, Vec::new()).await.map(drop)
    }

    fn notices_of_dead(&self) -> Result<Vec<DocWrite>> {
        let now = self.now();
        let notice = NoticeDoc::new(
            "job-dead",
            Text::of("Zadanie w tle nie udało się", "A background job failed"),
            Text::of(
                "Serwer próbował kilka razy i się poddał. Na stronie stanu systemu widać, które to zadanie i dlaczego: usuń przyczynę i ponów je albo je odrzuć.",
                "The server tried several times and gave up. The system page shows which job it is and why: remove the cause, then retry or discard it.",
            ),
            now,
        );
        let doc = |admin| {
            let id: Id<NoticeKind> = self.id();
            put_doc(&self.0.vault, bare_doc(DocKind::Notice, *id.bytes(), 1, now, Some(admin)), &notice)
        };
        self.directory().holders(Thing::System, Verb::Manage, self.now()).into_iter().map(doc).collect()
    }

    /// The answer to whoever asks for a job that is not there or another's; the attempt is written down.
    pub async fn no_such_job(&self, caller: &Caller) -> Fault {
        self.refused(caller, 0, RecordId::NIL, Fault::not_found()).await
    }

    /// Seals what a job is, or what came of it.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn seal_job<T: Serialize>(&self, job: JobId, which: JobSeal, content: &T) -> Result<Vec<u8>> {
        self.0.vault.seal(&context(job, which), &serde_json::to_vec(content).map_err(Fault::bug)?)
    }

    /// Opens what was sealed of a job.
    ///
    /// # Errors
    /// Corrupt.
    pub fn open_job<T: DeserializeOwned>(&self, job: JobId, which: JobSeal, sealed: &[u8]) -> Result<T> {
        let plain = self.0.vault.open(&context(job, which), sealed)?;
        serde_json::from_slice(&plain).map_err(|e| {
            // The error's text quotes values; its place does not.
            Fault::corrupt(format!("job {job}: line {} column {}", e.line(), e.column()))
        })
    }

    /// Seals a part of a job. Its number is sealed with it.
    ///
    /// # Errors
    /// Those of sealing; the job has no key.
    pub fn seal_job_part(&self, job: JobId, kind: JobPart, part: usize, plain: &[u8]) -> Result<Vec<u8>> {
        self.0.vault.seal_passing(&part_context(job, kind, part)?, plain)
    }

    /// A part of a job; nothing if it went, or its key did.
    ///
    /// # Errors
    /// Corrupt; storage.
    pub async fn job_part(&self, job: JobId, kind: JobPart, part: usize) -> Result<Option<Vec<u8>>> {
        let at = u32::try_from(part).map_err(Fault::bug)?;
        let sealed = match kind {
            JobPart::Note => self.0.store.job_note(job, at).await?,
            JobPart::Order | JobPart::Made | JobPart::Report => self.0.store.job_part(job, at).await?,
        };
        let Some(sealed) = sealed else { return Ok(None) };
        let (vault, context) = (self.0.vault.clone(), part_context(job, kind, part)?);
        let open = move || vault.open_passing(&context, &sealed);
        tokio::task::spawn_blocking(open).await.map_err(Fault::bug)?
    }

    /// Notes something for whoever goes on with the job that is done for `caller`; nothing if none is, and nothing
    /// beyond what may be noted of one.
    ///
    /// # Errors
    /// Those of sealing.
    pub(crate) async fn note(&self, caller: &Caller, at: u32, plain: Vec<u8>) -> Result<Option<JobWrite>> {
        let Some(hold) = caller.hold.filter(|_| at < JOB_NOTES_MAX) else { return Ok(None) };
        let (engine, part) = (self.clone(), at as usize);
        let seal = move || engine.seal_job_part(hold.id, JobPart::Note, part, &plain);
        let sealed = tokio::task::spawn_blocking(seal).await.map_err(Fault::bug)??;
        Ok(Some(JobWrite::Note { hold, at, sealed }))
    }

    /// What an earlier attempt at the job that is done for `caller` noted under a number.
    ///
    /// # Errors
    /// Corrupt; storage.
    pub(crate) async fn noted(&self, caller: &Caller, at: u32) -> Result<Option<Vec<u8>>> {
        let Some(hold) = caller.hold.filter(|_| at < JOB_NOTES_MAX) else { return Ok(None) };
        self.job_part(hold.id, JobPart::Note, at as usize).await
    }

    /// Makes a job's own key.
    ///
    /// # Errors
    /// Storage.
    pub async fn make_job_key(&self, job: JobId) -> Result<()> {
        let vault = self.0.vault.clone();
        tokio::task::spawn_blocking(move || vault.add_subjects(&[job.cast()])).await.map_err(Fault::bug)?
    }

    /// Lets jobs' own keys go: nothing sealed with them opens again, in no copy.
    ///
    /// # Errors
    /// Storage; repeat it until it succeeds.
    pub async fn drop_job_keys(&self, jobs: &[JobId]) -> Result<()> {
        let keys: Vec<SubjectId> = jobs.iter().map(|job| job.cast()).collect();
        let vault = self.0.vault.clone();
        tokio::task::spawn_blocking(move || vault.drop_subjects(&keys)).await.map_err(Fault::bug)?
    }

    /// How many keys have been destroyed, on whatever server: what was read when there were fewer may hold
    /// what is erased now.
    ///
    /// # Errors
    /// Storage.
    pub async fn erased(&self) -> Result<u64> {
        let vault = self.0.vault.clone();
        tokio::task::spawn_blocking(move || vault.erased()).await.map_err(Fault::bug)?
    }
}

const fn context(job: JobId, which: JobSeal) -> Context {
    let head = job_head(job);
    match which {
        JobSeal::Head => head,
        JobSeal::Result => Context { entity: RESULT, ..head },
    }
}

/// The number of a part stands where others have the version of their format.
fn part_context(job: JobId, kind: JobPart, part: usize) -> Result<Context> {
    let (owner, entity) = match kind {
        JobPart::Order => (Owner::Subject(job.cast()), ORDER),
        JobPart::Made => (Owner::Subject(job.cast()), MADE),
        JobPart::Report => (Owner::Organisation, REPORT),
        JobPart::Note => (Owner::Subject(job.cast()), NOTE),
    };
    let schema = u16::try_from(part).map_err(Fault::bug)?;
    Ok(Context { owner, entity, row: *job.bytes(), schema })
}
