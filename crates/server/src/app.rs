//! What every handler has at hand.

use crate::catalog::Told;
use crate::config::Config;
use crate::instance::Layout;
use crate::jobs::Jobs;
use crate::metrics::Metrics;
use crate::rates::Rates;
use crate::sign_on::SignOn;
use crate::stream::Streams;
use crate::tasks::Tasks;
use identity::Identity;
use kernel::{Stopwatch, Time};
use records::Engine;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::Mutex;

/// How long an answer of the store counts, so that asking often costs nothing.
const ASKED_ANEW: Duration = Duration::from_secs(1);
/// How long the store may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// The server's state. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    engine: Engine,
    identity: Identity,
    sign_on: SignOn,
    config: Config,
    rates: Rates,
    tasks: Tasks,
    jobs: Jobs,
    streams: Streams,
    layout: Layout,
    started: Time,
    csp_reports: AtomicU64,
    ready: AtomicBool,
    metrics: Metrics,
    /// When the store was last asked whether it answers, and whether it did.
    asked: Mutex<Option<(Stopwatch, bool)>>,
    told: Told,
}

impl App {
    /// State over an engine and an identity service.
    #[must_use]
    pub fn new(engine: Engine, identity: Identity, sign_on: SignOn, config: Config, layout: Layout) -> Self {
        let rates = Rates::new(&config);
        let tasks = Tasks::default();
        let jobs = Jobs::new(engine.clone(), tasks.imports(), config.lease_ms);
        let (ready, told) = (AtomicBool::new(false), Told::default());
        let (streams, started, csp_reports) = (Streams::default(), engine.now(), AtomicU64::new(0));
        Self(Arc::new(Inner {
            engine,
            identity,
            sign_on,
            config,
            rates,
            tasks,
            jobs,
            streams,
            layout,
            started,
            csp_reports,
            ready,
            metrics: Metrics::new(),
            asked: Mutex::new(None),
            told,
        }))
    }

    /// Records.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.0.engine
    }

    /// Users' sessions and passwords.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.0.identity
    }

    /// Providers of single sign-on.
    pub(crate) fn sign_on(&self) -> &SignOn {
        &self.0.sign_on
    }

    /// Settings.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    pub(crate) fn rates(&self) -> &Rates {
        &self.0.rates
    }

    pub(crate) fn tasks(&self) -> &Tasks {
        &self.0.tasks
    }

    /// Long works of users.
    #[must_use]
    pub fn jobs(&self) -> &Jobs {
        &self.0.jobs
    }

    pub(crate) fn streams(&self) -> &Streams {
        &self.0.streams
    }

    /// Where everything of the instance lies.
    pub(crate) fn layout(&self) -> &Layout {
        &self.0.layout
    }

    /// When the server began.
    pub(crate) fn started(&self) -> Time {
        self.0.started
    }

    /// How often browsers reported that the policy of a page stopped something.
    pub(crate) fn csp_reports(&self) -> &AtomicU64 {
        &self.0.csp_reports
    }

    /// What the server counts.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// Whether requests are served: the store answers, the index is no longer built, and the server does
    /// not stop. The store is asked once a second at most, whoever asks here.
    pub async fn answers(&self) -> bool {
        if !self.is_ready() || self.engine().index().is_rebuilding() {
            return false;
        }
        let mut asked = self.0.asked.lock().await;
        if let Some((when, answered)) = *asked
            && when.elapsed() < ASKED_ANEW
        {
            return answered;
        }
        let answer = tokio::time::timeout(PATIENCE, self.engine().store().last_change()).await;
        let answered = matches!(answer, Ok(Ok(_)));
        *asked = Some((Stopwatch::start(), answered));
        answered
    }

    /// Whether the server answers: the index is up to the store.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.0.ready.load(Ordering::Acquire)
    }

    /// Says whether the server answers.
    pub fn set_ready(&self, ready: bool) {
        self.0.ready.store(ready, Ordering::Release);
    }

    /// What is told of the catalog.
    pub(crate) fn told(&self) -> &Told {
        &self.0.told
    }
}
