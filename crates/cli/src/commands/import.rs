//! `klucznik import`

use crate::context::{Code, Context, Failure, Outcome};
use crate::open;
use crate::settings::KeyArgs;
use clap::{Args, Subcommand, ValueEnum};
use intake::Mapping;
use kernel::{ActId, Fault, FaultKind, Result, Text};
use records::{Engine, ImportMode, ImportOptions, ImportReport};
use server::{Config, Layout};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Bringing in files.
#[derive(Subcommand)]
pub enum Import {
    /// Bring in people
    People(File),
    /// Bring in companies
    Companies(File),
    /// Bring in leads
    Leads(File),
    /// Bring in deals
    Deals(File),
    /// Take back a whole import, as far as nobody touched its records since
    Undo(Undo),
}

/// CSV, XLSX or vCard. Rows that cannot go in are listed; the others go in.
#[derive(Args)]
pub struct File {
    /// The file
    file: PathBuf,
    /// Username of the user on whose behalf it is done; that user's rights apply
    #[arg(long = "as", env = "KLUCZNIK_AS", value_name = "LOGIN")]
    user: String,
    /// What a column feeds: "Heading=field", "Heading=owner", or "Heading=-" to leave it out; repeatable
    #[arg(long = "map", value_name = "HEADING=FIELD")]
    map: Vec<String>,
    /// Sheet of an XLSX file [default: the first visible]
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Encoding of a text file, such as windows-1250 [default: found]
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Only say what would happen
    #[arg(long)]
    dry_run: bool,
    /// What to do with a row whose unique value, such as an e-mail address, is there already
    #[arg(long, value_name = "WHAT", default_value = "skip")]
    on_duplicate: OnDuplicate,
    /// Go on with an import that was stopped: the same file, the id that was printed
    #[arg(long, value_name = "ID")]
    resume: Option<String>,
    #[command(flatten)]
    key: KeyArgs,
}

#[derive(Clone, Copy, ValueEnum)]
enum OnDuplicate {
    /// Leave the row out and list it
    Skip,
    /// Fill the record with the row's values
    Update,
    /// Make a second record
    Create,
}

/// Which import, on whose behalf.
#[derive(Args)]
pub struct Undo {
    /// Id of the import
    id: String,
    /// Username of the user who made it
    #[arg(long = "as", env = "KLUCZNIK_AS", value_name = "LOGIN")]
    user: String,
    #[command(flatten)]
    key: KeyArgs,
}

pub async fn run(context: &Context, command: Import) -> Outcome {
    match command {
        Import::People(file) => bring_in(context, "people", file).await,
        Import::Companies(file) => bring_in(context, "companies", file).await,
        Import::Leads(file) => bring_in(context, "leads", file).await,
        Import::Deals(file) => bring_in(context, "deals", file).await,
        Import::Undo(undo) => take_back(context, undo).await,
    }
}

async fn bring_in(context: &Context, plural: &str, args: File) -> Outcome {
    let options = options(&args)?;
    if !args.file.is_file() {
        let path = args.file.display();
        return Err(Fault::new(
            FaultKind::NotFound,
            Text::new(format!("Nie ma pliku {path}."), format!("There is no file {path}.")),
        )
        .into());
    }
    let layout = context.layout();
    let config = open::config(&layout, &args.key)?;
    let api = curl(&layout, &config, plural, &args);
    let instance =
        open::instance(context, &layout, config).await.map_err(|fault| open::served(fault, &api))?;
    let done = import(context, instance.app.engine(), plural, &args, &options).await;
    instance.close().await?;
    let report = done?;
    if context.ui.json {
        context.ui.answer(&report)?;
    } else {
        print(context, &report);
    }
    if !report.finished && !report.dry_run {
        let (id, file, user, dir) = (report.id, args.file.display(), &args.user, layout.dir.display());
        let line = format!("klucznik import {plural} {file} --dir {dir} --as {user} --resume {id}");
        context.ui.note(&Text::new(
            format!("Import nie jest skończony. Dokończy go:\n  {line}"),
            format!("The import is not finished. To go on:\n  {line}"),
        ));
    }
    let nothing = report.made + report.updated == 0;
    Ok(if nothing || !report.finished { Code::Failed } else { Code::Done })
}

fn options(args: &File) -> std::result::Result<ImportOptions, Failure> {
    let resume = args.resume.as_deref().map(id).transpose()?;
    let mode = match args.on_duplicate {
        OnDuplicate::Skip => ImportMode::Skip,
        OnDuplicate::Update => ImportMode::Update,
        OnDuplicate::Create => ImportMode::Create,
    };
    let name = args.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(ImportOptions { name, mode, dry_run: args.dry_run, resume, cancel: Arc::default() })
}

fn id(text: &str) -> std::result::Result<ActId, Failure> {
    text.parse().map_err(|()| {
        Failure::usage(Text::new(
            format!("„{text}” nie jest numerem importu."),
            format!("\"{text}\" is no id of an import."),
        ))
    })
}

