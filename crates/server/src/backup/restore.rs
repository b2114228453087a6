//! An instance from a backup. All of it is there, verified, before anybody finds it; whoever was erased since
//! is erased anew before anybody signs in.

use super::attempt::Attempt;
use crate::config::{Config, KeySource, StoreConfig};
use crate::data::{open_vault, store_options};
use crate::instance::{Instance, Layout, make_certificate};
use kernel::{Clock, Fault, FaultKind, Random, Result, Text, Time};
use ledger::{SignedCheckpoint, Tree};
use records::{Engine, Replayed, Restoring, Verdict, verify_restored};
use serde::Serialize;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::backup::{Reader, load};
use store::{Snapshot, Store};
use vault::{RootKey, Vault, io_fault};

/// What a restore is at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Items are loaded.
    Load,
    /// The ledger is verified.
    Verify,
    /// The index is built.
    Index,
}

/// What became of it.
#[derive(Clone, Debug, Serialize)]
pub struct Restored {
    /// The state.
    pub state: Restoring,
    /// Records loaded.
    pub records: u64,
    /// What the verification says.
    pub verdict: Verdict,
    /// What was erased anew.
    pub erased: Replayed,
}

/// The state that was restored and not opened yet, if it is that of this store: whichever server opens it first.
pub async fn pending(store: &Store) -> Result<Option<Restoring>> {
    let left = store.restoring().await?;
    let left = left.map(|left| serde_json::from_slice(&left)).transpose();
    left.map_err(|e| Fault::corrupt(format!("what is left of a restore: {e}")))
}

/// Finishes what a restore began, also one that was interrupted after its state stood.
pub async fn finish(engine: &Engine, restoring: &Restoring) -> Result<Replayed> {
    let replayed = engine.finish_restore(restoring).await?;
    engine.store().restored().await?;
    Ok(replayed)
}

/// Restores a backup into a folder that has keys and no data, or into the empty database of its settings.
/// `known` is a checkpoint that was kept elsewhere. The instance is opened, and closed again.
///
/// # Errors
/// Conflict if there are data already, or a known checkpoint is of another history; invalid if the keys, or
/// `known`, are another organisation's; corrupt if the backup is damaged or was altered: then the place stays
/// empty, and `attempt` takes back what was made for it. What fails after that says that the data stand.
pub async fn restore<R: Read>(
    (layout, mut attempt): (&Layout, Attempt),
    root: &RootKey,
    config: Config,
    (clock, random): (Arc<dyn Clock>, Arc<dyn Random>),
    (reader, known): (&mut Reader<R>, Option<&SignedCheckpoint>),
    progress: &(dyn Fn(Stage, u64, Option<u64>) + Send + Sync),
) -> Result<Restored> {
    let cost = config.passwords.cost()?;
    let vault = Arc::new(open_vault(layout, &config, root, random.clone(), false)?);
    let signed = check_header(reader, &vault)?;
    let options = store_options(layout, &vault, &config, &clock)?;
    let known = newest_known(layout, known, &vault)?;
    let of = signed.checkpoint();
    let lost = known.as_ref().filter(|known| known.checkpoint().size > of.size);
    let restoring = Restoring {
        at: reader.header().at,
        events: of.size,
        known: lost.map(|known| (known.checkpoint().size, known.checkpoint().at)),
    };
    let left = serde_json::to_vec(&restoring).map_err(Fault::bug)?;
    let loaded = load(reader, &options.place, Some(&left), &mut |done, total| {
        progress(Stage::Load, done, total);
        Ok(())
    })
    .map_err(of_backup)?;
    let verdict = verify_restored(loaded.view(), Some(&vault), &mut |done, total| {
        progress(Stage::Verify, done, total);
        Ok(())
    })?;
    if !verdict.findings.is_empty() {
        return Err(altered(&verdict));
    }
    if let Some(known) = &known {
        check_past(loaded.view(), known)?;
    }
    let records = loaded.counts.records;
    if config.certificate.is_none() && !layout.tls().join("server.pem").exists() {
        make_certificate(layout, &config, &*clock)?;
    }
    if !layout.dir.join(Config::FILE).exists() {
        config.save(&layout.dir)?;
    }
    remove_index(layout)?;
    keep_checkpoint(layout, &signed)?;
    attempt.is_about_to_stand()?;
    loaded.stand().inspect_err(|fault| {
        // Nobody knows.
        if fault.kind == FaultKind::Unavailable {
            attempt.stands();
        }
    })?;
    attempt.stands();
    drop((attempt, vault));
    let index = |done, total| progress(Stage::Index, done, total);
    let opened = Instance::open(&layout.dir, root, config, cost, clock, random, &index).await;
    let instance = opened.map_err(stands)?;
    let erased = instance.replayed.unwrap_or_default();
    instance.close().await.map_err(stands)?;
    Ok(Restored { state: restoring, records, verdict, erased })
}

