//! What a command works with, and how it ends.

use crate::args::{Global, LogFormat};
use crate::log;
use crate::ui::Ui;
use kernel::{Clock, Fault, FaultKind, Random, SystemClock, SystemRandom, Text};
use server::{Layout, Telemetry, TelemetryConfig};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How a command ends. The numbers are documented and do not change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Code {
    /// Done.
    Done = 0,
    /// Refused or failed; the reason was told.
    Failed = 1,
    /// Wrong usage.
    Usage = 2,
    /// A verification, or the doctor, found something wrong.
    Found = 3,
    /// The doctor found warnings alone.
    Warned = 4,
}

/// Why a command did not do what it should.
pub struct Failure {
    code: Code,
    fault: Box<Fault>,
}

/// How a command ends, or why not.
pub type Outcome = Result<Code, Failure>;

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self { code: Code::Failed, fault: Box::new(fault) }
    }
}

impl Failure {
    /// A verification found something, if it is of this kind.
    pub fn found(self, kind: FaultKind) -> Self {
        let code = if self.fault.kind == kind { Code::Found } else { self.code };
        Self { code, ..self }
    }

    /// What was asked makes no sense.
    pub fn usage(message: Text) -> Self {
        Self { code: Code::Usage, fault: Box::new(Fault::invalid(message)) }
    }
}

/// What a command works with.
pub struct Context {
    /// The person at the terminal.
    pub ui: Ui,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    dir: Option<PathBuf>,
    log_format: Option<LogFormat>,
}

impl Context {
    pub fn new(global: Global) -> Self {
        let ui = Ui::new(global.lang.map(Into::into), global.json, global.verbose);
        let Global { dir, log_format, .. } = global;
        Self { ui, clock: Arc::new(SystemClock), random: Arc::new(SystemRandom), dir, log_format }
    }

    /// Begins the log of what serves, and the way to the collector of the settings.
    ///
    /// # Errors
    /// As [`Telemetry::begin`].
    pub fn follow(&self, config: &TelemetryConfig) -> kernel::Result<Option<Telemetry>> {
        let telemetry = Telemetry::begin(config, &self.random)?;
        log::start(self.log_format, "info", telemetry.as_ref());
        Ok(telemetry)
    }

    /// The instance's folder.
    pub fn dir(&self) -> &Path {
        self.dir_or("klucznik-data")
    }

    /// The instance's folder, or this one if none was named.
    pub fn dir_or<'a>(&'a self, default: &'a str) -> &'a Path {
        self.dir.as_deref().unwrap_or(Path::new(default))
    }

    /// Where the instance's files lie.
    pub fn layout(&self) -> Layout {
        Layout::new(self.dir())
    }

    /// Tells why it failed.
    pub fn fail(&self, failure: &Failure) -> Code {
        self.ui.fault(&failure.fault);
        failure.code
    }
}
