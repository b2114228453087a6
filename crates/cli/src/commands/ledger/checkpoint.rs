//! `klucznik ledger checkpoint`

use super::{Checkpoint, copy};
use crate::context::{Code, Context, Outcome};
use kernel::Fault;
use serde_json::json;

pub fn run(context: &Context, args: &Checkpoint) -> Outcome {
    let data = copy::open(context, &args.key, None)?;
    let public_key = data.vault.public_key();
    let signed = data.view?.checkpoint()?.ok_or_else(|| Fault::corrupt("no checkpoint"))?;
    let checkpoint = signed.checkpoint();
    if context.ui.json {
        context.ui.answer(&json!({
            "checkpoint": signed.text(),
            "size": checkpoint.size,
            "root": hex::encode(checkpoint.root),
            "public_key": hex::encode(public_key),
        }))?;
    } else {
        context.ui.raw(signed.text())?;
    }
    Ok(Code::Done)
}
