//! All data leave in a backup, or come from one. What may be read of it is decided by whoever holds the
//! machine, so each is the act of the operator, or of the program by its settings.

use crate::Engine;
use crate::content;
use access::{Thing, Verb};
use identity::{NoticeDoc, bare_doc, open_doc, put_doc};
use kernel::{Fault, FaultKind, RecordId, Result, SubjectId, Text, Time};
use ledger::{Act, Detected, Event, Outcome, Report, Who};
use schema::Catalog;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashSet;
use std::io::Write;
use std::sync::atomic::AtomicBool;
use store::backup::dump;
use store::{Batch, DocKind, Row, RowWrite, Snapshot};
use vault::{KeysCopied, Parcel, Recipient, Vault};

/// What a backup holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BackedUp {
    /// The moment whose state it is.
    pub at: Time,
    /// Records, those in the bin included.
    pub records: u64,
    /// Events in the ledger.
    pub events: u64,
}

/// A restored state that was not opened yet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Restoring {
    /// The moment whose state it is.
    pub at: Time,
    /// Events in the restored ledger.
    pub events: u64,
    /// Events that the ledger had according to a newer checkpoint, and when, if one is known: what followed
    /// the restored state is lost.
    pub known: Option<(u64, Option<Time>)>,
}

/// What was erased anew in a restored state.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Replayed {
    /// People and companies that had been erased since.
    pub subjects: u64,
    /// Records removed.
    pub removed: u64,
    /// Records of others from which a reference was taken out.
    pub unlinked: u64,
}

/// The setting that tells of the last backup which a server made by itself.
const LAST: [u8; 16] = *b"the last backup\0";
/// Records opened to prove that a backup and the keys belong together.
const SAMPLE: u64 = 1_000;
/// Rows read at once.
const PAGE: u32 = 1_000;

/// What a restored state is worth.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Verdict {
    /// Events looked at.
    pub events: u64,
    /// What is wrong, by code and place; empty if nothing is.
    pub findings: Vec<String>,
    /// Records opened.
    pub opened: u64,
    /// Records of people and companies that were erased since.
    pub erased: u64,
    /// Records whose key the keyring does not have: it is older than the backup.
    pub without_key: u64,
}

impl Engine {
    /// Writes a backup of the present state for these recipients. Blocks; not within an asynchronous task.
    /// It stops for an erasure, which cannot wait for it.
    ///
    /// # Errors
    /// Invalid without recipients; unavailable if it was stopped; storage; `progress`.
    pub fn back_up<W: Write>(
        &self,
        who: Who,
        recipients: &[Recipient],
        out: W,
        progress: &mut dyn FnMut(u64, Option<u64>) -> Result<()>,
    ) -> Result<(BackedUp, W)> {
        if recipients.is_empty() {
            return Err(vault::no_recipient());
        }
        let turn = self.0.verifying.wait();
        self.leaving(who, Act::BackupMake, recipients)?;
        let done = (|| {
            let view = self.0.store.snapshot()?;
            let parcel = Parcel::new(recipients, out)?;
            let (at, never) = (self.now(), AtomicBool::new(false));
            let mut tell = |done, total| {
                turn.go_on(&never)?;
                progress(done, total)
            };
            let (dumped, parcel) = dump(&view, self.0.vault.organisation(), at, parcel, &mut tell)?;
            drop(view);
            let made = BackedUp { at, records: dumped.counts.records, events: dumped.ledger_size };
            Ok((made, parcel.finish()?))
        })();
        done.inspect_err(|fault| self.did_not_leave(who, Act::BackupMake, fault))
    }

    /// The last backup that a server of this database made by itself, and the version of what tells of it.
    ///
    /// # Errors
    /// Storage.
    pub async fn last_backup(&self) -> Result<Option<(BackedUp, u64)>> {
        let Some(doc) = self.0.store.doc(DocKind::Setting, LAST).await? else { return Ok(None) };
        Ok(Some((open_doc(&self.0.vault, &doc)?, doc.version)))
    }

