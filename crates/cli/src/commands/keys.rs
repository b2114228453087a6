//! `klucznik keys`

use crate::context::{Code, Context, Outcome};
use crate::copies::{self, Over, Target};
use crate::open;
use crate::settings::KeyArgs;
use clap::{Args, Subcommand};
use kernel::{Fault, Result, Text};
use ledger::{Act, Who};
use records::Engine;
use serde_json::{Value, json};
use server::operator::Ask;
use server::{Config, Layout, StoreConfig};
use std::cell::Cell;
use std::path::{Path, PathBuf};
use store::PostgresKeyring;
use vault::{Identities, KeyStatus, Keyring, KeysCopied, Recipient, RootKey, Vault, open_parcel};

/// State and rotation of keys.
#[derive(Args)]
pub struct Keys {
    #[command(flatten)]
    key: KeyArgs,
    #[command(subcommand)]
    act: KeysAct,
}

#[derive(Subcommand)]
enum KeysAct {
    /// Ages and counts of keys, and the public key of the ledger
    Status,
    /// Wrap all keys under a new epoch and destroy the older ones; goes on where it was broken off
    Rotate,
    /// Write the keyring's own copy, encrypted: without it no backup can be restored. Only the newest may be
    /// kept: an older one revives, with an old backup, whoever was erased since
    Export {
        /// Where it goes, over the older copy; - is standard output
        file: PathBuf,
        /// Whom it is encrypted for, repeatable [default: as klucznik.toml says]
        #[arg(long = "recipient", value_name = "AGE1…")]
        recipients: Vec<Recipient>,
    },
    /// Take the keyring's own copy into a folder without keys
    Import {
        /// The copy; - is standard input
        file: PathBuf,
        /// File with the identity of one of its recipients
        #[arg(long, value_name = "FILE")]
        identity: PathBuf,
    },
    /// Write a new root key to a file, to make a systemd credential of it; needs no instance
    Create {
        /// The file; must not exist
        file: PathBuf,
    },
}

pub async fn run(context: &Context, args: Keys) -> Outcome {
    let api = match args.act {
        KeysAct::Export { file, recipients } => return export(context, &args.key, file, recipients).await,
        KeysAct::Import { file, identity } => return import(context, &args.key, &file, &identity),
        KeysAct::Create { file } => {
            RootKey::create_file(&file, &*context.random)?;
            let shown = file.display();
            context.ui.say(&Text::new(format!("Zapisano klucz: {shown}"), format!("Wrote the key: {shown}")));
            return Ok(Code::Done);
        }
        KeysAct::Status => "GET /api/v1/keys",
        KeysAct::Rotate => "POST /api/v1/keys/rotate",
    };
    let rotates = matches!(args.act, KeysAct::Rotate);
    let instance = open::stopped(context, &args.key, api).await?;
    let engine = instance.app.engine();
    let done = if rotates { rotate(context, engine).await } else { status(context, engine).await };
    instance.close().await?;
    done?;
    Ok(Code::Done)
}

async fn export(context: &Context, key: &KeyArgs, file: PathBuf, recipients: Vec<Recipient>) -> Outcome {
    let config = open::config(&context.layout(), key)?;
    let recipients = if recipients.is_empty() { config.backup.recipients()? } else { recipients };
    if recipients.is_empty() {
        return Err(vault::no_recipient().into());
    }
    let target = Target::new(file, Over::Copy);
    let copied: KeysCopied =
        copies::make(context, config, Ask::KeysExport, recipients, &target, |engine, to, out, _| {
            engine.export_keys(Who::Operator, to, out).map(|(copied, _)| copied)
        })
        .await?;
    told(context, &copied, matches!(target, Target::Output))?;
    Ok(Code::Done)
}

fn import(context: &Context, key: &KeyArgs, file: &Path, identity: &Path) -> Outcome {
    let layout = context.layout();
    let config = open::config_of(&layout, key)?;
    let identities = Identities::from_file(identity)?;
    let copied = import_into(context, (&layout, &config, None), &identities, file)?;
    told(context, &copied, false)?;
    Ok(Code::Done)
}

