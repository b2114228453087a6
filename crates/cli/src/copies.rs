//! Encrypted copies: made by the server if one runs, else here.

use crate::context::{Context, Failure};
use crate::open;
use kernel::{Fault, FaultKind, Result, Text};
use records::Engine;
use serde::de::DeserializeOwned;
use server::operator::{self, Ask};
use server::{Config, backup};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use vault::Recipient;

/// Where a copy goes.
pub enum Target {
    /// Standard output.
    Output,
    /// A file, which is there whole or not at all.
    File(PathBuf, Over),
}

/// What a copy may take the place of.
#[derive(Clone, Copy)]
pub enum Over {
    /// Nothing.
    Nothing,
    /// An older copy: a file that begins as age's do.
    Copy,
}

/// How an encrypted file begins (age, version 1).
const AGE: &[u8] = b"age-encryption.org/v1\n";

impl Target {
    /// `-` is standard output.
    pub fn new(path: PathBuf, over: Over) -> Self {
        if path == Path::new("-") { Self::Output } else { Self::File(path, over) }
    }

    /// Refuses to write over what is no copy, such as the data or a key.
    fn check(&self) -> Result<()> {
        let Self::File(path, over) = self else { return Ok(()) };
        if path.symlink_metadata().is_err() {
            return Ok(());
        }
        let begins = || {
            let mut start = Vec::new();
            File::open(path).and_then(|file| file.take(AGE.len() as u64).read_to_end(&mut start)).is_ok()
                && start == AGE
        };
        if matches!(over, Over::Copy) && begins() {
            return Ok(());
        }
        let shown = path.display();
        let text = Text::new(
            format!("{shown} już istnieje i pozostaje bez zmian. Podaj inną nazwę pliku albo usuń ten."),
            format!("{shown} is there already, and stays as it is. Give another name, or remove the file."),
        );
        Err(Fault::new(FaultKind::Conflict, text))
    }

    fn write<T>(&self, write: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
        match self {
            Self::Output => {
                let mut out = io::stdout().lock();
                let done = write(&mut out)?;
                out.flush().map_err(|e| vault::io_fault("standard output", &e))?;
                Ok(done)
            }
            Self::File(path, _) => {
                backup::write_whole(path, |mut file: File| write(&mut file).map(|done| (done, file)))
            }
        }
    }
}

/// Where a copy comes from; `-` is standard input.
///
/// # Errors
/// The file cannot be read.
pub fn input(path: &Path) -> Result<Box<dyn Read>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin()));
    }
    let shown = path.display();
    let file = File::open(path).map_err(|e| {
        let text = format!("{shown}: {e}");
        Fault::invalid(Text::new(format!("Nie można odczytać {text}"), format!("Cannot read {text}")))
    })?;
    // A folder opens, and fails only when it is read.
    if file.metadata().is_ok_and(|about| about.is_dir()) {
        return Err(Fault::invalid(Text::new(
            format!("{shown} to folder. Podaj plik kopii."),
            format!("{shown} is a folder. Give the file of the copy."),
        )));
    }
    Ok(Box::new(file))
}

/// Has a copy made. `alone` makes it where no server runs.
///
/// # Errors
/// As the making; the target cannot be written.
pub async fn make<T: DeserializeOwned + Send + 'static>(
    context: &Context,
    config: Config,
    ask: Ask,
    recipients: Vec<Recipient>,
    target: &Target,
    alone: impl FnOnce(&Engine, &[Recipient], &mut dyn Write, &dyn Fn(u64, Option<u64>)) -> Result<T>,
) -> std::result::Result<T, Failure> {
    target.check()?;
    let layout = context.layout();
    let bar = context.ui.bar(&Text::of("Kopia", "Copy"));
    let tell = |done, total| bar.at(done, total);
    if operator::runs(&layout) {
        let asked = tokio::task::block_in_place(|| {
            target.write(|out| operator::ask(&layout, ask, &recipients, out, &tell))
        });
        return Ok(asked?);
    }
    let instance = open::instance(context, &layout, config).await?;
    let engine = instance.app.engine();
    let done = tokio::task::block_in_place(|| target.write(|out| alone(engine, &recipients, out, &tell)));
    instance.close().await?;
    Ok(done?)
}
