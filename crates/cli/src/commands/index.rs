//! `klucznik index`

use crate::context::{Code, Context, Outcome};
use crate::open;
use crate::settings::KeyArgs;
use clap::{Args, Subcommand};
use kernel::{Result, Text};
use serde_json::json;
use server::{Layout, io_fault, lock_folder};
use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

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
fn remove(layout: &Layout) -> Result<()> {
    let _lock = lock_folder(layout).map_err(|fault| open::served(fault, "POST /api/v1/index/rebuild"))?;
    let index = layout.index();
    for suffix in ["", "-wal", "-shm"] {
        let mut name = index.clone().into_os_string();
        name.push(suffix);
        remove_file(&name)?;
    }
    Ok(())
}

fn remove_file(name: &OsStr) -> Result<()> {
    match fs::remove_file(name) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(io_fault(Path::new(name), &e)),
        _ => Ok(()),
    }
}
