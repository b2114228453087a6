//! Long works that users order and look at while they run. They wait in a queue in the store, so that they
//! outlive the server that was asked for them, and any server does them. Each is seen by its user alone. What
//! they did is in the store and the ledger.

mod access;
mod dead;
mod ended;
mod file;
mod job;
mod kept;
mod look;
mod order;
mod outcome;
mod post;
mod rebuild;
mod row;
mod run;
mod undo;
mod work;

pub(crate) use file::FILE_MAX;
pub use file::FileView;
pub use job::JobView;
pub(crate) use order::ImportOrder;
pub(crate) use outcome::{Detail, Outcome};
pub(crate) use post::PostOffice;

use job::{Course, Stop};
use kernel::{JobId, ServerId, Time, UserId};
use records::Engine;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use store::{JobHold, JobState, JobWrite};
use tokio::sync::{Notify, Semaphore, broadcast};
use tokio::task::JoinHandle;

/// Jobs that run at a time on this server, beside imports.
const PLACES: usize = 4;
/// Milliseconds between two messages about how far a job is.
const PACE_MS: i64 = 100;
/// Changes that a slow listener may be behind before it misses some.
const BEHIND: usize = 1_024;
/// Jobs that wait or are held are counted up to so many.
const COUNTED: u32 = 1_000;

/// All jobs. Cheap to clone.
#[derive(Clone)]
pub struct Jobs(Arc<Inner>);

struct Inner {
    engine: Engine,
    /// This start of this server.
    server: ServerId,
    state: Mutex<Register>,
    changed: broadcast::Sender<(UserId, JobId)>,
    places: Arc<Semaphore>,
    /// Imports take these instead: they last for minutes, and all others would wait behind them.
    imports: Arc<Semaphore>,
    /// Rings when a place got free.
    freed: Notify,
    /// Others may take a job that was not renewed for so long.
    lease: Duration,
}

/// What this server is at.
#[derive(Default)]
struct Register {
    /// Ids grow, so that the newest is last.
    runs: BTreeMap<JobId, Run>,
    /// The letter, or what else the post does, that is on its way.
    letter: Option<JobHold>,
    closed: bool,
}

/// A job that is done here.
struct Run {
    course: Course,
    /// The attempt; nothing if it is not in the queue.
    hold: Option<JobHold>,
    told_at: Option<Time>,
    stop: Arc<Stop>,
    task: Option<JoinHandle<()>>,
}

/// What a work has at hand.
#[derive(Clone)]
struct Desk {
    jobs: Jobs,
    id: JobId,
    stop: Arc<Stop>,
}

impl Desk {
    /// How far it is; told to listeners from time to time.
    fn at(&self, done: u64, total: Option<u64>) {
        let now = self.jobs.0.engine.now();
        let user = {
            let mut state = self.jobs.state();
            // A further attempt has a wish of its own.
            let own = |run: &&mut Run| Arc::ptr_eq(&run.stop, &self.stop);
            let Some(run) = state.runs.get_mut(&self.id).filter(own) else { return };
            (run.course.done, run.course.total) = (done, total);
            if run.told_at.is_some_and(|at| (0..PACE_MS).contains(&(now.0 - at.0))) {
                return;
            }
            run.told_at = Some(now);
            run.course.user
        };
        self.jobs.tell(user, self.id);
    }
}

impl Jobs {
    /// Jobs over an engine; `imports` are the places that all imports have, and a server has a job for `lease_ms`.
    pub(crate) fn new(engine: Engine, imports: Arc<Semaphore>, lease_ms: u32) -> Self {
        let (changed, _) = broadcast::channel(BEHIND);
        let places = Arc::new(Semaphore::new(PLACES));
        let (server, state, freed) = (engine.id(), Mutex::default(), Notify::new());
        let lease = Duration::from_millis(lease_ms.into());
        Self(Arc::new(Inner { engine, server, state, changed, places, imports, freed, lease }))
    }

    fn state(&self) -> MutexGuard<'_, Register> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whose job changed, each time that one does.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<(UserId, JobId)> {
        self.0.changed.subscribe()
    }

    fn tell(&self, user: UserId, id: JobId) {
        // Nobody may be listening.
        let _ = self.0.changed.send((user, id));
    }

    /// How many wait and how many run, on all servers; up to a thousand each.
    ///
    /// # Errors
    /// Storage.
    pub async fn counts(&self) -> kernel::Result<(usize, usize)> {
        let store = self.0.engine.store();
        let waiting = store.jobs_that(JobState::Waiting, COUNTED).await?.len();
        let held = store.jobs_that(JobState::Held, COUNTED).await?.len();
        let own = self.state().runs.values().filter(|r| r.hold.is_none() && !r.course.state.ended()).count();
        Ok((waiting, held + own))
    }

    /// Takes no more jobs, and leaves those that run to others or to the next start. Waits for what is bound to this server.
    pub(crate) async fn stop(&self, patience: Duration) {
        let runs = {
            let mut state = self.state();
            state.closed = true;
            std::mem::take(&mut state.runs)
        };
        let all = async {
            for run in runs.into_values() {
                let Some(task) = run.task else { continue };
                if let Some(hold) = run.hold {
                    task.abort();
                    let _ = task.await;
                    // What it does on threads of its own.
                    run.stop.ask();
                    self.put_away(JobWrite::Leave(hold), (hold.id, run.course.user)).await;
                } else {
                    let _ = task.await;
                }
            }
        };
        if tokio::time::timeout(patience, all).await.is_err() {
            tracing::warn!("jobs did not stop in time");
        }
    }
}
