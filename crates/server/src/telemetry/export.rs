//! Spans on their way: few in memory, and whatever the collector does, nobody waits for it.

use kernel::Stopwatch;
use opentelemetry::Context;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{BatchSpanProcessor, Span, SpanData, SpanExporter, SpanProcessor};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;

/// Spans that may wait; what comes on top is counted and gone.
pub const QUEUE: usize = 2_048;
/// So often at most is it logged that the collector does not take them.
const TELL: Duration = Duration::from_secs(600);

/// What became of spans.
#[derive(Debug, Default)]
pub struct Counts {
    waiting: AtomicUsize,
    sent: AtomicU64,
    lost: AtomicU64,
    /// Whether the last message was not taken.
    down: AtomicBool,
    /// Whether the server stops.
    ending: AtomicBool,
    told: Mutex<Option<Stopwatch>>,
}

impl Counts {
    /// Spans that the collector took.
    #[must_use]
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// Spans that nobody gets to see: there was no room for them, or the collector did not take them.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }

    /// From now on a collector that does not answer is not asked again.
    pub fn end(&self) {
        self.ending.store(true, Ordering::Relaxed);
    }

    /// Takes a place for a span, if there is one.
    fn enter(&self) -> bool {
        let entered = self.waiting.fetch_add(1, Ordering::AcqRel) < QUEUE;
        if !entered {
            self.waiting.fetch_sub(1, Ordering::AcqRel);
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
        entered
    }

    fn took(&self, spans: u64, done: &OTelSdkResult) {
        match done {
            Ok(()) => {
                self.sent.fetch_add(spans, Ordering::Relaxed);
                if self.down.swap(false, Ordering::Relaxed) {
                    tracing::info!(lost = self.lost(), "the collector takes spans again");
                }
            }
            Err(e) => {
                self.lost.fetch_add(spans, Ordering::Relaxed);
                self.down.store(true, Ordering::Relaxed);
                let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
                if told.is_none_or(|told| told.elapsed() >= TELL) {
                    *told = Some(Stopwatch::start());
                    tracing::warn!(error = %e, lost = self.lost(), "the collector does not take spans");
                }
            }
        }
    }
}

/// The library's queue and thread, behind a count of what waits: it has none of what it drops.
#[derive(Debug)]
pub struct Bounded {
    /// The queue.
    pub inner: BatchSpanProcessor,
    /// Where it is counted.
    pub counts: Arc<Counts>,
}

impl SpanProcessor for Bounded {
    fn on_start(&self, span: &mut Span, context: &Context) {
        self.inner.on_start(span, context);
    }

    fn on_end(&self, span: SpanData) {
        if self.counts.enter() {
            self.inner.on_end(span);
        }
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.inner.force_flush()
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.inner.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.inner.set_resource(resource);
    }
}

/// The sender, called by the queue's own thread.
#[derive(Debug)]
pub struct Exporter {
    /// The library's.
    pub inner: opentelemetry_otlp::SpanExporter,
    /// What its connections run in.
    pub runtime: Handle,
    /// Where it is counted.
    pub counts: Arc<Counts>,
}

impl SpanExporter for Exporter {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let spans = batch.len();
        self.counts.waiting.fetch_sub(spans, Ordering::AcqRel);
        let given_up = self.counts.ending.load(Ordering::Relaxed) && self.counts.down.load(Ordering::Relaxed);
        let done = if given_up {
            Err(OTelSdkError::InternalFailure("the server stops".to_owned()))
        } else {
            // The thread has nothing else to do, and no runtime of its own.
            self.runtime.block_on(self.inner.export(batch))
        };
        self.counts.took(spans as u64, &done);
        done
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.inner.shutdown_with_timeout(timeout)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.inner.force_flush()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.inner.set_resource(resource);
    }
}
