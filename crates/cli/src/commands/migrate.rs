//! `klucznik migrate`

use crate::context::{Code, Context, Outcome};
use crate::open;
use crate::settings::KeyArgs;
use clap::Args;
use kernel::{Result, Text};
use serde_json::json;
use store::{Migration, Standing};

/// The tables of the database and their format. A start of the server adds what it needs by itself.
#[derive(Args)]
pub struct Migrate {
    /// Only say what would be done; also while the instance is served
    #[arg(long, conflicts_with = "contract")]
    check: bool,
    /// Also take away what only earlier releases use: there is no way back to them
    #[arg(long)]
    contract: bool,
    #[command(flatten)]
    key: KeyArgs,
}

pub async fn run(context: &Context, args: Migrate) -> Outcome {
    let layout = context.layout();
    let config = open::config(&layout, &args.key)?;
    let root = open::root_key(context, &layout, &config.key)?;
    let what = match (args.check, args.contract) {
        (true, _) => Migration::Look,
        (false, true) => Migration::Contract,
        (false, false) => Migration::Expand,
    };
    let source = (context.clock.clone(), context.random.clone());
    let standing = server::migrate(&layout, &root, &config, source, what).await?;
    tell(context, &standing, what)?;
    Ok(Code::Done)
}

fn tell(context: &Context, standing: &Standing, what: Migration) -> Result<()> {
    let Standing { found, next, known } = *standing;
    let left = if what == Migration::Contract { 0 } else { known.saturating_sub(next.least) };
    if context.ui.json {
        return context.ui.answer(&json!({
            "found": found.expanded, "needs": found.least, "known": known,
            "added": next.expanded - found.expanded, "contractable": left,
        }));
    }
    let (stood, least) = (found.expanded, found.least);
    context.ui.say(&Text::new(
        format!("Format bazy danych: {stood}; program zna {known}, a najstarszy, który może na niej pracować, {least}."),
        format!("Format of the database: {stood}; this program knows {known}, the oldest that can work on it {least}."),
    ));
    context.ui.say(&match (next.expanded - found.expanded, what) {
        (0, _) => Text::of("Niczego nie trzeba dodawać.", "There is nothing to add."),
        (n, Migration::Look) => Text::new(
            format!("Start serwera doda brakujące kroki: {n}."),
            format!("A start of the server adds the steps that are missing: {n}."),
        ),
        (n, _) => Text::new(format!("Dodano kroków: {n}."), format!("Steps added: {n}.")),
    });
    if left > 0 {
        context.ui.say(&Text::new(
            format!("Kroków, po których można jeszcze wrócić do wcześniejszej wersji: {left}. klucznik migrate --contract usuwa to, czego tylko ona używa."),
            format!("Steps after which there is still a way back to an earlier release: {left}. klucznik migrate --contract takes away what only that one uses."),
        ));
    } else if what == Migration::Contract && known > next.least {
        context.ui.say(&Text::of(
            "Usunięto to, czego używały tylko wcześniejsze wersje.",
            "What only earlier releases used was taken away.",
        ));
    }
    Ok(())
}
