//! What can be said on the command line.

use crate::commands::{
    backup, demo, doctor, import, index, init, keys, ledger, mail, migrate, restore, serve, user,
};
use clap::{Args, Parser, Subcommand, ValueEnum};
use kernel::Lang;
use std::path::PathBuf;

/// Self-hosted CRM that protects the people in it.
#[derive(Parser)]
#[command(
    name = "klucznik",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 done; 1 refused or failed, with the reason; 2 wrong usage; \
                  3 verification or doctor found something; 4 doctor found warnings alone."
)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command knows.
#[derive(Args)]
pub struct Global {
    /// Folder of the instance [default: klucznik-data; demo: demo-data]
    #[arg(long, global = true, env = "KLUCZNIK_DIR", value_name = "FOLDER")]
    pub dir: Option<PathBuf>,
    /// Language of messages [default: from LC_ALL, LC_MESSAGES, LANG]
    #[arg(long, global = true, env = "KLUCZNIK_LANG", value_name = "LANG")]
    pub lang: Option<Language>,
    /// Answer in JSON, for scripts
    #[arg(long, global = true)]
    pub json: bool,
    /// Say more about failures
    #[arg(long, short, global = true)]
    pub verbose: bool,
    /// Form of the log on standard error [default: text on a terminal, else json]
    #[arg(long, global = true, env = "KLUCZNIK_LOG_FORMAT", value_name = "FORM")]
    pub log_format: Option<LogFormat>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Language {
    Pl,
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Pl => Self::Pl,
            Language::En => Self::En,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub enum LogFormat {
    Json,
    Text,
}

#[derive(Subcommand)]
pub enum Command {
    /// Make an empty instance: keys, first administrator, certificate
    Init(init::Init),
    /// Serve the instance over TLS until SIGTERM or Ctrl-C
    Serve(serve::Serve),
    /// Make a sample organisation and serve it
    Demo(demo::Demo),
    /// Bring in a file (CSV, XLSX, vCard), or undo an import; the instance must be stopped
    #[command(subcommand)]
    Import(import::Import),
    /// Users, from the machine itself; for all but `networks clear` the instance must be stopped
    User(user::User),
    /// Back all data up, encrypted and without keys; prove that a backup restores
    Backup(backup::Backup),
    /// Make an instance of a backup, in an empty place
    Restore(restore::Restore),
    /// State, rotation and copies of keys
    Keys(keys::Keys),
    /// The index of lists and searches; the instance must be stopped
    Index(index::Index),
    /// The format of the database: what a start adds to it, and what can go
    Migrate(migrate::Migrate),
    /// Verify the ledger, prove its events
    #[command(subcommand)]
    Ledger(ledger::Ledger),
    /// Try whether mail leaves
    Mail(mail::Mail),
    /// Look for what is wrong with the instance, served or not, and say what to do
    Doctor(Box<doctor::Doctor>),
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
