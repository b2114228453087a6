//! What the program says while it works. No personal data: events carry ids and counts alone.

use crate::args::LogFormat;
use std::io::{self, IsTerminal};
use tracing_subscriber::EnvFilter;

/// Begins logging to standard error. `serving` says more than short commands do; `KLUCZNIK_LOG` decides
/// otherwise (`tracing-subscriber`'s directives, such as `debug`).
pub fn start(format: Option<LogFormat>, serving: bool) {
    let default = if serving { "info" } else { "warn" };
    let filter = EnvFilter::try_from_env("KLUCZNIK_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    let plain = if io::stderr().is_terminal() { LogFormat::Text } else { LogFormat::Json };
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    match format.unwrap_or(plain) {
        LogFormat::Json => builder.json().init(),
        LogFormat::Text => builder.with_target(false).init(),
    }
}
