//! `klucznik mail`

use crate::context::{Code, Context, Failure, Outcome};
use clap::{Args, Subcommand};
use kernel::{Fault, FaultKind, IdSource, JobId, Text};
use mail::{Envelope, Letter, Refusal, is_address};
use serde_json::json;
use server::Config;

/// Mail that leaves.
#[derive(Args)]
pub struct Mail {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Send one letter, past the queue
    Test {
        /// To this address
        address: String,
    },
}

pub async fn run(context: &Context, args: Mail) -> Outcome {
    let Act::Test { address } = args.act;
    let ui = &context.ui;
    if !is_address(&address) {
        return Err(Failure::usage(Text::of("To nie jest adres e-mail.", "This is not an e-mail address.")));
    }
    let config = Config::load(&context.layout().dir)?;
    let relay = config.relay()?.ok_or_else(|| {
        Fault::invalid(Text::new(
            format!("W {} nie ma [mail]: poczta nie wychodzi.", Config::FILE),
            format!("There is no [mail] in {}: no mail leaves.", Config::FILE),
        ))
    })?;
    let id: JobId = IdSource::new().next(&*context.clock, &*context.random);
    let envelope = Envelope { to: address, id: id.to_string(), at: context.clock.now() };
    let told = Letter::Test.told(ui.lang, (&config.hosts.join(", "), &config.time_zone), None);
    relay.send(&envelope, &told).await.map_err(not_taken)?;
    if ui.json {
        ui.answer(&json!({ "sent": true }))?;
    }
    ui.say(&Text::of("Serwer poczty przyjął list.", "The mail server took the letter."));
    Ok(Code::Done)
}

fn not_taken(refusal: Refusal) -> Fault {
    match refusal {
        Refusal::ForGood(code) => Fault::invalid(Text::new(
            format!("Serwer poczty odmówił przyjęcia listu: {code}."),
            format!("The mail server refused the letter: {code}."),
        )),
        Refusal::ForNow(note) => Fault::new(
            FaultKind::Unavailable,
            Text::new(
                format!("Serwer poczty nie przyjął listu: {note}."),
                format!("The mail server did not take the letter: {note}."),
            ),
        ),
    }
}
