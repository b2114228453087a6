//! `klucznik restore`

use super::keys;
use crate::context::{Code, Context, Failure, Outcome};
use crate::copies;
use crate::open;
use crate::settings::{KeyArgs, Settings};
use clap::Args;
use kernel::{Fault, FaultKind, Result, Text};
use ledger::SignedCheckpoint;
use serde_json::json;
use server::backup::{Attempt, Restored, Stage, moment, restore};
use server::{Config, KeySource, Layout, StoreConfig};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use store::backup::Reader;
use vault::{Identities, open_parcel};

/// An instance from a backup and the copy of its keys, in an empty place.
#[derive(Args)]
pub struct Restore {
    /// The backup; - is standard input
    file: PathBuf,
    /// File with the identity of one of its recipients
    #[arg(long, value_name = "FILE")]
    identity: PathBuf,
    /// The newest copy of the keys (keys export), unless the folder has them already
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
    /// Checkpoint of the ledger that was kept elsewhere: what the backup lacks of it is reported
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
    #[command(flatten)]
    key: KeyArgs,
    #[command(flatten)]
    settings: Settings,
}

pub async fn run(context: &Context, args: Restore) -> Outcome {
    let began = context.clock.now();
    let layout = context.layout();
    let known = args.checkpoint.as_deref().map(super::ledger::read_checkpoint).transpose()?;
    let known = known.as_deref().map(SignedCheckpoint::parse).transpose()?;
    let identities = Identities::from_file(&args.identity)?;
    let config = args.settings.apply(open::config_of(&layout, &args.key)?)?;
    let corrupt = |fault: Fault| Failure::from(fault).found(FaultKind::Corrupt);
    let parcel = open_parcel(&identities, copies::input(&args.file)?).map_err(corrupt)?;
    let mut reader = Reader::new(parcel).map_err(corrupt)?;
    all_is_named(args.keys.as_deref(), &layout, &config)?;
    let mut attempt = Attempt::begin(&layout)?;
    if let Some(copy) = &args.keys {
        keys::import_into(context, &layout, &config, &identities, copy)?;
        if let StoreConfig::Postgresql(at) = &config.store {
            attempt.made_keyring(at.keyring()?);
        }
    }
    let root = open::root_key(context, &layout, &config.key)?;
    let bar = Mutex::new((Stage::Load, context.ui.bar(&label(Stage::Load))));
    let progress = |stage, done, total| {
        let mut bar = bar.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if bar.0 != stage {
            *bar = (stage, context.ui.bar(&label(stage)));
        }
        bar.1.at(done, total);
    };
    let source = (context.clock.clone(), context.random.clone());
    let place = (&layout, attempt);
    let restored = restore(place, &root, config, source, (&mut reader, known.as_ref()), &progress).await;
    drop(bar);
    let restored = restored.map_err(corrupt)?;
    let seconds = context.clock.now().0.saturating_sub(began.0) / 1000;
    tell(context, &restored, seconds)?;
    Ok(if restored.verdict.without_key == 0 { Code::Done } else { Code::Found })
}

/// Keys that are neither given nor there are missed before anything is made.
fn all_is_named(copy: Option<&Path>, layout: &Layout, config: &Config) -> Result<()> {
    let keys = layout.keys();
    let at = keys.display();
    if copy.is_none() && !keys.join("keys.json").exists() {
        return Err(Fault::invalid(Text::new(
            format!(
                "W {at} nie ma kluczy instancji. Podaj ich najnowszą kopię (z klucznik keys export): --keys PLIK"
            ),
            format!(
                "There are no keys of an instance in {at}. Give their newest copy (of klucznik keys export): --keys FILE"
            ),
        )));
    }
    if config.key == (KeySource::Default {}) && !layout.root_key().exists() {
        return Err(Fault::invalid(Text::new(
            format!(
                "W {at} nie ma klucza głównego root.key. Powiedz, skąd go wziąć: --key-file PLIK, --key passphrase albo --credential NAZWA"
            ),
            format!(
                "There is no root key root.key in {at}. Say where it comes from: --key-file FILE, --key passphrase or --credential NAME"
            ),
        )));
    }
    Ok(())
}

const fn label(stage: Stage) -> Text {
    match stage {
        Stage::Load => Text::of("Wczytywanie", "Loading"),
        Stage::Verify => Text::of("Sprawdzanie", "Verifying"),
        Stage::Index => Text::of("Indeks", "Index"),
    }
}

fn tell(context: &Context, restored: &Restored, seconds: i64) -> Result<()> {
    let Restored { state, records, verdict, erased } = restored;
    if context.ui.json {
        return context.ui.answer(&json!({ "restored": restored, "seconds": seconds }));
    }
    let (at, events) = (state.at.rfc3339(), state.events);
    let (people, removed) = (erased.subjects, erased.removed);
    context.ui.say(&Text::new(
        format!("Przywrócono stan z {at} w {seconds} s. Rekordów: {records}, zdarzeń w dzienniku: {events}, sprawdzonych.\nUsunięto ponownie osób i firm: {people}, ich rekordów: {removed}."),
        format!("Restored the state of {at} in {seconds} s. Records: {records}; events in the ledger: {events}, verified.\nErased anew: {people} people and companies, {removed} records of theirs."),
    ));
    if let Some((size, when)) = state.known {
        let (lost, when) = (size.saturating_sub(events), moment(when));
        context.ui.say(&Text::new(
            format!("Uwaga: znany jest nowszy punkt kontrolny ({size} zdarzeń, {when}). Brakuje zdarzeń: {lost}; tego, co po kopii zapisano, nie ma."),
            format!("Note: a newer checkpoint is known ({size} events, {when}). Events missing: {lost}; what was written after the backup is not there."),
        ));
    }
    if verdict.without_key > 0 {
        let n = verdict.without_key;
        context.ui.say(&Text::new(
            format!("Uwaga: rekordów bez klucza: {n}. Kopia kluczy jest starsza od kopii danych; bez nowszej nie da się ich otworzyć."),
            format!("Note: records without a key: {n}. The copy of the keys is older than the backup; without a newer one they cannot be opened."),
        ));
    }
    context.ui.say(&Text::of(
        "Sesje i tokeny nie wróciły: każdy loguje się na nowo. Hasła, role i zawieszenia są takie jak w chwili kopii: sprawdź, komu od tego czasu odebrano prawa.",
        "Sessions and tokens did not come back: everybody signs in anew. Passwords, roles and suspensions are as they were at the time of the backup: see whose rights were taken away since.",
    ));
    Ok(())
}
