//! `klucznik ledger`

mod check;
mod checkpoint;
pub mod copy;
mod proof;
mod verify;

pub use verify::{goes_on_from, read_checkpoint};

use crate::context::{Context, Outcome};
use crate::settings::KeyArgs;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// The record of every act.
#[derive(Subcommand)]
pub enum Ledger {
    /// Verify all events, rows and checkpoints, offline, also of a copy; exit code 3 if anything is wrong
    Verify(Verify),
    /// Make a file that proves one event to whoever has the public key; the instance must be stopped
    Proof(Proof),
    /// Check a proof file without the data
    Check(Check),
    /// Print the last signed checkpoint, to be kept somewhere else
    Checkpoint(Checkpoint),
}

#[derive(Args)]
pub struct Verify {
    /// Folder with a copy of the data, verified instead of the instance; its own keys/ is used if it has one
    #[arg(long, value_name = "FOLDER")]
    copy: Option<PathBuf>,
    /// Checkpoint that was kept elsewhere: the ledger must go on from it
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
    #[command(flatten)]
    key: KeyArgs,
}

#[derive(Args)]
pub struct Proof {
    /// Id of the event
    event: String,
    /// Where the proof goes [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    key: KeyArgs,
}

#[derive(Args)]
pub struct Check {
    /// The proof file
    file: PathBuf,
    /// Public key of the ledger, known from elsewhere; without it the file only agrees with itself
    #[arg(long, value_name = "HEX")]
    public_key: Option<String>,
}

#[derive(Args)]
pub struct Checkpoint {
    #[command(flatten)]
    key: KeyArgs,
}

pub async fn run(context: &Context, command: Ledger) -> Outcome {
    match command {
        Ledger::Verify(args) => verify::run(context, &args),
        Ledger::Proof(args) => proof::run(context, args).await,
        Ledger::Check(args) => check::run(context, &args),
        Ledger::Checkpoint(args) => checkpoint::run(context, &args),
    }
}
