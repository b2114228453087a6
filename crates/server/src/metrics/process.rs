//! What the process takes of the machine.

use kernel::Time;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};
use std::fs;
use std::sync::atomic::{AtomicI64, AtomicU64};

/// What the process takes.
#[derive(Default)]
pub struct Process {
    memory: Gauge<i64, AtomicI64>,
    files: Gauge<i64, AtomicI64>,
    started: Gauge<f64, AtomicU64>,
}

impl Process {
    /// Registers what is measured.
    pub fn register(&self, registry: &mut Registry) {
        let r = registry.sub_registry_with_prefix("process");
        r.register_with_unit("resident_memory", "Memory in use", Unit::Bytes, self.memory.clone());
        r.register("open_fds", "Open files and connections", self.files.clone());
        r.register_with_unit(
            "start_time",
            "When the server began, since 1970",
            Unit::Seconds,
            self.started.clone(),
        );
    }

    /// Looks at the process, where the machine shows it as Linux does.
    pub fn look(&self, started: Time) {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = memory.and_then(|text| text.trim().strip_suffix("kB")?.trim().parse::<i64>().ok());
        self.memory.set(kib.unwrap_or_default() << 10);
        let files = fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
        self.files.set(super::whole(files));
        #[allow(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit")]
        self.started.set(started.0 as f64 / 1_000.0);
    }
}
