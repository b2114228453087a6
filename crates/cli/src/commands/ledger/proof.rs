//! `klucznik ledger proof`

use super::Proof;
use crate::context::{Code, Context, Failure, Outcome};
use crate::open;
use kernel::{Fault, FaultKind, Result, Text};
use ledger::{Act, EventId, EventProof};
use records::Engine;
use serde_json::json;
use std::fs::File;
use std::io::Write;
use std::path::Path;

pub async fn run(context: &Context, args: Proof) -> Outcome {
    let id: EventId = args.event.parse().map_err(|()| {
        let text = &args.event;
        Failure::usage(Text::new(
            format!("„{text}” nie jest numerem zdarzenia."),
            format!("\"{text}\" is no id of an event."),
        ))
    })?;
    let instance =
        open::stopped(context, &args.key, &format!("GET /api/v1/ledger/events/{id}/proof")).await?;
    let made = make(instance.app.engine(), id).await;
    instance.close().await?;
    let proof = made?;
    match &args.out {
        None => context.ui.raw(&proof)?,
        Some(path) => {
            write(path, &proof)?;
            let shown = path.display();
            context.ui.say(&Text::new(
                format!("Zapisano dowód: {shown}\nSprawdzi go: klucznik ledger check {shown} --public-key …"),
                format!(
                    "Wrote the proof: {shown}\nTo check it: klucznik ledger check {shown} --public-key …"
                ),
            ));
        }
    }
    Ok(Code::Done)
}

async fn make(engine: &Engine, id: EventId) -> Result<String> {
    let row = engine.store().event_by_id(id).await?.ok_or_else(|| {
        Fault::new(
            FaultKind::NotFound,
            Text::new(format!("Nie ma zdarzenia {id}."), format!("There is no event {id}.")),
        )
    })?;
    let (store, public, seq) = (engine.store().clone(), engine.vault().public_key(), row.seq);
    let make = move || {
        let view = store.snapshot()?;
        let checkpoint = view.checkpoint()?.ok_or_else(|| Fault::corrupt("no checkpoint"))?;
        EventProof::make(seq, &row.bytes, &checkpoint, &public, &view)?.to_json()
    };
    let proof = tokio::task::spawn_blocking(make).await.map_err(Fault::bug)??;
    engine.operator_did(Act::LedgerProof, &json!({ "event": id, "seq": seq })).await?;
    Ok(proof)
}

fn write(path: &Path, text: &str) -> Result<()> {
    let written = File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|e| {
        let text = format!("{}: {e}", path.display());
        Fault::new(
            FaultKind::Unavailable,
            Text::new(format!("Nie można zapisać {text}"), format!("Cannot write {text}")),
        )
    })
}