    /// Tells the other servers of a backup that is whole. `version` is that of what told of the one before, 0 if
    /// nothing did.
    ///
    /// # Errors
    /// Stale if another server told of one meanwhile; storage.
    pub async fn note_backup(&self, made: &BackedUp, version: u64) -> Result<()> {
        let mut event = self.system_event(Act::BackupFinish);
        self.set_detail(&mut event, &json!({ "records": made.records, "events": made.events }))?;
        let mut batch = Batch::new(event);
        let doc = bare_doc(DocKind::Setting, LAST, version + 1, self.now(), None);
        batch.docs.push(put_doc(&self.0.vault, doc, made)?);
        self.0.store.commit(batch).await.map(drop)
    }

    /// Writes the keyring's own copy for these recipients. Blocks; not within an asynchronous task.
    ///
    /// # Errors
    /// Invalid without recipients; storage.
    pub fn export_keys<W: Write>(
        &self,
        who: Who,
        recipients: &[Recipient],
        out: W,
    ) -> Result<(KeysCopied, W)> {
        if recipients.is_empty() {
            return Err(vault::no_recipient());
        }
        self.leaving(who, Act::KeysExport, recipients)?;
        let done = (|| {
            let mut parcel = Parcel::new(recipients, out)?;
            let copied = self.0.vault.export(&mut parcel)?;
            Ok((copied, parcel.finish()?))
        })();
        done.inspect_err(|fault| self.did_not_leave(who, Act::KeysExport, fault))
    }

    /// The event is durable before anything leaves.
    fn leaving(&self, who: Who, act: Act, recipients: &[Recipient]) -> Result<()> {
        let mut event = Event { who, ..self.system_event(act) };
        let named: Vec<String> = recipients.iter().map(ToString::to_string).collect();
        self.set_detail(&mut event, &json!({ "recipients": named }))?;
        self.0.store.record_event_blocking(event).map(drop)
    }

    fn did_not_leave(&self, who: Who, act: Act, why: &Fault) {
        let mut event = Event { who, outcome: Outcome::Failed, ..self.system_event(act) };
        let written = self
            .set_detail(&mut event, &json!({ "why": why.kind.code() }))
            .and_then(|()| self.0.store.record_event_blocking(event).map(drop));
        if let Err(fault) = written {
            tracing::error!(%fault, "the end of an unfinished copy is not in the ledger");
        }
    }

    /// Tells administrators that the server's own backup failed, and why.
    ///
    /// # Errors
    /// Storage.
    pub async fn tell_of_failed_backup(&self, why: &Fault) -> Result<()> {
        let (now, mut batch) = (self.now(), Batch::new(self.system_event(Act::NoticeCreate)));
        let notice = NoticeDoc::new(
            "backup-failed",
            Text::of("Nie powstała kopia zapasowa", "No backup was made"),
            Text::new(
                format!("Serwer próbuje dalej. Powód: {}", why.message.pl),
                format!("The server goes on trying. The reason: {}", why.message.en),
            ),
            now,
        );
        for admin in self.directory().holders(Thing::Users, Verb::Manage, self.now()) {
            let id: RecordId = self.id();
            batch.docs.push(put_doc(
                &self.0.vault,
                bare_doc(DocKind::Notice, *id.bytes(), 1, now, Some(admin)),
                &notice,
            )?);
        }
        self.0.store.commit(batch).await.map(drop)
    }

