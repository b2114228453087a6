//! Long works that users start and look at while they run: each a task with a place in a queue, seen by
//! its user alone. What they did is in the store and the ledger; this is only how they go.

mod file;
mod job;
mod outcome;
mod undo;
mod work;

pub(crate) use file::FILE_MAX;
pub use file::FileView;
pub use job::JobView;
pub(crate) use job::Kind;
pub(crate) use outcome::{Detail, Outcome};

use access::Actor;
use job::{Glance, Job, State, Stop};
use kernel::{Fault, FaultKind, JobId, Lang, Result, Text, Time, UserId};
use records::{Caller, Engine};
use std::collections::{BTreeMap, HashMap};
use std::future::Future;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, broadcast, oneshot};
use tokio::task::JoinHandle;

/// Jobs of one user that wait or run.
const WAITING: usize = 20;
/// Jobs that run at a time: all, and of one user.
const PLACES: (usize, usize) = (4, 2);
/// Ended jobs of one user that are kept, and for how long.
const KEPT: (usize, i64) = (100, 86_400);
/// Rows of reports that are kept: of one user, and of all.
const ROWS: (usize, usize) = (30_000, 300_000);
/// Milliseconds between two messages about how far a job is.
const PACE_MS: i64 = 100;
/// Changes that a slow listener may be behind before it misses some.
const BEHIND: usize = 1_024;

/// All jobs. Cheap to clone.
#[derive(Clone)]
pub struct Jobs(Arc<Inner>);

struct Inner {
    engine: Engine,
    state: Mutex<Register>,
    changed: broadcast::Sender<(UserId, JobId)>,
    places: Arc<Semaphore>,
    /// Imports take these instead: they last for minutes, and all others would wait behind them.
    imports: Arc<Semaphore>,
}

#[derive(Default)]
struct Register {
    /// Ids grow, so that the newest is last.
    jobs: BTreeMap<JobId, Job>,
    tasks: HashMap<JobId, JoinHandle<()>>,
    users: HashMap<UserId, Arc<Semaphore>>,
    closed: bool,
}

/// A job that waits until it is written down that it was ordered; dropped, it never was.
pub(crate) struct Ordered {
    id: JobId,
    kind: Kind,
    go: oneshot::Sender<()>,
}

/// What a work has at hand.
#[derive(Clone)]
pub(crate) struct Desk {
    jobs: Jobs,
    id: JobId,
    stop: Arc<Stop>,
}

impl Desk {
    /// Set when the work is to stop.
    pub(crate) fn cancel(&self) -> Arc<AtomicBool> {
        self.stop.flag.clone()
    }

    /// How far it is; told to listeners from time to time.
    pub(crate) fn at(&self, done: u64, total: Option<u64>) {
        let now = self.jobs.0.engine.now();
        let told = {
            let mut state = self.jobs.state();
            let Some(job) = state.jobs.get_mut(&self.id) else { return };
            (job.done, job.total) = (done, total);
            if job.told_at.is_some_and(|at| (0..PACE_MS).contains(&(now.0 - at.0))) {
                return;
            }
            job.told_at = Some(now);
            (job.user, self.id)
        };
        // Nobody may be listening.
        let _ = self.jobs.0.changed.send(told);
    }
}

impl Jobs {
    /// Jobs over an engine; `imports` are the places that all imports have.
    pub(crate) fn new(engine: Engine, imports: Arc<Semaphore>) -> Self {
        let (changed, _) = broadcast::channel(BEHIND);
        let places = Arc::new(Semaphore::new(PLACES.0));
        Self(Arc::new(Inner { engine, state: Mutex::default(), changed, places, imports }))
    }

