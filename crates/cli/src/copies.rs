//! Encrypted copies: made by the server if one runs, else here.

use crate::context::{Context, Failure};
use crate::open;
use kernel::{Fault, Result, Text};
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
    File(PathBuf),
}

impl Target {
    /// `-` is standard output.
    pub fn new(path: PathBuf) -> Self {
        if path == Path::new("-") { Self::Output } else { Self::File(path) }
    }

    fn write<T>(&self, write: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
        match self {
            Self::Output => {
                let mut out = io::stdout().lock();
                let done = write(&mut out)?;
                out.flush().map_err(|e| vault::io_fault("standard output", &e))?;
                Ok(done)
            }
            Self::File(path) => {
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
    let file = File::open(path).map_err(|e| {
        let text = format!("{}: {e}", path.display());
        Fault::invalid(Text::new(format!("Nie można odczytać {text}"), format!("Cannot read {text}")))
    })?;
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
