//! Secrets come from a prompt or a file: flags and environment show in lists of processes.

use kernel::{Fault, Result, Text};
use server::secret::read;
use std::path::Path;
use zeroize::Zeroizing;

use crate::ui::Ui;

/// A new secret: from the file, or asked twice. `flag` names the flag of the file.
pub fn new(ui: &Ui, question: &Text, file: Option<&Path>, flag: &str) -> Result<Zeroizing<String>> {
    if let Some(path) = file {
        return read(path);
    }
    let first = ask(ui, question, flag)?;
    let again = Text::new(format!("{} (jeszcze raz)", question.pl), format!("{} (again)", question.en));
    if *first == *ask(ui, &again, flag)? {
        return Ok(first);
    }
    Err(Fault::invalid(Text::of("Podane hasła się różnią.", "The two differ.")))
}

/// A secret: from the file, or asked.
pub fn known(ui: &Ui, question: &Text, file: Option<&Path>, flag: &str) -> Result<Zeroizing<String>> {
    match file {
        Some(path) => read(path),
        None => ask(ui, question, flag),
    }
}

fn ask(ui: &Ui, question: &Text, flag: &str) -> Result<Zeroizing<String>> {
    let prompt = format!("{}: ", question.get(ui.lang));
    rpassword::prompt_password(prompt).map(Zeroizing::new).map_err(|e| {
        Fault::invalid(Text::new(
            format!("Brakuje: {}. Bez terminala podaj {flag}.", question.pl),
            format!("Missing: {}. Without a terminal, give {flag}.", question.en),
        ))
        .internal(format!("terminal: {e}"))
    })
}
