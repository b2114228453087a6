//! `klucznik ledger verify`

use super::Verify;
use super::copy::{self, Copy};
use crate::context::{Code, Context, Outcome};
use kernel::{Fault, FaultKind, Result, Text};
use ledger::{Detected, Finding, Nodes, Place, SignedCheckpoint, consistency, verify_consistency};
use serde_json::json;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use store::Snapshot;

/// One finding, of the ledger or of a row.
struct Found {
    code: &'static str,
    text: Text,
    /// Whether it shows that something was altered.
    grave: bool,
}

impl From<Finding> for Found {
    fn from(finding: Finding) -> Self {
        Self { code: finding.code(), text: finding.text(), grave: finding.what.is_grave() }
    }
}

/// What was looked at, and what was found.
#[derive(Default)]
struct Verified {
    events: u64,
    more: u64,
    found: Vec<Found>,
}

pub fn run(context: &Context, args: &Verify) -> Outcome {
    let kept_elsewhere = args.checkpoint.as_deref().map(read_checkpoint).transpose()?;
    let data = copy::open(context, &args.key, args.copy.as_deref())?;
    let verified = verify(context, &data, kept_elsewhere.as_deref(), args.copy.is_none())?;
    let sound = !verified.found.iter().any(|f| f.grave);
    tell(context, &verified, sound)?;
    Ok(if sound { Code::Done } else { Code::Found })
}

fn verify(context: &Context, data: &Copy, elsewhere: Option<&str>, instance: bool) -> Result<Verified> {
    let mut verified = Verified::default();
    if data.outside.is_none() {
        verified.found.push(no_outside(instance));
    }
    let view = match &data.view {
        Ok(view) => view,
        Err(fault) => return Ok(unreadable(verified, fault)),
    };
    if !data.in_use {
        let pages = view.damaged_pages()?;
        verified.found.extend(pages.iter().map(|page| Found {
            code: "page",
            text: damaged(page),
            grave: true,
        }));
    }
    match look(context, data, view, elsewhere, &mut verified) {
        Err(fault) if fault.kind == FaultKind::Corrupt => Ok(unreadable(verified, &fault)),
        Err(fault) => Err(fault),
        Ok(()) => Ok(verified),
    }
}

fn look(
    context: &Context,
    data: &Copy,
    view: &Snapshot,
    elsewhere: Option<&str>,
    verified: &mut Verified,
) -> Result<()> {
    let public = data.vault.public_key();
    let kept = view.checkpoint_text()?;
    let bar = context.ui.bar(&Text::of("Zdarzenia", "Events"));
    let outside = data.outside.as_deref();
    let report = ledger::verify(view, kept.as_deref(), outside, &public, &mut |done| {
        bar.at(done, None);
        Ok(())
    })?;
    drop(bar);
    (verified.events, verified.more) = (report.events, report.more_findings);
    verified.found.extend(report.findings.iter().copied().map(Found::from));
    if let Some(text) = elsewhere {
        verified.found.extend(goes_on_from(view, text, kept.as_deref(), &public)?.map(Found::from));
    }
    let rows = view.verify_rows(&report, &|| Ok(()))?;
    verified.found.extend(rows.iter().map(|row| Found { code: row.code(), text: row.text(), grave: true }));
    Ok(())
}

fn unreadable(mut verified: Verified, fault: &Fault) -> Verified {
    let note = fault.internal.as_deref().unwrap_or_default();
    let text = Text::new(
        format!("dalszych danych nie da się odczytać: {note}"),
        format!("the rest cannot be read: {note}"),
    );
    verified.found.push(Found { code: "unreadable", text, grave: true });
    verified
}

fn damaged(page: &str) -> Text {
    Text::new(
        format!("uszkodzona strona pliku bazy danych: {page}"),
        format!("a page of the database file is damaged: {page}"),
    )
}

