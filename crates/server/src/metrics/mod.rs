//! What the server counts, for Prometheus. No label holds anything but templates of routes, methods and
//! codes: nothing here is about a person or a record.

mod listen;
mod process;

pub use listen::{Listening, listen};

use crate::app::App;
use crate::backup::{made_path, noted, verified_path};
use crate::telemetry::Counts;
use http::{Method, StatusCode};
use kernel::{Fault, Result};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Seconds up to which answers are counted together.
const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct Asked {
    method: &'static str,
    route: String,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: &'static str,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct Refused {
    status: u16,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct In {
    state: &'static str,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct Which {
    backup: &'static str,
}

type Whole = Gauge<i64, AtomicI64>;

/// Counters of requests, and what is looked up when somebody asks.
pub struct Metrics {
    registry: Registry,
    answers: Family<Answered, Counter>,
    durations: Family<Asked, Histogram, fn() -> Histogram>,
    refusals: Family<Refused, Counter>,
    sign_in_failures: Counter,
    store: OfStore,
    ready: Whole,
    index_behind: Whole,
    sessions: Whole,
    streams: Whole,
    jobs: Family<In, Whole>,
    backups: Family<Which, Whole>,
    spans: Family<In, Counter<u64, AtomicU64>>,
    told: OnceLock<Arc<Counts>>,
    process: process::Process,
}

#[derive(Default)]
struct OfStore {
    groups: Counter<u64, AtomicU64>,
    batches: Counter<u64, AtomicU64>,
    failed: Counter<u64, AtomicU64>,
    seconds: Counter<f64, AtomicU64>,
    waiting: Whole,
    connections: Family<In, Whole>,
}

impl OfStore {
    fn register(&self, r: &mut Registry) {
        r.register("commit_groups", "Groups of batches, each one durable write", self.groups.clone());
        r.register("commit_batches", "Batches in these groups", self.batches.clone());
        r.register("commit_failures", "Groups of which nothing was committed", self.failed.clone());
        let help = "Time that committing groups took";
        r.register_with_unit("commit", help, Unit::Seconds, self.seconds.clone());
        r.register("store_waiting", "Jobs that wait for the writer of the store", self.waiting.clone());
        let help = "Connections of readers to the database server";
        r.register("store_connections", help, self.connections.clone());
    }
}

fn histogram() -> Histogram {
    Histogram::new(BUCKETS)
}

/// Methods of the route table; of others there is no end.
pub fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}

const fn class(status: StatusCode) -> &'static str {
    match status.as_u16() {
        100..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        _ => "5xx",
    }
}

impl Metrics {
    /// Nothing counted yet.
    #[must_use]
    pub fn new() -> Self {
        let mut new = Self {
            registry: Registry::with_prefix("klucznik"),
            answers: Family::default(),
            durations: Family::new_with_constructor(histogram),
            refusals: Family::default(),
            sign_in_failures: Counter::default(),
            store: OfStore::default(),
            ready: Whole::default(),
            index_behind: Whole::default(),
            sessions: Whole::default(),
            streams: Whole::default(),
            jobs: Family::default(),
            backups: Family::default(),
            spans: Family::default(),
            told: OnceLock::new(),
            process: process::Process::default(),
        };
        new.register_requests();
        new.store.register(&mut new.registry);
        let r = &mut new.registry;
        r.register("ready", "Whether requests are served", new.ready.clone());
        r.register("index_behind", "Changes that the index has not taken yet", new.index_behind.clone());
        r.register("sessions", "Sessions that live", new.sessions.clone());
        r.register("streams", "Pages that wait for news", new.streams.clone());
        r.register("jobs", "Long works of users", new.jobs.clone());
        let help = "Age of the state in the last backup, and in the last one that was proved to restore";
        r.register_with_unit("backup_age", help, Unit::Seconds, new.backups.clone());
        r.register("spans", "Spans for the collector: sent, lost", new.spans.clone());
        new.process.register(r);
        new
    }

    /// From now on tells of the spans that are counted there.
    pub fn tell_spans(&self, counts: Arc<Counts>) {
        // There is one collector for as long as the server runs.
        let _ = self.told.set(counts);
    }

    fn register_requests(&mut self) {
        let r = &mut self.registry;
        r.register("http_requests", "Answers by route and class of status", self.answers.clone());
        let help = "Time until the head of the answer";
        r.register_with_unit("http_request_duration", help, Unit::Seconds, self.durations.clone());
        let help = "Requests refused: not signed in, not allowed, not found, too many";
        r.register("refusals", help, self.refusals.clone());
        r.register("sign_in_failures", "Sign-ins that were refused", self.sign_in_failures.clone());
    }

    /// Counts an answer; `route` is the template.
    pub fn answered(&self, method: &Method, route: &str, status: StatusCode, took: Duration) {
        let (method, route) = (name(method), route.to_owned());
        let sign_in = method == "POST" && route.ends_with("/sessions");
        self.durations.get_or_create(&Asked { method, route: route.clone() }).observe(took.as_secs_f64());
        self.answers.get_or_create(&Answered { method, route, status: class(status) }).inc();
        if let 401 | 403 | 404 | 429 = status.as_u16() {
            self.refusals.get_or_create(&Refused { status: status.as_u16() }).inc();
        }
        if sign_in && matches!(status.as_u16(), 401 | 429) {
            self.sign_in_failures.inc();
        }
    }

    /// All of it in the text of OpenMetrics.
    ///
    /// # Errors
    /// Internal if it cannot be written.
    pub async fn text(&self, app: &App) -> Result<String> {
        let activity = app.engine().store().activity();
        self.store.groups.inner().store(activity.groups, Ordering::Relaxed);
        self.store.batches.inner().store(activity.batches, Ordering::Relaxed);
        self.store.failed.inner().store(activity.failed, Ordering::Relaxed);
        self.store.seconds.inner().store(activity.busy.as_secs_f64().to_bits(), Ordering::Relaxed);
        self.store.waiting.set(whole(activity.waiting));
        if let Some((open, used)) = activity.connections {
            self.store.connections.get_or_create(&In { state: "used" }).set(whole(used));
            self.store.connections.get_or_create(&In { state: "idle" }).set(whole(open - used));
        }
        self.ready.set(i64::from(app.answers().await));
        // What is not known now stays as it was; `ready` tells.
        if let Ok(last) = app.engine().store().last_change().await {
            let behind = last.saturating_sub(app.engine().index().applied());
            self.index_behind.set(i64::try_from(behind).unwrap_or(i64::MAX));
        }
        self.sessions.set(whole(app.identity().session_count()));
        self.streams.set(whole(app.streams().count()));
        if let Ok((queued, running)) = app.jobs().counts().await {
            self.jobs.get_or_create(&In { state: "queued" }).set(whole(queued));
            self.jobs.get_or_create(&In { state: "running" }).set(whole(running));
        }
        for (backup, path) in [("made", made_path(app.layout())), ("verified", verified_path(app.layout()))] {
            if let Some(noted) = noted(&path) {
                let age = app.engine().now().0.saturating_sub(noted.state_of.0) / 1_000;
                self.backups.get_or_create(&Which { backup }).set(age);
            }
        }
        if let Some(counts) = self.told.get() {
            for (state, count) in [("sent", counts.sent()), ("lost", counts.lost())] {
                self.spans.get_or_create(&In { state }).inner().store(count, Ordering::Relaxed);
            }
        }
        self.process.look(app.started());
        let mut text = String::new();
        encode(&mut text, &self.registry).map_err(Fault::bug)?;
        Ok(text)
    }
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
