//! Jobs that were given up, for whoever manages the system: which they are and why, nothing of what they hold.

use super::Jobs;
use super::job::Kind;
use super::kept::Kept;
use access::{Thing, Verb};
use kernel::{Fault, FaultKind, JobId, Named, Result, Text, Time, UserId};
use ledger::Act;
use records::{Caller, JobSeal, Released};
use serde::Serialize;
use serde_json::Value;
use store::{JobRow, JobState, JobWrite};

/// Jobs that a list shows.
const LISTED: u32 = 100;

/// A job that was given up.
#[derive(Debug, Serialize)]
pub struct DeadJob {
    /// Id.
    pub id: JobId,
    /// What it was to do.
    pub kind: &'static str,
    /// Who ordered it.
    pub user: Named<UserId>,
    /// Ordered when (RFC 3339).
    pub created_at: String,
    /// Given up when (RFC 3339).
    pub finished_at: Option<String>,
    /// How often it was tried.
    pub attempts: u32,
    /// Why the last attempt failed.
    pub problem: Option<Value>,
    /// Whether it can be tried once more: what was ordered is still there.
    pub can_retry: bool,
}

impl Jobs {
    /// Jobs that were given up, oldest first, 100 at most.
    ///
    /// # Errors
    /// Forbidden without the right to manage the system.
    pub(crate) async fn dead(&self, caller: &Caller) -> Result<Released<Vec<DeadJob>>> {
        let engine = &self.0.engine;
        engine.admin(caller, Thing::System, Verb::Manage).await?;
        let moment = self.moment().await?;
        let mut dead = Vec::new();
        for row in engine.store().jobs_that(JobState::Dead, LISTED).await? {
            let Some(kind) = Kind::of_number(row.kind) else { continue };
            // One that does not open was given up for that, and can be discarded.
            let job = self.course(&row).ok();
            let kept: Option<Kept> = engine.open_job(row.id, JobSeal::Result, &row.result).ok();
            let can_retry = job.as_ref().is_some_and(|job| self.stays(job, &moment).own);
            dead.push(DeadJob {
                id: row.id,
                kind: kind.name(),
                user: Named { id: row.user, name: engine.directory().user_name(row.user) },
                created_at: row.created_at.rfc3339(),
                finished_at: row.ended_at.map(Time::rfc3339),
                attempts: row.tries(),
                problem: kept.and_then(|kept| kept.problem).map(|both| both.take(caller.lang)),
                can_retry,
            });
        }
        engine.job_told(caller, Act::SystemRead, JobId::NIL, None, Vec::new(), dead).await
    }

    async fn find_dead(&self, caller: &Caller, id: JobId) -> Result<JobRow> {
        let engine = &self.0.engine;
        engine.admin(caller, Thing::System, Verb::Manage).await?;
        match engine.store().job(id).await?.filter(|row| row.state == JobState::Dead) {
            Some(row) => Ok(row),
            None => Err(engine.no_such_job(caller).await),
        }
    }

    /// Lets one that was given up be tried once more.
    ///
    /// # Errors
    /// Forbidden; not found; conflict if what was ordered is gone.
    pub(crate) async fn retry(&self, caller: &Caller, id: JobId) -> Result<Released<()>> {
        let job = self.find_dead(caller, id).await?;
        let moment = self.moment().await?;
        if !self.course(&job).is_ok_and(|job| self.stays(&job, &moment).own) {
            let text = Text::of(
                "Tego zadania nie można ponowić: sesja, w której je zlecono, skończyła się, zmieniły się uprawnienia albo usunięto czyjeś dane. Odrzuć je; można je zlecić na nowo.",
                "This job cannot be retried: the session in which it was ordered has ended, rights have changed, or somebody was erased. Discard it; it can be ordered anew.",
            );
            return Err(Fault::new(FaultKind::Conflict, text));
        }
        let writes = vec![JobWrite::Revive(id)];
        let told = self.0.engine.job_told(caller, Act::JobRetry, id, None, writes, ()).await?;
        self.tell(job.user, id);
        Ok(told)
    }

    /// Does away with one that was given up, and with its key.
    ///
    /// # Errors
    /// Forbidden; not found.
    pub(crate) async fn discard(&self, caller: &Caller, id: JobId) -> Result<Released<()>> {
        let job = self.find_dead(caller, id).await?;
        self.0.engine.drop_job_keys(&[id]).await?;
        let writes = vec![JobWrite::Discard(id)];
        let told = self.0.engine.job_told(caller, Act::JobDiscard, id, None, writes, ()).await?;
        self.tell(job.user, id);
        Ok(told)
    }
}