/// Takes a copy of the keys into the folder of an instance, and into a database with the number of the attempt at
/// restoring for which it is made.
///
/// # Errors
/// As [`Vault::import`].
pub fn import_into(
    context: &Context,
    (layout, config, attempt): (&Layout, &Config, Option<i64>),
    identities: &Identities,
    file: &Path,
) -> Result<KeysCopied> {
    let mut copy = open_parcel(identities, copies::input(file)?)?;
    let root = |source| open::root_key_of(context, layout, &config.key, || Ok(source));
    let StoreConfig::Postgresql(at) = &config.store else {
        return Vault::import(&layout.keys(), root, &*context.random, &mut copy);
    };
    let (place, made) = (at.keyring()?, Cell::new(false));
    let home = |organisation| -> Result<Box<dyn Keyring>> {
        let keyring = PostgresKeyring::create_by(attempt, &place, organisation)?;
        made.set(true);
        Ok(Box::new(keyring))
    };
    let copied = Vault::import_over(home, &layout.keys(), root, &mut copy);
    if copied.is_err()
        && made.get()
        && let Err(fault) = PostgresKeyring::remove_from(&place)
    {
        // Why the copy was not taken matters more.
        tracing::warn!(%fault, "what was begun of a keyring stays in the database");
    }
    copied
}

fn told(context: &Context, copied: &KeysCopied, quiet: bool) -> Result<()> {
    if context.ui.json && !quiet {
        return context.ui.answer(copied);
    }
    let KeysCopied { subjects, tombstones, .. } = copied;
    context.ui.note(&Text::new(
        format!("Kluczy osób i firm: {subjects}, zniszczonych: {tombstones}.\nTrzymaj tylko najnowszą kopię kluczy: starsza ożywia, razem ze starą kopią danych, osoby usunięte od tego czasu."),
        format!("Keys of people and companies: {subjects}; destroyed: {tombstones}.\nKeep only the newest copy of the keys: an older one revives, with an old backup, whoever was erased since."),
    ));
    Ok(())
}

async fn status(context: &Context, engine: &Engine) -> Result<()> {
    let (vault, now) = (engine.vault().clone(), engine.now());
    let status = tokio::task::spawn_blocking(move || vault.status(now)).await.map_err(Fault::bug)??;
    engine.operator_did(Act::KeysStatus, &json!({})).await?;
    let public_key = hex::encode(engine.vault().public_key());
    if context.ui.json {
        let mut answer = serde_json::to_value(&status).map_err(Fault::bug)?;
        if let Value::Object(fields) = &mut answer {
            fields.insert("ledger_public_key".to_owned(), Value::String(public_key));
        }
        return context.ui.answer(&answer);
    }
    context.ui.say(&words(&status, &public_key));
    Ok(())
}

fn words(status: &KeyStatus, public_key: &str) -> Text {
    const DAY_MS: i64 = 86_400_000;
    let KeyStatus { root, current_epoch, subjects, tombstones, .. } = status;
    let (mut pl, mut en) = (
        format!("Klucz główny: {root}\nBieżąca epoka: {current_epoch}\n"),
        format!("Root key: {root}\nCurrent epoch: {current_epoch}\n"),
    );
    for epoch in &status.epochs {
        let (id, days, keys) = (epoch.id, epoch.age_ms / DAY_MS, epoch.subject_keys);
        pl += &format!("  epoka {id}: wiek {days} dni, kluczy: {keys}\n");
        en += &format!("  epoch {id}: {days} days old, keys: {keys}\n");
    }
    if status.rotation_unfinished {
        pl += "Wymiana kluczy jest niedokończona; dokończy ją: klucznik keys rotate\n";
        en += "A rotation is unfinished; klucznik keys rotate finishes it\n";
    }
    pl += &format!(
        "Kluczy osób i firm: {subjects}\nZniszczonych: {tombstones}\nKlucz publiczny dziennika: {public_key}"
    );
    en += &format!(
        "Keys of people and companies: {subjects}\nDestroyed: {tombstones}\nPublic key of the ledger: {public_key}"
    );
    Text::new(pl, en)
}

async fn rotate(context: &Context, engine: &Engine) -> Result<()> {
    let bar = context.ui.bar(&Text::of("Klucze", "Keys"));
    let progress = move |done, total| {
        bar.at(done, Some(total));
        Ok(())
    };
    let report = engine.rotate(progress).await?;
    engine.operator_did(Act::KeysRotate, &json!({ "report": report })).await?;
    if context.ui.json {
        return context.ui.answer(&report);
    }
    let (epoch, keys, gone) = (report.epoch, report.rewrapped, report.destroyed_epochs);
    context.ui.say(&Text::new(
        format!("Epoka {epoch}: zabezpieczono ponownie kluczy: {keys}, zniszczono epok: {gone}.\nZrób teraz nową kopię kluczy (klucznik keys export) i usuń starszą."),
        format!("Epoch {epoch}: wrapped {keys} keys again, destroyed {gone} epochs.\nCopy the keys anew now (klucznik keys export), and delete the older copy."),
    ));
    Ok(())
}
