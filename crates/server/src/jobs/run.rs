//! Doing what is in the queue. A server takes a job for some seconds and renews that as long as it is at it;
//! what it writes for the job is written only while it holds it. A server that dies, hangs or is cut off
//! loses its jobs to others, which go on where it was.

use super::ended::Sealed;
use super::job::{Kind, Stop};
use super::order::{self, Head};
use super::{Desk, Jobs, Outcome, Run};
use access::Actor;
use kernel::{Fault, FaultKind, JobId, Result, SPANS, UserId};
use records::Caller;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use store::{JobHold, JobRow, JobState, JobWrite, Renew, Take};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{MissedTickBehavior, interval, timeout};
use tracing::Instrument;

/// A job is renewed, and how far it is written down, so often while its lease would last.
const RENEWALS: u32 = 5;
/// The queue is looked into at least so often.
const LOOK: Duration = Duration::from_secs(1);
/// Jobs of one user that run at a time, on all servers: imports, and all others.
const OF_USER: u32 = 2;
/// Open jobs that are compared to tell listeners what other servers do.
const WATCHED: u32 = 256;

impl Jobs {
    /// Does what is in the queue, until it is dropped.
    pub(crate) async fn work(self) {
        let kinds = |imports| Kind::QUEUED.into_iter().filter(move |kind| kind.imports() == imports);
        let others = self.fill(kinds(false).collect(), self.0.places.clone());
        let imports = self.fill(kinds(true).collect(), self.0.imports.clone());
        tokio::join!(others, imports, self.watch());
    }

