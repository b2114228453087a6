//! What the server tells a collector of its work, by OpenTelemetry: spans of requests, commits and jobs. It is told
//! templates of routes, methods, codes, counts, times and ids of requests, and nothing else: a span leaves only if it
//! has the target [`SPANS`], and no line of the log leaves at all. Ids of traces that come with requests are not taken.

mod export;

pub use export::Counts;

use crate::config::TelemetryConfig;
use export::{Bounded, Exporter, QUEUE};
use kernel::{Fault, FaultKind, Random, Result, SPANS, Text};
use opentelemetry::trace::{SpanId, TraceId, TracerProvider};
use opentelemetry::{InstrumentationScope, KeyValue};
use opentelemetry_otlp::{Protocol, RetryPolicy, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{
    BatchConfigBuilder, BatchSpanProcessor, IdGenerator, Sampler, SdkTracerProvider,
};
use reqwest::Certificate;
use reqwest::redirect::Policy;
use std::fmt::{self, Display, Formatter};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tracing::Subscriber;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;

/// Spans of one message at most.
const BATCH: usize = 512;
/// From one message to the next, if fewer than that are waiting.
const EVERY: Duration = Duration::from_secs(2);
/// The collector has this long to take a message.
const PATIENCE: Duration = Duration::from_secs(2);
/// What waits when the server stops has this long to leave.
const GRACE: Duration = Duration::from_secs(5);
/// What OTLP adds to the address of a collector.
const PATH: &str = "/v1/traces";

/// The way to the collector.
pub struct Telemetry {
    provider: SdkTracerProvider,
    counts: Arc<Counts>,
}

impl Telemetry {
    /// The way to the collector of the settings, if they name one. Nothing is asked of it yet; to be called within the
    /// runtime that the server has.
    ///
    /// # Errors
    /// Invalid if the address is none, has a password in it or would be spoken to in clear over a network, or if the
    /// file of authorities cannot be used.
    pub fn begin(config: &TelemetryConfig, random: &Arc<dyn Random>) -> Result<Option<Self>> {
        let Some(address) = &config.otlp else { return Ok(None) };
        let endpoint = endpoint(address)?;
        let client = client(address, config.root_certificates.as_deref())?;
        let inner = opentelemetry_otlp::SpanExporter::builder()
            .with_http()
            .with_http_client(client)
            .with_endpoint(endpoint)
            .with_protocol(Protocol::HttpBinary)
            .with_timeout(PATIENCE)
            .with_retry_policy(RetryPolicy::disabled())
            .build()
            .map_err(|e| unusable(address).internal(e.to_string()))?;
        let counts = Arc::new(Counts::default());
        let exporter = Exporter { inner, runtime: Handle::current(), counts: counts.clone() };
        let batches = BatchConfigBuilder::default()
            .with_max_queue_size(QUEUE)
            .with_max_export_batch_size(BATCH)
            .with_scheduled_delay(EVERY);
        let inner = BatchSpanProcessor::builder(exporter).with_batch_config(batches.build()).build();
        let provider = SdkTracerProvider::builder()
            .with_span_processor(Bounded { inner, counts: counts.clone() })
            .with_sampler(Sampler::AlwaysOn)
            .with_id_generator(Drawn(random.clone()))
            .with_resource(whose(&**random))
            .build();
        Ok(Some(Self { provider, counts }))
    }

    /// What takes the spans that may leave out of all that is logged.
    pub fn layer<S: Subscriber + for<'a> LookupSpan<'a>>(&self) -> impl Layer<S> + use<S> {
        let tracer = self.provider.tracer_with_scope(InstrumentationScope::builder("klucznik").build());
        tracing_opentelemetry::layer()
            .with_tracer(tracer)
            .with_location(false)
            .with_threads(false)
            .with_tracked_inactivity(false)
            .with_target(false)
            .with_filter(filter_fn(|metadata| metadata.is_span() && metadata.target() == SPANS))
    }

    /// What became of the spans so far.
    #[must_use]
    pub fn counts(&self) -> Arc<Counts> {
        self.counts.clone()
    }

    /// Sends what waits, if the collector takes it within five seconds.
    pub async fn stop(self) {
        self.counts.end();
        // It waits, so not in a thread of the runtime that the sending needs.
        let stopped = tokio::task::spawn_blocking(move || self.provider.shutdown_with_timeout(GRACE)).await;
        if let Ok(Err(e)) = stopped {
            tracing::warn!(error = %e, "not all spans were sent");
        }
    }
}

/// Ids of traces and spans.
struct Drawn(Arc<dyn Random>);

impl fmt::Debug for Drawn {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("Drawn")
    }
}

