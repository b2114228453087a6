//! What the program says while it works. No personal data: events carry ids and counts alone.

use crate::args::LogFormat;
use kernel::SPANS;
use server::Telemetry;
use std::env;
use std::io::{self, IsTerminal};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt, registry};

/// Begins logging to standard error, and telling spans to a collector if there is one. `default` is what is said
/// unless `KLUCZNIK_LOG` decides otherwise (`tracing-subscriber`'s directives, such as `debug`).
pub fn start(format: Option<LogFormat>, default: &str, telemetry: Option<&Telemetry>) {
    let said = env::var("KLUCZNIK_LOG").ok().filter(|said| !said.is_empty());
    let filter =
        said.and_then(|said| EnvFilter::try_new(said).ok()).unwrap_or_else(|| EnvFilter::new(default));
    let plain = if io::stderr().is_terminal() { LogFormat::Text } else { LogFormat::Json };
    let lines = fmt::layer().with_writer(io::stderr);
    let lines = match format.unwrap_or(plain) {
        LogFormat::Json => lines.json().boxed(),
        LogFormat::Text => lines.with_target(false).boxed(),
    };
    // Spans for a collector are not of the log, as lines of the log are not for a collector.
    let lines = lines.with_filter(filter_fn(|metadata| metadata.target() != SPANS)).with_filter(filter);
    registry().with(lines).with(telemetry.map(Telemetry::layer)).init();
}
