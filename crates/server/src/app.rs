//! What every handler has at hand.

use crate::config::Config;
use crate::instance::Layout;
use crate::jobs::Jobs;
use crate::rates::Rates;
use crate::stream::Streams;
use crate::tasks::Tasks;
use identity::Identity;
use kernel::Time;
use records::Engine;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// The server's state. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    engine: Engine,
    identity: Identity,
    config: Config,
    rates: Rates,
    tasks: Tasks,
    jobs: Jobs,
    streams: Streams,
    layout: Layout,
    started: Time,
    csp_reports: AtomicU64,
    ready: AtomicBool,
    openapi: arc_swap::ArcSwapOption<(u64, axum::body::Bytes)>,
}

impl App {
    /// State over an engine and an identity service.
    #[must_use]
    pub fn new(engine: Engine, identity: Identity, config: Config, layout: Layout) -> Self {
        let rates = Rates::new(&config);
        let tasks = Tasks::default();
        let jobs = Jobs::new(engine.clone(), tasks.imports());
        let (ready, openapi) = (AtomicBool::new(false), arc_swap::ArcSwapOption::empty());
        let (streams, started, csp_reports) = (Streams::default(), engine.now(), AtomicU64::new(0));
        Self(Arc::new(Inner {
            engine,
            identity,
            config,
            rates,
            tasks,
            jobs,
            streams,
            layout,
            started,
            csp_reports,
            ready,
            openapi,
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

    /// Whether the server answers: the index is up to the store.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.0.ready.load(Ordering::Acquire)
    }

    /// Says whether the server answers.
    pub fn set_ready(&self, ready: bool) {
        self.0.ready.store(ready, Ordering::Release);
    }

    /// The OpenAPI document of the catalog in force, made once for each version of it.
    pub(crate) fn openapi(&self) -> axum::body::Bytes {
        let catalog = self.engine().policy().catalog.clone();
        if let Some(kept) = self.0.openapi.load_full().filter(|k| k.0 == catalog.version) {
            return kept.1.clone();
        }
        let bytes = axum::body::Bytes::from(crate::openapi::document(&catalog).to_string());
        self.0.openapi.store(Some(Arc::new((catalog.version, bytes.clone()))));
        bytes
    }
}
