//! `klucznik backup`

use crate::context::{Code, Context, Failure, Outcome};
use crate::copies::{self, Over, Target};
use crate::open;
use crate::settings::KeyArgs;
use clap::{Args, Subcommand};
use kernel::{Fault, FaultKind, Random, Result, Text};
use ledger::Who;
use records::{BackedUp, Verdict, verify_restored};
use serde_json::json;
use server::backup::{Noted, made_path, note, verified_path};
use server::operator::{self, Ask};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use store::backup::{Reader, load};
use store::{FileOptions, Place};
use vault::{Identities, PageKey, Recipient, Vault, open_parcel};

/// An encrypted copy of all data, without keys; also while the instance is served.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Backup {
    /// Where it goes; - is standard output
    file: Option<PathBuf>,
    /// Whom it is encrypted for, repeatable [default: as klucznik.toml says]
    #[arg(long = "recipient", value_name = "AGE1…")]
    recipients: Vec<Recipient>,
    #[command(flatten)]
    key: KeyArgs,
    #[command(subcommand)]
    act: Option<Act>,
}

#[derive(Subcommand)]
enum Act {
    /// Make a pair of keys for backups, better on another machine: the identity goes to a file, the recipient
    /// is printed
    Keygen {
        /// The file of the identity; must not exist
        file: PathBuf,
    },
    /// Prove that a backup restores, in a temporary place; exit code 3 if it does not
    Verify(Box<Verify>),
}

#[derive(Args)]
struct Verify {
    /// The backup; - is standard input
    file: PathBuf,
    /// File with the identity of one of its recipients
    #[arg(long, value_name = "FILE")]
    identity: PathBuf,
    /// Folder with room for all data, for as long as it takes [default: that of temporary files]
    #[arg(long, value_name = "FOLDER")]
    scratch: Option<PathBuf>,
    #[command(flatten)]
    key: KeyArgs,
}

pub async fn run(context: &Context, args: Backup) -> Outcome {
    match args.act {
        Some(Act::Keygen { file }) => keygen(context, &file),
        Some(Act::Verify(args)) => verify(context, &args),
        None => make(context, args).await,
    }
}

fn keygen(context: &Context, file: &Path) -> Outcome {
    let recipient = Identities::create_file(file)?;
    if context.ui.json {
        context.ui.answer(&json!({ "recipient": recipient.to_string(), "identity": file }))?;
        return Ok(Code::Done);
    }
    let shown = file.display();
    context.ui.say(&Text::new(
        format!("Odbiorca: {recipient}\nTożsamość: {shown}\n\nTożsamość otwiera kopie zapasowe: trzymaj ją z dala od serwera i od kopii. Odbiorcę wpisz w klucznik.toml:\n[backup]\nrecipients = [\"{recipient}\"]"),
        format!("Recipient: {recipient}\nIdentity: {shown}\n\nThe identity opens backups: keep it away from the server and from the backups. Put the recipient into klucznik.toml:\n[backup]\nrecipients = [\"{recipient}\"]"),
    ));
    Ok(Code::Done)
}

async fn make(context: &Context, args: Backup) -> Outcome {
    let layout = context.layout();
    let config = open::config(&layout, &args.key)?;
    let recipients = if args.recipients.is_empty() { config.backup.recipients()? } else { args.recipients };
    if recipients.is_empty() {
        return Err(vault::no_recipient().into());
    }
    let file = args.file.ok_or_else(|| {
        Failure::usage(Text::of("Podaj plik kopii albo - .", "Give the file of the backup, or - ."))
    })?;
    let served = operator::runs(&layout);
    let made: BackedUp = copies::make(
        context,
        config,
        Ask::Backup,
        recipients,
        &Target::new(file.clone(), Over::Nothing),
        |engine, to, out, tell| {
            engine
                .back_up(Who::Operator, to, out, &mut |done, total| {
                    tell(done, total);
                    Ok(())
                })
                .map(|(made, _)| made)
        },
    )
    .await?;
    // What a server made it has noted itself, in a file of its own user's.
    if !served {
        note(
            &made_path(&layout),
            &Noted { at: context.clock.now(), state_of: made.at, events: made.events },
        )?;
    }
    if context.ui.json {
        // Standard output may be the backup itself.
        if file != Path::new("-") {
            context.ui.answer(&made)?;
        }
        return Ok(Code::Done);
    }
    let (records, events) = (made.records, made.events);
    context.ui.note(&Text::new(
        format!(
            "Kopia jest gotowa. Rekordów: {records}, zdarzeń: {events}. Sprawdź ją: klucznik backup verify"
        ),
        format!(
            "The backup is ready. Records: {records}, events: {events}. Prove it: klucznik backup verify"
        ),
    ));
    Ok(Code::Done)
}

