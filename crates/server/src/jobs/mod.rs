//! Long works that users start and look at while they run: each a task with a place in a queue, seen by
//! its user alone. What they did is in the store and the ledger; this is only how they go.

mod file;
mod job;
mod undo;
mod work;

pub use file::FileView;
pub use job::JobView;
pub(crate) use job::{Kind, Outcome};

use access::Actor;
use job::{Job, State, Stop};
use kernel::{Fault, FaultKind, JobId, Lang, Result, Text, UserId};
use records::{Caller, Engine};
use std::collections::{BTreeMap, HashMap};
use std::future::Future;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, broadcast};
use tokio::task::JoinHandle;

/// Jobs of one user that wait or run.
const WAITING: usize = 20;
/// Jobs that run at a time: all, and of one user.
const PLACES: (usize, usize) = (4, 2);
/// Ended jobs of one user that are kept, and for how long.
const KEPT: (usize, i64) = (100, 86_400);
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
}

#[derive(Default)]
struct Register {
    /// Ids grow, so that the newest is last.
    jobs: BTreeMap<JobId, Job>,
    tasks: HashMap<JobId, JoinHandle<()>>,
    users: HashMap<UserId, Arc<Semaphore>>,
    closed: bool,
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

    /// How far it is.
    pub(crate) fn at(&self, done: u64, total: Option<u64>) {
        self.jobs.change(self.id, |job| (job.done, job.total) = (done, total));
    }
}

impl Jobs {
    pub(crate) fn new(engine: Engine) -> Self {
        let (changed, _) = broadcast::channel(BEHIND);
        let places = Arc::new(Semaphore::new(PLACES.0));
        Self(Arc::new(Inner { engine, state: Mutex::default(), changed, places }))
    }

    fn state(&self) -> MutexGuard<'_, Register> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whose job changed, each time that one does.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<(UserId, JobId)> {
        self.0.changed.subscribe()
    }

    /// A job of this user, as it is now.
    #[must_use]
    pub fn get(&self, user: UserId, id: JobId, lang: Lang) -> Option<JobView> {
        self.state().jobs.get(&id).filter(|job| job.user == user).map(|job| job.view(lang))
    }

    /// How many wait and how many run.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let state = self.state();
        let of = |s| state.jobs.values().filter(|j| j.state == s).count();
        (of(State::Queued), of(State::Running))
    }

    /// As [`Jobs::get`], for an actor: through a token only what was started through it.
    pub(crate) fn seen(&self, actor: &Actor, id: JobId, lang: Lang) -> Option<JobView> {
        self.state().jobs.get(&id).filter(|job| job.seen_by(actor)).map(|job| job.view(lang))
    }

    /// All jobs that an actor sees, newest first.
    pub(crate) fn all(&self, actor: &Actor, lang: Lang) -> Vec<JobView> {
        let mut state = self.state();
        state.shed(actor.user, self.0.engine.now().plus_s(-KEPT.1));
        state.jobs.values().rev().filter(|job| job.seen_by(actor)).map(|job| job.view(lang)).collect()
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

    /// Starts a work for `caller`, who gets its id at once. The work acts as part of the job.
    ///
    /// # Errors
    /// Too many of one user; unavailable when the server stops.
    pub(crate) fn start<F>(
        &self,
        caller: &Caller,
        kind: Kind,
        entity: Option<String>,
        work: impl FnOnce(Desk, Caller) -> F,
    ) -> Result<JobId>
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
        state.jobs.insert(id, Job::new(id, &caller.actor, kind, entity, (now, erasures), stop));
        let own = state.users.entry(user).or_insert_with(|| Arc::new(Semaphore::new(PLACES.1))).clone();
        let work = work(desk.clone(), caller);
        state.tasks.insert(id, tokio::spawn(desk.run(own, work)));
        Ok(id)
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
    async fn run(self, own: Arc<Semaphore>, work: impl Future<Output = Result<Outcome>> + Send + 'static) {
        let places = self.jobs.0.places.clone();
        let place = tokio::select! {
            biased;
            () = self.stop.asked() => None,
            place = place(own, places) => place,
        };
        let done = match place {
            None => Ok(Outcome::Nothing),
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
        self.jobs.change(self.id, |job| {
            job.end(done, engine.now());
            job.forget_after(engine.erasures());
        });
        self.jobs.state().tasks.remove(&self.id);
        // Taking back an import destroys keys.
        self.jobs.drop_stale();
    }
}

/// One of the user's places, then one of all.
async fn place(
    own: Arc<Semaphore>,
    all: Arc<Semaphore>,
) -> Option<(OwnedSemaphorePermit, OwnedSemaphorePermit)> {
    let own = own.acquire_owned().await.ok()?;
    Some((own, all.acquire_owned().await.ok()?))
}

impl Register {
    /// Forgets ended jobs of a user that are old, or more than are kept.
    fn shed(&mut self, user: UserId, before: kernel::Time) {
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
}
