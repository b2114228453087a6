//! The program `klucznik`: makes, serves and looks after an instance.

mod args;
mod commands;
mod context;
mod copies;
mod log;
mod open;
mod polish;
mod secrets;
mod settings;
mod ui;
mod words;

use args::{Cli, Command};
use context::{Code, Context, Failure, Outcome};
use kernel::Fault;
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    silence_panics();
    forbid_dumps();
    let Cli { global, command } = polish::command_line();
    // What is served begins to log with its settings, which say where spans go.
    if !matches!(command, Command::Serve(_) | Command::Demo(_)) {
        log::start(global.log_format, "warn", None);
    }
    let context = Context::new(global);
    let runtime = match server::runtime() {
        Ok(runtime) => runtime,
        Err(e) => return context.fail(&Failure::from(Fault::bug(e))).into(),
    };
    let code = runtime.block_on(run(&context, command)).unwrap_or_else(|failure| context.fail(&failure));
    code.into()
}

async fn run(context: &Context, command: Command) -> Outcome {
    match command {
        Command::Init(args) => commands::init::run(context, args).await,
        Command::Serve(args) => commands::serve::run(context, args).await,
        Command::Demo(args) => commands::demo::run(context, args).await,
        Command::Import(args) => commands::import::run(context, args).await,
        Command::User(args) => commands::user::run(context, args).await,
        Command::Keys(args) => commands::keys::run(context, args).await,
        Command::Index(args) => commands::index::run(context, args).await,
        Command::Backup(args) => commands::backup::run(context, args).await,
        Command::Restore(args) => commands::restore::run(context, args).await,
        Command::Migrate(args) => commands::migrate::run(context, args).await,
        Command::Ledger(args) => commands::ledger::run(context, args).await,
        Command::Mail(args) => commands::mail::run(context, args).await,
        Command::Doctor(args) => commands::doctor::run(context, *args).await,
    }
}

/// A dump of memory would hold keys and data of people. The doctor tells if the machine does not go along.
fn forbid_dumps() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

/// What a panic carries may hold data of people: only its place is told.
fn silence_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        // Nothing is left to do if standard error is closed.
        let _ = writeln!(std::io::stderr(), "klucznik: a fault of the program at {place}");
    }));
}

impl From<Code> for ExitCode {
    fn from(code: Code) -> Self {
        Self::from(code as u8)
    }
}