    fn state(&self) -> MutexGuard<'_, Register> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whose job changed, each time that one does.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<(UserId, JobId)> {
        self.0.changed.subscribe()
    }

    /// How a job of this user goes; not what came of it.
    #[must_use]
    pub fn get(&self, user: UserId, id: JobId) -> Option<JobView> {
        let policy = self.0.engine.policy();
        let mut state = self.state();
        let job = state.jobs.get_mut(&id).filter(|job| job.user == user)?;
        job.forget_stale(&self.0.engine, &policy);
        Some(job.course())
    }

    /// How many wait and how many run.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let state = self.state();
        let of = |s| state.jobs.values().filter(|j| j.state == s).count();
        (of(State::Queued), of(State::Running))
    }

    /// A job that an actor sees: through a token only what was started through it.
    pub(crate) fn seen(&self, actor: &Actor, id: JobId, lang: Lang, detail: Detail) -> Option<JobView> {
        let policy = self.0.engine.policy();
        let glance = {
            let mut state = self.state();
            let job = state.jobs.get_mut(&id).filter(|job| job.seen_by(actor))?;
            job.forget_stale(&self.0.engine, &policy);
            job.glance()
        };
        Some(glance.told(lang, detail))
    }

    /// All jobs that an actor sees, newest first, without the rows of their reports.
    pub(crate) fn all(&self, actor: &Actor, lang: Lang) -> Vec<JobView> {
        let policy = self.0.engine.policy();
        let glances: Vec<Glance> = {
            let mut state = self.state();
            state.shed(actor.user, self.0.engine.now().plus_s(-KEPT.1));
            let own = state.jobs.values_mut().rev().filter(|job| job.seen_by(actor));
            own.map(|job| {
                job.forget_stale(&self.0.engine, &policy);
                job.glance()
            })
            .collect()
        };
        glances.into_iter().map(|glance| glance.told(lang, Detail::Counts)).collect()
    }

    /// The ids of all jobs that an actor sees.
    pub(crate) fn ids(&self, actor: &Actor) -> Vec<JobId> {
        let state = self.state();
        state.jobs.iter().filter(|(_, job)| job.seen_by(actor)).map(|(id, _)| *id).collect()
    }

    fn change(&self, id: JobId, change: impl FnOnce(&mut Job)) {
        let user = {
            let mut state = self.state();
            let Some(job) = state.jobs.get_mut(&id) else { return };
            change(job);
            job.user
        };
        // Nobody may be listening.
        let _ = self.0.changed.send((user, id));
    }

    /// Puts a work for `caller` in the queue. It acts as part of the job, and begins once it is let go.
    ///
    /// # Errors
    /// Too many of one user; unavailable when the server stops.
    pub(crate) fn start<F>(
        &self,
        caller: &Caller,
        kind: Kind,
        entity: Option<String>,
        work: impl FnOnce(Desk, Caller) -> F,
    ) -> Result<Ordered>
    where
        F: Future<Output = Result<Outcome>> + Send + 'static,
    {
        let (id, now, user) = (self.0.engine.id(), self.0.engine.now(), caller.actor.user);
        let erasures = self.0.engine.erasures();
        let stop = Arc::new(Stop::default());
        let mut state = self.state();
        if state.closed {
            let text = Text::of("Serwer kończy pracę.", "The server is stopping.");
            return Err(Fault::new(FaultKind::Unavailable, text).retry_after_s(10));
        }
        state.shed(user, now.plus_s(-KEPT.1));
        if state.jobs.values().filter(|j| j.user == user && !j.state.ended()).count() >= WAITING {
            let text = Text::new(
                format!("Najwyżej {WAITING} zadań w tle naraz. Poczekaj, aż któreś się skończy."),
                format!("At most {WAITING} background jobs at a time. Wait until one has finished."),
            );
            return Err(Fault::new(FaultKind::TooMany, text).retry_after_s(10));
        }
        let desk = Desk { jobs: self.clone(), id, stop: stop.clone() };
        let caller = Caller { part_of: id.cast(), ..caller.clone() };
        state.jobs.insert(id, Job::new(id, &caller, kind, entity, (now, erasures), stop));
        let own = state.users.entry(user).or_insert_with(|| Arc::new(Semaphore::new(PLACES.1))).clone();
        let all = if kind.imports() { &self.0.imports } else { &self.0.places };
        let work = work(desk.clone(), caller);
        let (go, gone) = oneshot::channel();
        state.tasks.insert(id, tokio::spawn(desk.run(gone, place(own, all.clone()), work)));
        Ok(Ordered { id, kind, go })
    }

    /// Asks a job to stop. Whether it can.
    pub(crate) fn cancel(&self, id: JobId) -> bool {
        let stop = self.state().jobs.get(&id).filter(|j| j.can_cancel()).map(|j| j.stop.clone());
        stop.as_ref().map(|stop| stop.ask()).is_some()
    }

    /// Takes no more jobs, and waits for those that run to stop after what they are at.
    pub(crate) async fn stop(&self, patience: Duration) {
        let (tasks, stops) = {
            let mut state = self.state();
            state.closed = true;
            let stops: Vec<_> = state.jobs.values().map(|j| j.stop.clone()).collect();
            (std::mem::take(&mut state.tasks), stops)
        };
        stops.iter().for_each(|stop| stop.ask());
        let all = async {
            for task in tasks.into_values() {
                let _ = task.await;
            }
        };
        if tokio::time::timeout(patience, all).await.is_err() {
            tracing::warn!("jobs did not stop in time");
        }
    }
}