    /// Takes jobs of these kinds as long as there are places.
    async fn fill(&self, kinds: Vec<Kind>, places: Arc<Semaphore>) {
        let kinds: Vec<u16> = kinds.into_iter().map(|kind| kind as u16).collect();
        let mut bell = self.0.engine.store().bell();
        loop {
            let freed = self.0.freed.notified();
            match self.take(&kinds, &places).await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(fault) => tracing::warn!(%fault, "the queue of jobs cannot be looked into"),
            }
            let rung = async {
                tokio::select! {
                    Ok(()) = bell.changed() => {}
                    () = freed => {}
                }
            };
            let _ = timeout(LOOK, rung).await;
        }
    }

    /// Whether there was a job to take.
    async fn take(&self, kinds: &[u16], places: &Arc<Semaphore>) -> Result<bool> {
        let place = places.clone().acquire_owned().await.map_err(Fault::bug)?;
        let lease_ms = self.lease_ms()?;
        let take = Take { server: self.0.server, lease_ms, kinds: kinds.to_vec(), of_user: OF_USER };
        if self.state().closed {
            return Ok(false);
        }
        let Some(row) = self.0.engine.store().take_job(take).await? else { return Ok(false) };
        let (hold, whose) = (self.hold(&row), (row.id, row.user));
        let begun = self.begin(row, place);
        if !begun {
            self.put_away(JobWrite::Leave(hold), whose).await;
        }
        Ok(begun)
    }

    fn lease_ms(&self) -> Result<i64> {
        i64::try_from(self.0.lease.as_millis()).map_err(Fault::bug)
    }

    fn hold(&self, row: &JobRow) -> JobHold {
        JobHold { id: row.id, server: self.0.server, attempt: row.attempts }
    }

    /// Begins with a job that was taken; not if this server stops.
    fn begin(&self, row: JobRow, place: OwnedSemaphorePermit) -> bool {
        let hold = self.hold(&row);
        let stop = Arc::new(Stop::default());
        if row.stop {
            stop.ask();
        }
        let (head, course) = match (self.head(&row), self.course(&row)) {
            (Ok(head), Ok(course)) => (head, course),
            (Err(fault), _) | (_, Err(fault)) => {
                tracing::error!(%fault, job = %row.id, "a job cannot be opened");
                let jobs = self.clone();
                tokio::spawn(async move {
                    jobs.put_away(JobWrite::GiveUp { hold, result: Vec::new() }, (row.id, row.user)).await
                });
                return true;
            }
        };
        let mut state = self.state();
        if state.closed {
            return false;
        }
        let (jobs, id, stopping) = (self.clone(), row.id, stop.clone());
        let kind = Kind::of_number(row.kind).map_or("other", Kind::name);
        let span = tracing::info_span!(
            target: SPANS, "job", job.kind = kind, job.attempt = i64::from(row.attempts), job.state = tracing::field::Empty
        );
        let worked = async move {
            jobs.attend(&row, head, hold, stopping).await;
            drop(place);
            jobs.0.freed.notify_waiters();
        };
        let task = tokio::spawn(worked.instrument(span));
        let run = Run { course, hold: Some(hold), told_at: None, stop, task: Some(task) };
        // An earlier attempt of this server whose lease ran out can write nothing more.
        if let Some(earlier) = state.runs.insert(id, run) {
            earlier.task.inspect(JoinHandle::abort);
            earlier.stop.ask();
        }
        true
    }

    async fn attend(&self, row: &JobRow, head: Head, hold: JobHold, stop: Arc<Stop>) {
        self.tell(row.user, row.id);
        let engine = &self.0.engine;
        let caller = self.caller(row, &head, hold);
        let desk = Desk { jobs: self.clone(), id: row.id, stop: stop.clone() };
        let mut work = JoinSet::new();
        let (of, whose) = (row.clone(), head.clone());
        match &caller {
            // Its servers died of it.
            _ if row.is_spent() => {
                work.spawn(async { Err(Fault::bug("its servers ended while they were at it")) });
            }
            _ if stop.asked() && row.attempts == 1 => {
                work.spawn(async { Ok(Sealed::of(Outcome::Nothing)) });
            }
            Some(caller) => {
                let (caller, jobs) = (caller.clone(), self.clone());
                let all = async move {
                    let worked = desk.carry_out(caller, &of, &whose).await;
                    jobs.sealed(of.id, &whose, worked).await
                };
                work.spawn(all.in_current_span());
            }
            None => {
                work.spawn(async { Err(order::session_ended()) });
            }
        }
        let ended = self.hold_on(row, hold, &stop, &mut work).await;
        let Some(ended) = ended else {
            tracing::warn!(job = %row.id, "a job was lost to another server, or to a further attempt");
            drop(work);
            stop.ask();
            return self.leave(row, hold);
        };
        let nobody = Actor { user: row.user, session: head.session, token: None, at: engine.now() };
        let caller = caller.unwrap_or_else(|| Caller {
            part_of: row.id.cast(),
            ..Caller::new(nobody, head.lang, engine.policy())
        });
        if let Err(fault) = self.finish(&caller, (row, &head, hold), &stop, ended).await {
            // It is not known to have ended: once its lease has run out, it is taken once more.
            tracing::error!(%fault, job = %row.id, "how a job ended could not be written down");
        }
        self.leave(row, hold);
    }

    /// Renews the lease until the work has ended; nothing if the job was lost meanwhile.
    async fn hold_on(
        &self,
        row: &JobRow,
        hold: JobHold,
        stop: &Stop,
        work: &mut JoinSet<Result<Sealed>>,
    ) -> Option<Result<Sealed>> {
        let lease_ms = self.lease_ms().ok()?;
        let mut missed = 0;
        let mut beat = interval(self.0.lease / RENEWALS);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        beat.tick().await;
        loop {
            tokio::select! {
                ended = work.join_next() => {
                    return Some(ended?.unwrap_or_else(|e| Err(Fault::bug(e))));
                }
                _ = beat.tick() => {
                    let (done, total) = self.far(row.id).unwrap_or((row.done, row.total));
                    match self.0.engine.store().renew_job(Renew { hold, lease_ms, done, total }).await {
                        Ok(None) => return None,
                        Ok(Some(wanted)) => {
                            missed = 0;
                            if wanted { stop.ask(); }
                        }
                        Err(fault) => {
                            tracing::warn!(%fault, job = %row.id, "a lease was not renewed");
                            missed += 1;
                            if missed >= RENEWALS { return None; }
                        }
                    }
                    // Sessions and rights that ended on other servers end it here, also if it is read alone.
                    if let Err(fault) = self.0.engine.refresh().await {
                        tracing::warn!(%fault, "what other servers did is not known here yet");
                    }
                }
            }
        }
    }

    /// Who orders it; nobody once the session or token has ended.
    fn caller(&self, row: &JobRow, head: &Head, hold: JobHold) -> Option<Caller> {
        let engine = &self.0.engine;
        // What was approved in days is done for its user, whose session has ended by then; a token must still be good.
        let actor = match head.session.is_nil() && head.approved.is_some() {
            true => Some(Actor { user: row.user, session: head.session, token: None, at: engine.now() }),
            false => engine.actor_of(head.session).filter(|actor| actor.user == row.user),
        };
        let caller = Caller::new(actor?, head.lang, engine.policy());
        let caller = Caller { part_of: row.id.cast(), hold: Some(hold), ..caller };
        Some(match head.approved.clone() {
            Some(approved) => engine.caller_approved(caller, approved),
            None => caller,
        })
    }

    /// How far a job is that is done here.
    pub(super) fn far(&self, id: JobId) -> Option<(u64, Option<u64>)> {
        self.state().runs.get(&id).map(|run| (run.course.done, run.course.total))
    }

    /// This attempt is over here: from now on the row tells of the job.
    fn leave(&self, row: &JobRow, hold: JobHold) {
        let mut state = self.state();
        if state.runs.get(&row.id).is_some_and(|run| run.hold == Some(hold)) {
            state.runs.remove(&row.id);
        }
        drop(state);
        self.tell(row.user, row.id);
    }

    /// Writes that this server is no longer at a job, for others or its next start to go on with or for nobody.
    pub(super) async fn put_away(&self, write: JobWrite, (id, user): (JobId, UserId)) {
        match self.0.engine.job_left(id, write).await {
            Err(fault) if fault.kind != FaultKind::Stale => {
                tracing::warn!(%fault, job = %id, "others take a job once its lease has run out");
            }
            _ => self.tell(user, id),
        }
    }

    /// Tells listeners here how jobs go that other servers do.
    async fn watch(&self) {
        if !self.0.engine.store().is_shared() {
            return;
        }
        let mut every = interval(LOOK);
        every.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut known = HashMap::new();
        loop {
            every.tick().await;
            if self.0.changed.receiver_count() == 0 {
                known.clear();
                continue;
            }
            let mut now = HashMap::new();
            for state in [JobState::Waiting, JobState::Held] {
                let Ok(rows) = self.0.engine.store().jobs_that(state, WATCHED).await else { continue };
                now.extend(rows.into_iter().map(|row| (row.id, (row.user, row.state, row.done, row.stop))));
            }
            let own = |id: &JobId| self.state().runs.contains_key(id);
            for (id, now) in &now {
                if known.get(id) != Some(now) && !own(id) {
                    self.tell(now.0, *id);
                }
            }
            for (id, was) in &known {
                if !now.contains_key(id) {
                    self.tell(was.0, *id);
                }
            }
            known = now;
        }
    }
}
