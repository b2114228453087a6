//! Doing what is in the queue. A server takes a job for ten seconds and renews that as long as it is at it;
//! what it writes for the job is written only while it holds it. A server that dies, hangs or is cut off
//! loses its jobs to others, which go on where it was.

use super::file::Made;
use super::job::{Kind, Stop};
use super::kept::{Holds, Kept};
use super::order::{self, Head};
use super::{Desk, Jobs, Outcome, Run};
use access::Actor;
use kernel::{Fault, FaultKind, JobId, Result, SPANS, UserId};
use records::{Caller, JobPart, JobSeal};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use store::{JobHold, JobRow, JobState, JobWrite, Renew, Take};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{MissedTickBehavior, interval, timeout};
use tracing::Instrument;

/// Others may take a job that was not renewed for so long.
const LEASE: Duration = Duration::from_secs(10);
/// A job is renewed, and how far it is written down, so often.
const RENEW: Duration = Duration::from_secs(2);
/// The queue is looked into at least so often.
const LOOK: Duration = Duration::from_secs(1);
/// Jobs of one user that run at a time, on all servers: imports, and all others.
const OF_USER: u32 = 2;
/// Open jobs that are compared to tell listeners what other servers do.
const WATCHED: u32 = 256;

/// What a work came to, and the file that it made.
pub(super) type Worked = Result<(Outcome, Option<Made>)>;

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
        let lease_ms = i64::try_from(LEASE.as_millis()).map_err(Fault::bug)?;
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
                work.spawn(async { Ok((Outcome::Nothing, None)) });
            }
            Some(caller) => {
                let caller = caller.clone();
                work.spawn(async move { desk.carry_out(caller, &of, &whose).await }.in_current_span());
            }
            None => {
                work.spawn(async { Err(order::session_ended()) });
            }
        }
        let worked = self.hold_on(row, hold, &stop, &mut work).await;
        let Some(worked) = worked else {
            tracing::warn!(job = %row.id, "a job was lost to another server, or to a further attempt");
            drop(work);
            stop.ask();
            return self.leave(row, hold);
        };
        let nobody = Actor { user: row.user, session: head.session, token: None };
        let caller = caller.unwrap_or_else(|| Caller {
            part_of: row.id.cast(),
            ..Caller::new(nobody, head.lang, engine.policy())
        });
        if let Err(fault) = self.finish(&caller, (row, &head, hold), &stop, worked).await {
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
        work: &mut JoinSet<Worked>,
    ) -> Option<Worked> {
        let lease_ms = i64::try_from(LEASE.as_millis()).ok()?;
        let mut missed = 0;
        let mut beat = interval(RENEW);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        beat.tick().await;
        loop {
            tokio::select! {
                worked = work.join_next() => {
                    return Some(worked?.unwrap_or_else(|e| Err(Fault::bug(e))));
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
                            if RENEW * missed >= LEASE { return None; }
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
        let actor = self.0.engine.actor_of(head.session).filter(|actor| actor.user == row.user)?;
        let caller = Caller::new(actor, head.lang, self.0.engine.policy());
        Some(Caller { part_of: row.id.cast(), hold: Some(hold), ..caller })
    }

    /// Writes down how it ended.
    async fn finish(
        &self,
        caller: &Caller,
        (row, head, hold): (&JobRow, &Head, JobHold),
        stop: &Stop,
        worked: Worked,
    ) -> Result<()> {
        let engine = &self.0.engine;
        let kind = Kind::of_number(row.kind).ok_or_else(|| Fault::bug("a kind of job"))?;
        let (ended, made) = match worked {
            Ok((outcome, made)) => (Ok(outcome), made),
            Err(fault) => (Err(fault), None),
        };
        if let Err(Fault { internal: Some(note), .. }) = &ended {
            tracing::error!(job = %row.id, note, "a job failed");
        }
        let far = self.far(row.id).unwrap_or((row.done, row.total));
        let mut kept = Kept::of((row.id, kind), far, stop.asked(), &ended);
        if ended.is_err() {
            kept.changed = self.has_changed(row.id, kind).await?;
        }
        if ended.as_ref().is_err_and(|fault| kind.tries_again(fault)) && !stop.asked() {
            // Of one that is given up, what was ordered stays, so that it can be tried once more.
            kept.holds = Some(Holds { rights: head.rights, erased: head.erased, ..Holds::default() });
            let result = engine.seal_job(row.id, JobSeal::Result, &kept)?;
            let write = hold.failed(row.tries(), result, engine.random());
            let state = if matches!(write, JobWrite::GiveUp { .. }) { "dead" } else { "later" };
            tracing::Span::current().record("job.state", state);
            return engine.job_ended(caller, kind.name(), state, write).await;
        }
        tracing::Span::current().record("job.state", kept.state.name());
        let parts = self.parts(row, head, &mut kept, ended.as_ref().ok(), made).await?;
        let own = kept.holds.as_ref().is_some_and(|holds| holds.open < parts.len());
        let result = engine.seal_job(row.id, JobSeal::Result, &kept)?;
        let write = JobWrite::End { hold, result, parts };
        match engine.job_ended(caller, kind.name(), kept.state.name(), write).await {
            Err(fault) if matches!(fault.kind, FaultKind::TooMany | FaultKind::Full) => {
                // No room for what it made or reported: it ends without.
                let ended = if matches!(ended, Ok(Outcome::Export { .. })) { Err(fault) } else { ended };
                let kept =
                    Kept { changed: kept.changed, ..Kept::of((row.id, kind), far, stop.asked(), &ended) };
                let result = engine.seal_job(row.id, JobSeal::Result, &kept)?;
                let write = JobWrite::End { hold, result, parts: Vec::new() };
                engine.job_ended(caller, kind.name(), kept.state.name(), write).await?;
                self.let_go(row.id).await;
            }
            Err(fault) => return Err(fault),
            Ok(()) if own => {}
            Ok(()) => self.let_go(row.id).await,
        }
        if kept.holds.is_some_and(|holds| holds.rows > 0)
            && let Err(fault) = self.limit_rows(row.user).await
        {
            tracing::warn!(%fault, "rows of reports beyond what is kept are still there");
        }
        // Somebody may have been erased while it was at it, or by it: taking back an import destroys keys.
        self.drop_stale().await;
        if let Some(of) = head.of {
            self.tell(row.user, of);
        }
        Ok(())
    }

    /// Whether one that was cut short, in this attempt or before, changed records.
    pub(super) async fn has_changed(&self, id: JobId, kind: Kind) -> Result<bool> {
        let changes = matches!(kind, Kind::Bulk | Kind::Import);
        Ok(changes && !self.0.engine.store().changes_of_act(id.cast(), 0, 1).await?.is_empty())
    }

    /// Lets the key of a job go of which nothing is left that it seals.
    async fn let_go(&self, id: JobId) {
        if let Err(fault) = self.0.engine.drop_job_keys(&[id]).await {
            // It goes with the job, in a day.
            tracing::warn!(%fault, job = %id, "the key of a job that is over is still kept");
        }
    }

    /// What is kept in parts of what it came to.
    async fn parts(
        &self,
        row: &JobRow,
        head: &Head,
        kept: &mut Kept,
        outcome: Option<&Outcome>,
        made: Option<Made>,
    ) -> Result<Vec<Vec<u8>>> {
        let (engine, id) = (self.0.engine.clone(), row.id);
        if let Some(made) = made {
            let expires_at = engine.now().plus_s(super::file::KEPT_S);
            let Made { name, media_type, bytes, rights, erased } = made;
            let file = super::file::KeptFile {
                name,
                media_type: media_type.to_owned(),
                size: bytes.len(),
                expires_at,
            };
            kept.holds = Some(Holds { rights, erased, file: Some(file), ..Holds::default() });
            let seal = move || order::seal_parts(&engine, id, JobPart::Made, 0, &[&bytes]);
            return tokio::task::spawn_blocking(seal).await.map_err(Fault::bug)?;
        }
        let Some((rows, values)) = outcome.and_then(Outcome::rows) else { return Ok(Vec::new()) };
        let mut holds =
            Holds { rows: rows.len(), rights: head.rights, erased: head.erased, ..Holds::default() };
        let seal = move || {
            let rows = serde_json::to_vec(&rows).map_err(Fault::bug)?;
            let mut parts = order::seal_parts(&engine, id, JobPart::Report, 0, &[&rows])?;
            holds.open = parts.len();
            if values.iter().any(Option::is_some) {
                let values = serde_json::to_vec(&values).map_err(Fault::bug)?;
                parts.extend(order::seal_parts(&engine, id, JobPart::Made, holds.open, &[&values])?);
            }
            Ok::<_, Fault>((holds, parts))
        };
        let (holds, parts) = tokio::task::spawn_blocking(seal).await.map_err(Fault::bug)??;
        kept.holds = Some(holds);
        Ok(parts)
    }

    /// How far a job is that is done here.
    fn far(&self, id: JobId) -> Option<(u64, Option<u64>)> {
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
