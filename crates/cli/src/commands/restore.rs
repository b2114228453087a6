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
use server::backup::{Attempt, Restored, Stage, moment, restore, settings_of};
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
    let of_backup = |fault| corrupt(about(&Text::of("Kopia danych", "The backup"), fault));
    let parcel = open_parcel(&identities, copies::input(&args.file)?).map_err(of_backup)?;
    let mut reader = Reader::new(parcel).map_err(of_backup)?;
    is_empty(&layout, &config)?;
    let mut attempt = Attempt::begin(&layout, &config, &*context.random)?;
    all_is_named(args.keys.as_deref(), &layout, &config)?;
    if let Some(copy) = &args.keys {
        let of_keys = |fault| corrupt(about(&Text::of("Kopia kluczy", "The copy of the keys"), fault));
        let into = (&layout, &config, Some(attempt.number()));
        keys::import_into(context, into, &identities, copy).map_err(of_keys)?;
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
    let used = (config.key.clone(), config.store.clone());
    let restored = restore(place, &root, config, source, (&mut reader, known.as_ref()), &progress).await;
    drop(bar);
    let restored = restored.map_err(corrupt)?;
    let seconds = context.clock.now().0.saturating_sub(began.0) / 1000;
    tell(context, &restored, seconds)?;
    tell_of_settings(context, &layout, &used)?;
    Ok(if restored.verdict.without_key == 0 { Code::Done } else { Code::Found })
}

/// Says of which file a failure is.
fn about(what: &Text, fault: Fault) -> Fault {
    let Text { pl, en } = &fault.message;
    Fault { message: Text::new(format!("{}: {pl}", what.pl), format!("{}: {en}", what.en)), ..fault }
}

/// A folder that has data already is refused before anything else: they may be those that a restore put there.
fn is_empty(layout: &Layout, config: &Config) -> Result<()> {
    if config.store != StoreConfig::File || !layout.store().exists() {
        return Ok(());
    }
    let dir = layout.dir.display();
    Err(Fault::new(
        FaultKind::Conflict,
        Text::new(
            format!(
                "W folderze {dir} są już dane instancji; pozostają bez zmian. Jeśli są to dane z tej kopii, uruchom: klucznik serve --dir {dir}. Aby przywrócić kopię obok, podaj inny, pusty folder: --dir"
            ),
            format!(
                "There are data of an instance in {dir} already, and they stay as they are. If they are those of this backup, run: klucznik serve --dir {dir}. To restore the backup beside them, give another, empty folder: --dir"
            ),
        ),
    ))
}

/// Settings that were there before stay as they are: a start needs to know from them what was only said here.
fn tell_of_settings(context: &Context, layout: &Layout, used: &(KeySource, StoreConfig)) -> Result<()> {
    let kept = Config::load(&layout.dir)?;
    if (&kept.key, &kept.store) == (&used.0, &used.1) {
        return Ok(());
    }
    let path = layout.dir.join(Config::FILE);
    let (path, lines) = (path.display(), settings_of(&used.0, &used.1)?);
    context.ui.note(&Text::new(
        format!(
            "Uwaga: {path} wskazuje inny klucz główny albo inne miejsce danych niż to polecenie, więc klucznik serve by ich nie znalazł. Wpisz tam:\n\n{lines}"
        ),
        format!(
            "Note: {path} names another root key or another place of the data than this command did, so klucznik serve would not find them. Write there:\n\n{lines}"
        ),
    ));
    Ok(())
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
    if copy.is_some() && keys.join("keys.json").exists() {
        return Err(Fault::new(
            FaultKind::Conflict,
            Text::new(
                format!(
                    "W {at} są już klucze instancji; pozostają bez zmian. Aby przywrócić dane do nich, pomiń --keys. Jeśli dane już przywrócono, uruchom serwer: klucznik serve"
                ),
                format!(
                    "There are keys of an instance in {at} already, and they stay as they are. To restore the data to them, leave --keys out. If the data are restored already, start the server: klucznik serve"
                ),
            ),
        ));
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
