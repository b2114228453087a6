//! `klucznik index`

use crate::context::{Code, Context, Failure, Outcome};
use crate::open;
use crate::settings::KeyArgs;
use clap::{Args, Subcommand};
use kernel::{Fault, FaultKind, Result, Text};
use serde_json::json;
use server::Layout;
use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;

/// The index of lists and searches.
#[derive(Args)]
pub struct Index {
    #[command(flatten)]
    key: KeyArgs,
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Throw the index away and build it again from the store
    Rebuild,
}

pub async fn run(context: &Context, args: Index) -> Outcome {
    let Act::Rebuild = args.act;
    let layout = context.layout();
    let config = open::config(&layout, &args.key)?;
    // The key is found before anything is thrown away.
    drop(open::root_key(context, &layout, &config.key)?);
    remove(&layout)?;
    // Opening an instance without an index builds a new one, under a new key.
    let instance = open::instance(context, &layout, config).await?;
    let changes = instance.app.engine().index().applied();
    instance.close().await?;
    if context.ui.json {
        context.ui.answer(&json!({ "changes": changes }))?;
    }
    context.ui.say(&Text::of("Indeks jest gotowy.", "The index is ready."));
    Ok(Code::Done)
}

/// Removes the files of the index, unless the instance is being served.
fn remove(layout: &Layout) -> std::result::Result<(), Failure> {
    let path = layout.dir.join("lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|e| cannot(&path.display(), &e))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let text = Text::new(
                format!("Instancja {} jest już otwarta przez inny proces.", layout.dir.display()),
                format!("The instance {} is open in another process.", layout.dir.display()),
            );
            return Err(
                open::served(Fault::new(FaultKind::Conflict, text), "POST /api/v1/index/rebuild").into()
            );
        }
        Err(TryLockError::Error(e)) => return Err(cannot(&path.display(), &e).into()),
    }
    let index = layout.index();
    for suffix in ["", "-wal", "-shm"] {
        let mut name = index.clone().into_os_string();
        name.push(suffix);
        remove_file(&name)?;
    }
    Ok(())
}

fn remove_file(path: &std::ffi::OsStr) -> Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(cannot(&path.to_string_lossy(), &e)),
        _ => Ok(()),
    }
}

fn cannot(path: &dyn std::fmt::Display, e: &std::io::Error) -> Fault {
    Fault::new(FaultKind::Unavailable, Text::same(format!("{path}: {e}")))
}