async fn import(
    context: &Context,
    engine: &Engine,
    plural: &str,
    args: &File,
    options: &ImportOptions,
) -> Result<ImportReport> {
    let caller = open::caller(context, engine, &args.user)?;
    let policy = caller.policy.clone();
    let entity =
        policy.catalog.entities().iter().find(|e| e.plural == plural).ok_or_else(|| Fault::bug("entity"))?;
    let how = intake::Options { sheet: args.sheet.clone(), encoding: args.encoding.clone(), delimiter: None };
    let path = args.file.clone();
    let source =
        tokio::task::spawn_blocking(move || intake::open(&path, &how)).await.map_err(Fault::bug)??;
    let mapping = Mapping::guess(entity, source.headings()).with(entity, &args.map)?;
    stop_on_ctrl_c(options.cancel.clone());
    let bar = context.ui.bar(&Text::of("Wczytywanie", "Import"));
    let report =
        engine.import(&caller, entity, source, mapping, options, &|done, total| bar.at(done, total)).await?;
    Ok(report.into_inner())
}

/// The first Ctrl-C ends the import after the rows under way; the second ends the program.
fn stop_on_ctrl_c(cancel: Arc<AtomicBool>) {
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            if cancel.swap(true, Ordering::Relaxed) {
                std::process::exit(130);
            }
        }
    });
}

fn print(context: &Context, report: &ImportReport) {
    let ui = &context.ui;
    let mut listed: Vec<_> = report.listed.iter().collect();
    listed.sort_by_key(|row| row.line);
    for row in listed {
        let column = row.column.as_deref().map(|c| format!(", {c}")).unwrap_or_default();
        let example = row.example.as_deref().map(|e| format!(" ({e})")).unwrap_or_default();
        let (line, reason) = (row.line, &row.reason);
        ui.say(&Text::new(
            format!("wiersz {line}{column}: {}{example}", reason.pl),
            format!("line {line}{column}: {}{example}", reason.en),
        ));
    }
    let more = (report.refused + report.duplicates).saturating_sub(report.listed.len() as u64);
    if more > 0 {
        ui.say(&Text::new(format!("… i jeszcze {more}"), format!("… and {more} more")));
    }
    if !report.unused_columns.is_empty() {
        let columns = report.unused_columns.join(", ");
        ui.say(&Text::new(
            format!("Kolumny, które niczego nie zasiliły (--map): {columns}"),
            format!("Columns that fed nothing (--map): {columns}"),
        ));
    }
    let ImportReport { rows, made, updated, companies_made, duplicates, refused, id, .. } = report;
    ui.say(&Text::new(
        format!("Wierszy: {rows}. Nowych: {made}, zmienionych: {updated}, firm z nazwy: {companies_made}, powtórzonych: {duplicates}, odrzuconych: {refused}."),
        format!("Rows: {rows}. Made: {made}, changed: {updated}, companies by name: {companies_made}, duplicates: {duplicates}, refused: {refused}."),
    ));
    if report.dry_run {
        ui.say(&Text::of("To była próba: niczego nie zapisano.", "This was a trial: nothing was written."));
    } else {
        ui.say(&Text::new(format!("Numer importu: {id}"), format!("Id of the import: {id}")));
    }
}

async fn take_back(context: &Context, args: Undo) -> Outcome {
    let act = id(&args.id)?;
    let api = format!("POST /api/v1/imports/{act}/undo");
    let instance = open::stopped(context, &args.key, &api).await?;
    let engine = instance.app.engine();
    let done = match open::caller(context, engine, &args.user) {
        Ok(caller) => engine.undo_import(&caller, act).await,
        Err(fault) => Err(fault),
    };
    instance.close().await?;
    let undone = done?.into_inner();
    if context.ui.json {
        context.ui.answer(&undone)?;
    }
    let (removed, restored, kept) = (undone.removed, undone.restored, undone.kept);
    context.ui.say(&Text::new(
        format!("Usunięto: {removed}, przywrócono: {restored}, pozostawiono, bo są w użyciu: {kept}."),
        format!("Removed: {removed}, put back: {restored}, left alone because they are in use: {kept}."),
    ));
    Ok(Code::Done)
}

/// The same import through the API, for an instance that is being served. The session is in `jar`.
fn curl(layout: &Layout, config: &Config, plural: &str, args: &File) -> String {
    let host = config.hosts.first().map_or("localhost", String::as_str);
    let authority = match config.certificate {
        Some(_) => String::new(),
        None => format!(" --cacert {}", quoted(&layout.tls().join("ca.pem").display().to_string())),
    };
    let file_name = args.file.file_name().unwrap_or_else(|| Path::new("file").as_os_str()).to_string_lossy();
    let mut query = vec![format!("name={file_name}")];
    query.extend(args.map.iter().map(|m| format!("map={m}")));
    query.extend(args.sheet.iter().map(|s| format!("sheet={s}")));
    query.extend(args.resume.iter().map(|r| format!("resume={r}")));
    query.extend(args.dry_run.then(|| "dry_run=true".to_owned()));
    query.extend(args.on_duplicate.to_possible_value().map(|v| format!("on_duplicate={}", v.get_name())));
    let query: String = query.iter().map(|q| format!(" --url-query {}", quoted(q))).collect();
    let data = quoted(&format!("@{}", args.file.display()));
    let port = config.listen.port();
    format!(
        "curl{authority} --cookie jar --header 'Content-Type: application/octet-stream' --data-binary {data}{query} https://{host}:{port}/api/v1/imports/{plural}"
    )
}

/// A word that a POSIX shell takes as it is.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