impl Desk {
    async fn run(
        self,
        go: oneshot::Receiver<()>,
        place: impl Future<Output = Option<Place>> + Send,
        work: impl Future<Output = Result<Outcome>> + Send + 'static,
    ) {
        if go.await.is_err() {
            // It could not be written down that it was ordered: there is no such job.
            let mut state = self.jobs.state();
            state.jobs.remove(&self.id);
            state.tasks.remove(&self.id);
            return;
        }
        let place = tokio::select! {
            biased;
            () = self.stop.asked() => None,
            place = place => place,
        };
        let done = match place {
            None => {
                drop(work);
                Ok(Outcome::Nothing)
            }
            Some(_held) => {
                self.jobs.change(self.id, |job| job.state = State::Running);
                // A task of its own, so that a panic ends the job and not this.
                tokio::spawn(work).await.unwrap_or_else(|e| Err(Fault::bug(e)))
            }
        };
        if let Err(fault) = &done
            && fault.internal.is_some()
        {
            tracing::error!(job = %self.id, note = fault.internal.as_deref().unwrap_or(""), "a job failed");
        }
        let engine = &self.jobs.0.engine;
        self.jobs.change(self.id, |job| job.end(done, engine.now()));
        let mut state = self.jobs.state();
        state.tasks.remove(&self.id);
        state.limit_rows();
        drop(state);
        // Taking back an import destroys keys.
        self.jobs.drop_stale();
    }
}

type Place = (OwnedSemaphorePermit, OwnedSemaphorePermit);

/// One of the user's places, then one of all.
async fn place(own: Arc<Semaphore>, all: Arc<Semaphore>) -> Option<Place> {
    let own = own.acquire_owned().await.ok()?;
    Some((own, all.acquire_owned().await.ok()?))
}

impl Register {
    /// Forgets ended jobs of a user that are old, or more than are kept.
    fn shed(&mut self, user: UserId, before: Time) {
        let mut kept = 0;
        let mut gone = Vec::new();
        for (id, job) in self.jobs.iter().rev().filter(|(_, j)| j.user == user && j.state.ended()) {
            kept += 1;
            if kept > KEPT.0 || job.finished_at.is_some_and(|at| at < before) {
                gone.push(*id);
            }
        }
        for id in gone {
            self.jobs.remove(&id);
        }
    }

    /// Forgets what ended too long ago, of whomever.
    fn shed_all(&mut self, now: Time) {
        let before = now.plus_s(-KEPT.1);
        self.jobs.retain(|_, job| job.finished_at.is_none_or(|at| at >= before));
    }

    /// Drops rows of reports, the oldest first, beyond what is kept.
    fn limit_rows(&mut self) {
        let (mut all, mut of) = (0, HashMap::<UserId, usize>::new());
        for job in self.jobs.values_mut().rev() {
            let rows = job.rows();
            let own = of.entry(job.user).or_default();
            if rows > 0 && (*own + rows > ROWS.0 || all + rows > ROWS.1) {
                job.forget_rows();
            } else {
                *own += rows;
                all += rows;
            }
        }
    }
}
