//! `klucznik ledger check`

use super::Check;
use crate::context::{Code, Context, Failure, Outcome};
use crate::words;
use kernel::{Fault, FaultKind, Result, Text};
use ledger::{CheckedEvent, Event, EventProof, MAX_PROOF, Outcome as Ended, Who};
use serde_json::{Value, json};
use std::fs::File;
use std::io::Read;
use std::path::Path;

pub fn run(context: &Context, args: &Check) -> Outcome {
    let trusted = args.public_key.as_deref().map(public_key).transpose()?;
    let proof = EventProof::from_json(&read(&args.file)?)?;
    let checked = match proof.check(trusted.as_ref()) {
        Ok(checked) => checked,
        Err(fault) => {
            context.ui.fault(&fault);
            return Ok(Code::Found);
        }
    };
    if context.ui.json {
        context.ui.answer(&as_json(&checked))?;
    } else {
        context.ui.say(&in_words(&checked));
    }
    Ok(Code::Done)
}

fn public_key(text: &str) -> std::result::Result<[u8; 32], Failure> {
    let bytes = hex::decode(text.trim()).ok().and_then(|b| b.try_into().ok());
    bytes.ok_or_else(|| {
        Failure::usage(Text::of(
            "Klucz publiczny ma 64 cyfry szesnastkowe.",
            "A public key has 64 hexadecimal digits.",
        ))
    })
}

fn read(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MAX_PROOF as u64 + 1).read_to_end(&mut bytes));
    match read {
        Ok(_) => Ok(bytes),
        Err(e) => {
            let text = format!("{}: {e}", path.display());
            Err(Fault::new(
                FaultKind::NotFound,
                Text::new(format!("Nie można odczytać {text}"), format!("Cannot read {text}")),
            ))
        }
    }
}

fn who(event: &Event) -> Text {
    match event.who {
        Who::User(id) => Text::new(format!("użytkownik {id}"), format!("user {id}")),
        Who::Nobody => Text::of("ktoś niezalogowany", "somebody not signed in"),
        Who::System => Text::of("program", "the program"),
        Who::Operator => Text::of("operator w wierszu poleceń", "the operator, at the command line"),
    }
}

const fn ended(event: &Event) -> (&'static str, Text) {
    match event.outcome {
        Ended::Done => ("done", Text::of("wykonano", "done")),
        Ended::Refused => ("refused", Text::of("odmówiono", "refused")),
        Ended::Failed => ("failed", Text::of("nie powiodło się", "failed")),
    }
}

/// Names of the built-in entity, or its number.
fn entity(code: u16) -> Text {
    let built_in = schema::builtin().into_iter().find(|e| e.code.0 == code);
    built_in.map_or_else(|| Text::same(code.to_string()), |e| e.label)
}

fn in_words(checked: &CheckedEvent) -> Text {
    let event = &checked.event;
    let (who, what, (_, ended)) = (who(event), words::act(event.act), ended(event));
    let (at, code, seq, size) = (event.at, event.act.code(), checked.seq, checked.checkpoint.size);
    let signed = checked.checkpoint.at.map(|t| format!(", {t}")).unwrap_or_default();
    let mut pl = format!(
        "Dowód jest prawdziwy.\nKto: {}\nCo: {} ({code}), {}\nKiedy: {at}\n",
        who.pl, what.pl, ended.pl
    );
    let mut en =
        format!("The proof holds.\nWho: {}\nWhat: {} ({code}), {}\nWhen: {at}\n", who.en, what.en, ended.en);
    if !event.record.is_nil() {
        let (entity, id) = (entity(event.entity), event.record);
        pl += &format!("Rekord: {} {id}\n", entity.pl);
        en += &format!("Record: {} {id}\n", entity.en);
    }
    if !event.subject.is_nil() {
        pl += &format!("Czyje dane: {}\n", event.subject);
        en += &format!("Whose data: {}\n", event.subject);
    }
    pl += &format!("Zdarzenie {seq} z {size} w punkcie kontrolnym {}{signed}\n", checked.checkpoint.origin);
    en += &format!("Event {seq} of {size} in the checkpoint of {}{signed}\n", checked.checkpoint.origin);
    let key = hex::encode(checked.public_key);
    if checked.trusted {
        pl += "Podpis: podany klucz publiczny.";
        en += "Signed with the given public key.";
    } else {
        pl += &format!("Podpis: klucz z pliku, {key}. Porównaj go z kluczem organizacji (--public-key).");
        en += &format!(
            "Signed with the key in the file, {key}. Compare it with the organisation's key (--public-key)."
        );
    }
    Text::new(pl, en)
}

fn as_json(checked: &CheckedEvent) -> Value {
    let event = &checked.event;
    let user = if let Who::User(id) = event.who { Some(id) } else { None };
    json!({
        "event": event.id,
        "seq": checked.seq,
        "at": event.at.rfc3339(),
        "who": match event.who { Who::User(_) => "user", Who::Nobody => "nobody", Who::System => "system", Who::Operator => "operator" },
        "user": user,
        "act": event.act.code(),
        "outcome": ended(event).0,
        "entity": event.entity,
        "record": (!event.record.is_nil()).then_some(event.record),
        "subject": (!event.subject.is_nil()).then_some(event.subject),
        "origin": checked.checkpoint.origin,
        "size": checked.checkpoint.size,
        "public_key": hex::encode(checked.public_key),
        "trusted": checked.trusted,
    })
}