    /// Erases anew, in a state that was just restored, whoever was erased since, and writes the restoring
    /// down. Before anybody signs in, and before the index is built.
    ///
    /// # Errors
    /// Storage.
    pub async fn finish_restore(&self, restoring: &Restoring) -> Result<Replayed> {
        let catalog = self.policy().catalog.clone();
        let mut replayed = Replayed::default();
        for stone in self.0.vault.tombstones()? {
            loop {
                let doomed = self.0.store.rows_of_subject(stone.subject).await?;
                if doomed.is_empty() {
                    break;
                }
                match self.replay(&catalog, stone.subject, &doomed).await {
                    Ok(unlinked) => {
                        replayed.subjects += 1;
                        replayed.removed += doomed.len() as u64;
                        replayed.unlinked += unlinked;
                    }
                    // Another server that opened the restored state does the same.
                    Err(fault) if fault.kind == FaultKind::Stale => {}
                    Err(fault) => return Err(fault),
                }
            }
        }
        if replayed.subjects > 0 {
            self.0.store.settle_erasure().await?;
        }
        self.operator_did(Act::BackupRestore, &json!({ "state": restoring, "erased": replayed })).await?;
        Ok(replayed)
    }

    async fn replay(&self, catalog: &Catalog, subject: SubjectId, doomed: &[Row]) -> Result<u64> {
        let (mut rows, _) = self.unlink(catalog, doomed).await?;
        let unlinked = rows.len() as u64;
        rows.extend(doomed.iter().map(|gone| RowWrite::Remove { id: gone.id, version: gone.version }));
        let mut batch = Batch::new(Event { subject, ..self.system_event(Act::SubjectErase) });
        batch.rows = rows;
        let ended = self.grants_on(doomed, &mut batch).await?;
        self.0.store.commit(batch).await?;
        self.forget_grants(ended).await;
        Ok(unlinked)
    }
}

/// Looks at a restored state as a verification of the ledger does, and, with the keys, whether its records
/// have theirs and a sample of them opens.
///
/// # Errors
/// Storage. What is wrong with the state is in the answer.
pub fn verify_restored(
    view: &Snapshot,
    vault: Option<&Vault>,
    progress: &mut dyn FnMut(u64, Option<u64>) -> Result<()>,
) -> Result<Verdict> {
    let kept = view.checkpoint_text()?;
    let total = Some(view.event_count()?);
    let public = vault.map_or([0; 32], Vault::public_key);
    let report = ledger::verify(view, kept.as_deref(), None, &public, &mut |done| progress(done, total))?;
    let mut verdict = Verdict { events: report.events, ..Verdict::default() };
    // Without keys nobody says whose signature is right.
    let counts = |what: Detected| what.is_grave() && (vault.is_some() || what != Detected::Signature);
    verdict.findings.extend(report.findings.iter().filter(|f| counts(f.what)).map(|f| f.code().to_owned()));
    let rows = view.verify_rows(&report, &|| Ok(()))?;
    verdict.findings.extend(rows.iter().map(|row| row.code().to_owned()));
    if let Some(vault) = vault {
        open_sample(view, vault, &report, &mut verdict)?;
    }
    Ok(verdict)
}

fn open_sample(view: &Snapshot, vault: &Vault, report: &Report, verdict: &mut Verdict) -> Result<()> {
    let with_key: HashSet<SubjectId> = vault.subjects()?.into_iter().collect();
    let erased: HashSet<SubjectId> = vault.tombstones()?.into_iter().map(|stone| stone.subject).collect();
    let every = (report.last.len() as u64 / SAMPLE).max(1);
    let (mut after, mut n): (Option<RecordId>, u64) = (None, 0);
    loop {
        let page = view.scan(after, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.id);
        for row in &page {
            n += 1;
            if erased.contains(&row.subject) {
                verdict.erased += 1;
            } else if !with_key.contains(&row.subject) {
                verdict.without_key += 1;
            } else if n % every == 0 {
                match content::open_unseen(vault, row) {
                    Ok(_) => verdict.opened += 1,
                    Err(fault) if fault.kind == FaultKind::Corrupt => {
                        verdict.findings.push("sealed".to_owned())
                    }
                    Err(fault) => return Err(fault),
                }
            }
        }
    }
}