/// What stands in the file of settings for a source of the root key and a place of the data.
///
/// # Errors
/// A path that is no text.
pub fn settings_of(key: &KeySource, store: &StoreConfig) -> Result<String> {
    #[derive(Serialize)]
    struct Sections<'a> {
        key: &'a KeySource,
        store: &'a StoreConfig,
    }
    toml::to_string_pretty(&Sections { key, store }).map_err(Fault::bug)
}

/// Says that it is the backup that is damaged, and not the copy of the keys that came with it.
fn of_backup(fault: Fault) -> Fault {
    if fault.kind != FaultKind::Corrupt {
        return fault;
    }
    let Text { pl, en } = &fault.message;
    Fault { message: Text::new(format!("Kopia danych: {pl}"), format!("The backup: {en}")), ..fault }
}

/// The data are in their place and verified: what fails later takes nothing back, and a start goes on from there.
fn stands(fault: Fault) -> Fault {
    let Text { pl, en } = &fault.message;
    let message = Text::new(
        format!(
            "{pl}\nDane są już przywrócone i sprawdzone; zawiodło otwarcie instancji. Usuń przyczynę i uruchom klucznik serve: dokończy, co zostało. Nie przywracaj ponownie."
        ),
        format!(
            "{en}\nThe data are restored and verified already; opening the instance failed. Mend the reason and run klucznik serve, which goes on from here. Do not restore again."
        ),
    );
    Fault { message, ..fault }
}

/// Whose backup it is, and that its checkpoint bears the signature of these keys.
fn check_header<R: Read>(reader: &Reader<R>, vault: &Vault) -> Result<SignedCheckpoint> {
    let header = reader.header();
    if header.organisation != vault.organisation() {
        return Err(Fault::invalid(Text::new(
            format!(
                "To kopia innej organizacji ({}), a klucze są organizacji {}.",
                header.organisation,
                vault.organisation()
            ),
            format!(
                "This backup is another organisation's ({}); the keys are those of {}.",
                header.organisation,
                vault.organisation()
            ),
        )));
    }
    let signed = header.signed()?;
    let origin = ledger::Checkpoint::origin_of(vault.organisation());
    if signed.checkpoint().origin != origin || !signed.verify(&vault.public_key()) {
        let text = Text::of(
            "Punktu kontrolnego w kopii nie podpisał klucz tej instancji: kopia jest podrobiona albo klucze nie są jej.",
            "The checkpoint in the backup is not signed by this instance's key: the backup is forged, or the keys are not its own.",
        );
        return Err(Fault::new(FaultKind::Corrupt, text));
    }
    Ok(signed)
}

fn checkpoint_files(layout: &Layout) -> [PathBuf; 2] {
    [layout.checkpoint(), layout.dir.join("checkpoint.synced")]
}

fn before_path(layout: &Layout) -> PathBuf {
    layout.dir.join("checkpoint.before-restore")
}

