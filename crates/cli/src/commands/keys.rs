//! `klucznik keys`

use crate::context::{Code, Context, Outcome};
use crate::open;
use crate::settings::KeyArgs;
use clap::{Args, Subcommand};
use kernel::{Fault, Result, Text};
use ledger::Act;
use records::Engine;
use serde_json::{Value, json};
use std::path::PathBuf;
use vault::{KeyStatus, RootKey};

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
    /// Write a new root key to a file, to make a systemd credential of it; needs no instance
    Create {
        /// The file; must not exist
        file: PathBuf,
    },
}

pub async fn run(context: &Context, args: Keys) -> Outcome {
    let api = match &args.act {
        KeysAct::Create { file } => {
            RootKey::create_file(file, &*context.random)?;
            let shown = file.display();
            context.ui.say(&Text::new(format!("Zapisano klucz: {shown}"), format!("Wrote the key: {shown}")));
            return Ok(Code::Done);
        }
        KeysAct::Status => "GET /api/v1/keys",
        KeysAct::Rotate => "POST /api/v1/keys/rotate",
    };
    let instance = open::stopped(context, &args.key, api).await?;
    let engine = instance.app.engine();
    let done = if matches!(args.act, KeysAct::Rotate) {
        rotate(context, engine).await
    } else {
        status(context, engine).await
    };
    instance.close().await?;
    done?;
    Ok(Code::Done)
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
        format!("Epoka {epoch}: zabezpieczono ponownie kluczy: {keys}, zniszczono epok: {gone}.\nSkopiuj teraz folder keys/ na nowo i usuń starszą kopię."),
        format!("Epoch {epoch}: wrapped {keys} keys again, destroyed {gone} epochs.\nCopy the folder keys/ anew now, and delete the older copy."),
    ));
    Ok(())
}
