//! `klucznik ledger verify`

use super::{Verify, copy};
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

pub fn run(context: &Context, args: &Verify) -> Outcome {
    let kept_elsewhere = args.checkpoint.as_deref().map(read_checkpoint).transpose()?;
    let data = copy::open(context, &args.key, args.copy.as_deref())?;
    let public = data.vault.public_key();
    let kept = data.view.checkpoint_text()?;
    let bar = context.ui.bar(&Text::of("Zdarzenia", "Events"));
    let report = ledger::verify(&data.view, kept.as_deref(), data.outside.as_deref(), &public, &mut |done| bar.at(done, None))?;
    drop(bar);
    let mut found: Vec<Found> = report.findings.iter().copied().map(Found::from).collect();
    if data.outside.is_none() {
        found.push(no_outside(args.copy.is_none()));
    }
    if let Some(text) = kept_elsewhere {
        found.extend(goes_on_from(&data.view, &text, kept.as_deref(), &public)?.map(Found::from));
    }
    let rows = data.view.verify_rows(&report)?;
    found.extend(rows.iter().map(|row| Found { code: row.code(), text: row.text(), grave: true }));
    let sound = report.is_sound() && !found.iter().any(|f| f.grave);
    tell(context, report.events, report.more_findings, &found, sound)?;
    Ok(if sound { Code::Done } else { Code::Found })
}

fn no_outside(instance: bool) -> Found {
    let text = Text::of(
        "Brakuje punktu kontrolnego poza bazą danych: podstawienia starszej kopii nie da się wykryć.",
        "The checkpoint outside the database is missing: an older copy in its place cannot be found out.",
    );
    // A copy may have been made without it; an instance never loses it by itself.
    Found { code: "no-outside-checkpoint", text, grave: instance }
}

fn read_checkpoint(path: &Path) -> Result<String> {
    let cannot = |e: std::io::Error| {
        let text = format!("{}: {e}", path.display());
        Fault::new(FaultKind::NotFound, Text::new(format!("Nie można odczytać {text}"), format!("Cannot read {text}")))
    };
    let mut text = String::new();
    let file = File::open(path).map_err(cannot)?;
    file.take(ledger::MAX_CHECKPOINT as u64 + 1).read_to_string(&mut text).map_err(cannot)?;
    Ok(text)
}

/// Whether the ledger goes on from a checkpoint that was kept elsewhere.
fn goes_on_from(view: &Snapshot, text: &str, kept: Option<&str>, public: &[u8; 32]) -> Result<Option<Finding>> {
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
    if verify_consistency(old.size, now.size, &old.root, &now.root, &path) { Ok(None) } else { finding(Detected::Forked) }
}

fn tell(context: &Context, events: u64, more: u64, found: &[Found], sound: bool) -> Result<()> {
    let ui = &context.ui;
    if ui.json {
        let findings: Vec<_> = found.iter().map(|f| json!({ "code": f.code, "text": f.text.get(ui.lang), "grave": f.grave })).collect();
        return ui.answer(&json!({ "events": events, "sound": sound, "findings": findings, "more_findings": more }));
    }
    for f in found {
        ui.line(&format!("{}: {}", f.code, f.text.get(ui.lang)));
    }
    if more > 0 {
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