impl IdGenerator for Drawn {
    fn new_trace_id(&self) -> TraceId {
        TraceId::from_bytes(drawn(&*self.0))
    }

    fn new_span_id(&self) -> SpanId {
        SpanId::from_bytes(drawn(&*self.0))
    }
}

fn drawn<const N: usize>(random: &dyn Random) -> [u8; N] {
    let mut bytes = [0; N];
    random.fill(&mut bytes);
    bytes
}

/// Of several servers each has a number of its own, another at each start. Nothing of the machine is told.
fn whose(random: &dyn Random) -> Resource {
    let start = hex::encode(drawn::<16>(random));
    Resource::builder_empty()
        .with_attribute(KeyValue::new("service.name", "klucznik"))
        .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
        .with_attribute(KeyValue::new("service.instance.id", start))
        .build()
}

/// Where spans of the collector with this address go.
///
/// # Errors
/// Invalid if it is none, has a password in it, or would be spoken to in clear over a network.
pub fn endpoint(address: &str) -> Result<String> {
    let plain = !address.contains(['@', '?', '#']);
    if !plain || objects::is_clear(address).is_none() {
        return Err(unusable(address));
    }
    let address = address.trim_end_matches('/');
    Ok(if address.ends_with(PATH) { address.to_owned() } else { format!("{address}{PATH}") })
}

fn unusable(address: &str) -> Fault {
    // What stands before an @ may be a password, and what stands in a query another secret.
    let shown = address.rsplit('@').next().unwrap_or_default();
    let shown = shown.split(['?', '#']).next().unwrap_or_default();
    Fault::invalid(Text::new(
        format!(
            "otlp w [telemetry] musi być adresem https://… bez hasła, a nie „{shown}”. Bez szyfrowania (http://) zbierający może być tylko na tym komputerze."
        ),
        format!(
            "otlp under [telemetry] has to be an address https://… without a password, and not \"{shown}\". In clear (http://) the collector may be on this machine alone."
        ),
    ))
}

/// Whether the settings can be used; nobody is asked.
///
/// # Errors
/// As [`Telemetry::begin`].
pub fn check(config: &TelemetryConfig) -> Result<()> {
    let Some(address) = &config.otlp else { return Ok(()) };
    endpoint(address)?;
    client(address, config.root_certificates.as_deref()).map(drop)
}

fn client(address: &str, root_certificates: Option<&Path>) -> Result<reqwest::Client> {
    // The first in a process sets it; whoever comes later finds it set.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let mut client = reqwest::Client::builder().timeout(PATIENCE).redirect(Policy::none());
    if objects::is_clear(address) == Some(true) {
        // What goes in clear goes to this machine, and to no proxy.
        client = client.no_proxy();
    }
    if let Some(path) = root_certificates {
        let pem = fs::read(path).map_err(|e| unreadable(path, &e))?;
        let all = Certificate::from_pem_bundle(&pem).map_err(|e| unreadable(path, &e))?;
        if all.is_empty() {
            return Err(unreadable(path, &"no certificate"));
        }
        client = client.tls_certs_merge(all);
    }
    client.build().map_err(Fault::bug)
}

fn unreadable(path: &Path, e: &dyn Display) -> Fault {
    let path = path.display();
    Fault::new(
        FaultKind::Invalid,
        Text::new(
            format!("root_certificates w [telemetry]: {path}: {e}"),
            format!("root_certificates under [telemetry]: {path}: {e}"),
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_go_under_tls_or_stay_on_this_machine() {
        for (address, to) in [
            ("http://127.0.0.1:4318", Some("http://127.0.0.1:4318/v1/traces")),
            ("http://[::1]:4318/", Some("http://[::1]:4318/v1/traces")),
            ("https://otel.firma.example", Some("https://otel.firma.example/v1/traces")),
            ("https://otel.firma.example/v1/traces", Some("https://otel.firma.example/v1/traces")),
            ("http://otel.firma.example:4318", None),
            ("http://10.0.0.7:4318", None),
            ("https://anna:tajne@otel.firma.example", None),
            ("https://otel.firma.example/?key=tajne", None),
            ("otel.firma.example:4317", None),
            ("", None),
        ] {
            assert_eq!(endpoint(address).ok().as_deref(), to, "{address}");
        }
        let refused = endpoint("http://anna:tajne@10.0.0.7").expect_err("refused");
        assert!(!format!("{refused:?}").contains("tajne"), "{refused:?}");
    }
}