fn verify(context: &Context, args: &Verify) -> Outcome {
    let identities = Identities::from_file(&args.identity)?;
    let (noted, verdict, vault) =
        prove(context, args, &identities).map_err(|failure| failure.found(FaultKind::Corrupt))?;
    tell(context, noted, &verdict, vault.as_ref())
}

fn prove(
    context: &Context,
    args: &Verify,
    identities: &Identities,
) -> std::result::Result<(Noted, Verdict, Option<Vault>), Failure> {
    let scratch = Scratch::new(args.scratch.as_deref(), &*context.random)?;
    let mut reader = Reader::new(open_parcel(identities, copies::input(&args.file)?)?)?;
    let vault = keys(context, &args.key, &reader)?;
    let key = PageKey::passing(&*context.random);
    let place = Place::File(FileOptions::new(scratch.0.join("store.db"), key));
    let bar = context.ui.bar(&Text::of("Wczytywanie", "Loading"));
    let mut progress = |done, total| {
        bar.at(done, total);
        Ok(())
    };
    let loaded = load(&mut reader, &place, None, &mut progress)?;
    let verdict = verify_restored(loaded.view(), vault.as_ref(), &mut progress)?;
    let header = reader.header();
    let noted = Noted { at: context.clock.now(), state_of: header.at, events: loaded.counts.events };
    Ok((noted, verdict, vault))
}

/// The keys of the instance at hand, if it is the one of the backup.
fn keys<R: Read>(
    context: &Context,
    key: &KeyArgs,
    reader: &Reader<R>,
) -> std::result::Result<Option<Vault>, Failure> {
    let layout = context.layout();
    if !layout.keys().join("keys.json").exists() {
        return Ok(None);
    }
    let config = open::config_of(&layout, key)?;
    let root = open::root_key(context, &layout, &config.key)?;
    let vault = server::open_vault(&layout, &config, &root, context.random.clone(), true)?;
    let ours = vault.organisation() == reader.header().organisation;
    if ours {
        let signed = reader.header().signed()?;
        if !signed.verify(&vault.public_key()) {
            return Err(Fault::corrupt("the checkpoint of the backup bears another's signature").into());
        }
    }
    Ok(ours.then_some(vault))
}

fn tell(context: &Context, noted: Noted, verdict: &Verdict, vault: Option<&Vault>) -> Outcome {
    let sound = verdict.findings.is_empty() && verdict.without_key == 0;
    if sound && vault.is_some() {
        note(&verified_path(&context.layout()), &noted)?;
    }
    if context.ui.json {
        context.ui.answer(&json!({ "sound": sound, "state_of": noted.state_of.rfc3339(), "with_keys": vault.is_some(), "verdict": verdict }))?;
        return Ok(if sound { Code::Done } else { Code::Found });
    }
    let Verdict { events, opened, erased, without_key, .. } = verdict;
    let at = noted.state_of.rfc3339();
    for code in &verdict.findings {
        context.ui.line(code);
    }
    context.ui.say(&Text::new(
        format!("Stan z {at}. Zdarzeń: {events}. Rekordów otwartych na próbę: {opened}, usuniętych od tego czasu osób i firm: {erased}, bez klucza: {without_key}."),
        format!("State of {at}. Events: {events}. Records opened as a sample: {opened}; of people and companies erased since: {erased}; without a key: {without_key}."),
    ));
    if vault.is_none() {
        context.ui.say(&Text::of(
            "Bez kluczy tej instancji nie sprawdzono podpisu ani treści: wskaż jej folder (--dir).",
            "Without this instance's keys, neither the signature nor the content was checked: name its folder (--dir).",
        ));
    }
    context.ui.say(&if sound {
        Text::of("Kopia daje się przywrócić.", "The backup restores.")
    } else {
        Text::of("Kopia jest niepełna albo zmieniona.", "The backup is incomplete, or was altered.")
    });
    Ok(if sound { Code::Done } else { Code::Found })
}

/// A folder that is gone when its work is done.
struct Scratch(PathBuf);

impl Scratch {
    fn new(within: Option<&Path>, random: &dyn Random) -> Result<Self> {
        let mut name = [0; 8];
        random.fill(&mut name);
        let parent = within.map_or_else(std::env::temp_dir, Path::to_owned);
        let path = parent.join(format!("klucznik-verify-{}", hex::encode(name)));
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path).map_err(|e| vault::io_fault(&path.display().to_string(), &e))?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
