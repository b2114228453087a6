//! `klucznik doctor`: looks at an instance from outside, served or not, and changes nothing.
//!
//! Each check stands by itself: what one cannot find out, it says, and the others go on.

mod backup;
mod certificate;
mod data;
mod engine;
mod files;
mod finding;
mod groups;
mod key;
mod machine;
mod mail;
mod objects;
mod passkeys;
mod settings;
mod sign_on;

use crate::context::{Code, Context, Outcome};
use crate::settings::{KeyArgs, Settings};
use clap::Args;
use finding::{Finding, State};
use kernel::{Result, Text};
use serde_json::json;
use server::{Config, Layout};

/// Looks for what is wrong with the instance, and says what to do.
#[derive(Args)]
pub struct Doctor {
    #[command(flatten)]
    key: KeyArgs,
    #[command(flatten)]
    settings: Settings,
}

/// What every check knows.
struct Patient<'a> {
    context: &'a Context,
    layout: Layout,
    /// The settings in force; absent if they cannot be read.
    config: Option<Config>,
}

impl Patient<'_> {
    /// Whether there is no instance at all, where it would be.
    fn is_nowhere(&self) -> bool {
        !self.layout.has_instance() && !self.layout.has_broken_restore()
    }

    /// That a check has nothing to look at.
    const fn nothing(&self, check: &'static str) -> Finding {
        Finding::skipped(check, Text::of("Nie ma instancji.", "There is no instance."), None)
    }
}

pub async fn run(context: &Context, args: Doctor) -> Outcome {
    let layout = context.layout();
    let source = args.key.source()?;
    let read = Config::load(&layout.dir).and_then(|config| args.settings.apply(config));
    let (config, fault) = match read {
        Ok(mut config) => {
            config.key = source.unwrap_or(config.key);
            config.store = args.key.store.apply(config.store)?;
            (Some(config), None)
        }
        Err(fault) => (None, Some(fault)),
    };
    let patient = Patient { context, layout, config };
    let mut findings = vec![files::instance(&patient.layout), settings::check(&patient, fault.as_ref())];
    findings.extend(files::checks(&patient));
    let (found, root) = key::checks(&patient);
    findings.extend(found);
    findings.extend(certificate::checks(&patient));
    findings.extend(data::checks(&patient, root.as_ref()));
    findings.push(objects::check(&patient, root.as_ref()).await);
    findings.push(mail::check(&patient).await);
    findings.extend(sign_on::checks(&patient).await);
    findings.extend(backup::checks(&patient));
    findings.extend(machine::checks());
    tell(context, &findings)?;
    Ok(match findings.iter().map(|f| f.state).max() {
        Some(State::Error) => Code::Found,
        Some(State::Warning) => Code::Warned,
        _ => Code::Done,
    })
}

fn tell(context: &Context, findings: &[Finding]) -> Result<()> {
    let ui = &context.ui;
    let count = |state| findings.iter().filter(|f| f.state == state).count();
    let (errors, warnings) = (count(State::Error), count(State::Warning));
    if ui.json {
        let checks: Vec<_> = findings.iter().map(|f| f.view(ui.lang)).collect();
        return ui.answer(&json!({ "errors": errors, "warnings": warnings, "checks": checks }));
    }
    for finding in findings {
        let state = finding.state.text();
        ui.line(&format!("{:<11} {:<16} {}", state.get(ui.lang), finding.check, finding.what.get(ui.lang)));
        if let Some(mend) = &finding.mend {
            ui.line(&format!("{:<28} → {}", "", mend.get(ui.lang)));
        }
    }
    ui.say(&Text::new(
        format!("Błędy: {errors}, ostrzeżenia: {warnings}."),
        format!("Errors: {errors}, warnings: {warnings}."),
    ));
    Ok(())
}