/// The newest checkpoint that is known: the one given, or those that an earlier instance left in the folder.
fn newest_known(
    layout: &Layout,
    given: Option<&SignedCheckpoint>,
    vault: &Vault,
) -> Result<Option<SignedCheckpoint>> {
    let [one, two] = checkpoint_files(layout);
    if given.is_some_and(|given| !given.verify(&vault.public_key())) {
        return Err(Fault::invalid(Text::of(
            "Podanego punktu kontrolnego nie podpisał klucz tej instancji: jest zmieniony albo należy do innej.",
            "The checkpoint given is not signed by this instance's key: it was altered, or is another one's.",
        )));
    }
    let mut all: Vec<SignedCheckpoint> = given.cloned().into_iter().collect();
    for path in [one, two, before_path(layout)] {
        match fs::read_to_string(&path) {
            Ok(text) => all.extend(SignedCheckpoint::parse(&text).ok()),
            Err(e) if e.kind() == ErrorKind::NotFound => {}
            Err(e) => return Err(io_fault("checkpoint", &e)),
        }
    }
    all.retain(|signed| signed.verify(&vault.public_key()));
    Ok(all.into_iter().max_by_key(|signed| signed.checkpoint().size))
}

/// Refuses a state that did not come of a checkpoint that is known to be earlier: it would be lost unseen.
fn check_past(view: &Snapshot, known: &SignedCheckpoint) -> Result<()> {
    let of = known.checkpoint();
    if of.size > view.event_count()? || Tree::restore(of.size, view)?.root() == of.root {
        return Ok(());
    }
    let (size, at) = (of.size, moment(of.at));
    let text = Text::new(
        format!(
            "Kopia ma inną historię niż znany punkt kontrolny ({size} zdarzeń, {at}): powstała przed tym, jak przywrócono starszy stan, albo dziennik przepisano. Niczego nie przywrócono. Jeśli mimo to chcesz tego stanu, przywróć go do nowego folderu bez --checkpoint."
        ),
        format!(
            "The backup has another history than a checkpoint that is known ({size} events, {at}): it was made before an older state was restored, or the ledger was rewritten. Nothing was restored. If you want this state all the same, restore it into a new folder without --checkpoint."
        ),
    );
    Err(Fault::new(FaultKind::Conflict, text))
}

/// Makes the backup's checkpoint that of the folder; a newer one that was there is kept beside it.
fn keep_checkpoint(layout: &Layout, signed: &SignedCheckpoint) -> Result<()> {
    let put = |path: &Path, text: &str| {
        super::write_whole(path, |mut file| {
            std::io::Write::write_all(&mut file, text.as_bytes()).map_err(|e| io_fault("checkpoint", &e))?;
            Ok(((), file))
        })
    };
    let size = |text: &str| SignedCheckpoint::parse(text).map_or(0, |signed| signed.checkpoint().size);
    let mut newest = (signed.checkpoint().size, None);
    for path in checkpoint_files(layout).into_iter().chain([before_path(layout)]) {
        if let Ok(text) = fs::read_to_string(&path)
            && size(&text) > newest.0
        {
            newest = (size(&text), Some(text));
        }
    }
    if let Some(text) = newest.1 {
        put(&before_path(layout), &text)?;
    }
    for path in checkpoint_files(layout) {
        put(&path, signed.text())?;
    }
    Ok(())
}

fn remove_index(layout: &Layout) -> Result<()> {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = layout.index().into_os_string();
        name.push(suffix);
        remove(&PathBuf::from(name))?;
    }
    Ok(())
}

pub(super) fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(io_fault(&path.display().to_string(), &e)),
        _ => Ok(()),
    }
}

fn altered(verdict: &Verdict) -> Fault {
    let text = Text::of(
        "Dane w kopii nie zgadzają się z jej dziennikiem: niczego nie przywrócono. Weź inną kopię.",
        "The data in the backup do not agree with its ledger: nothing was restored. Take another one.",
    );
    let codes: Vec<&str> = verdict.findings.iter().map(String::as_str).take(10).collect();
    Fault::new(FaultKind::Corrupt, text).internal(codes.join(", "))
}

/// When a known but lost event happened, for people.
#[must_use]
pub fn moment(at: Option<Time>) -> String {
    at.map_or_else(|| "?".to_owned(), Time::rfc3339)
}