fn no_outside(instance: bool) -> Found {
    let text = Text::of(
        "Brakuje punktu kontrolnego poza bazą danych: podstawienia starszej kopii nie da się wykryć.",
        "The checkpoint outside the database is missing: an older copy in its place cannot be found out.",
    );
    // A copy may have been made without it; an instance never loses it by itself.
    Found { code: "no-outside-checkpoint", text, grave: instance }
}

/// A checkpoint that was kept elsewhere.
///
/// # Errors
/// It is missing, or none.
pub fn read_checkpoint(path: &Path) -> Result<String> {
    let cannot = |e: std::io::Error| {
        let text = format!("{}: {e}", path.display());
        Fault::new(
            FaultKind::NotFound,
            Text::new(format!("Nie można odczytać {text}"), format!("Cannot read {text}")),
        )
    };
    let mut text = String::new();
    let file = File::open(path).map_err(cannot)?;
    file.take(ledger::MAX_CHECKPOINT as u64 + 1).read_to_string(&mut text).map_err(cannot)?;
    // Whatever wrote it down may have added empty lines.
    let text = format!("{}\n", text.trim_end());
    if SignedCheckpoint::parse(&text).is_err() {
        return Err(Fault::invalid(Text::new(
            format!(
                "{} nie jest punktem kontrolnym dziennika. Zapisz go poleceniem: klucznik ledger checkpoint",
                path.display()
            ),
            format!(
                "{} is no checkpoint of a ledger. Save one with: klucznik ledger checkpoint",
                path.display()
            ),
        )));
    }
    Ok(text)
}

/// What speaks against it that the ledger goes on from a checkpoint that was kept elsewhere.
///
/// # Errors
/// As reading the ledger's tree.
pub fn goes_on_from(
    view: &Snapshot,
    text: &str,
    kept: Option<&str>,
    public: &[u8; 32],
) -> Result<Option<Finding>> {
    let finding = |what| Ok(Some(Finding { what, place: Place::Outside }));
    let Ok(old) = SignedCheckpoint::parse(text) else { return finding(Detected::Form) };
    if !old.verify(public) {
        return finding(Detected::Signature);
    }
    // What is wrong with the present checkpoint was found before.
    let Some(now) = kept.and_then(|text| SignedCheckpoint::parse(text).ok()) else { return Ok(None) };
    let (old, now) = (old.checkpoint(), now.checkpoint());
    if old.origin != now.origin {
        return finding(Detected::Origin);
    }
    if old.size > now.size {
        return finding(Detected::RolledBack);
    }
    let path = match consistency(old.size, now.size, view as &dyn Nodes) {
        Ok(path) => path,
        Err(_) => return finding(Detected::Forked),
    };
    if verify_consistency(old.size, now.size, &old.root, &now.root, &path) {
        Ok(None)
    } else {
        finding(Detected::Forked)
    }
}

fn tell(context: &Context, verified: &Verified, sound: bool) -> Result<()> {
    let (ui, Verified { events, more, found }) = (&context.ui, verified);
    if ui.json {
        let findings: Vec<_> = found
            .iter()
            .map(|f| json!({ "code": f.code, "text": f.text.get(ui.lang), "grave": f.grave }))
            .collect();
        return ui.answer(
            &json!({ "events": events, "sound": sound, "findings": findings, "more_findings": more }),
        );
    }
    for f in found {
        ui.line(&format!("{}: {}", f.code, f.text.get(ui.lang)));
    }
    if *more > 0 {
        ui.say(&Text::new(format!("… i jeszcze {more}"), format!("… and {more} more")));
    }
    ui.say(&if sound {
        Text::new(
            format!("Zdarzeń: {events}. Dziennik i wiersze zgadzają się z podpisanymi punktami kontrolnymi."),
            format!("Events: {events}. Ledger and rows agree with the signed checkpoints."),
        )
    } else {
        Text::new(
            format!("Zdarzeń: {events}. Dane zmieniono albo są uszkodzone."),
            format!("Events: {events}. The data were altered or are damaged."),
        )
    });
    Ok(())
}
