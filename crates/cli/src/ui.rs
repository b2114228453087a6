//! Talking to the person at the terminal, or to a script.

use indicatif::{ProgressBar, ProgressStyle};
use kernel::{Fault, Lang, Result, Text};
use serde::Serialize;
use serde_json::json;
use std::env;
use std::io::{self, BufRead, IsTerminal, Write};
use std::time::Duration;

/// The person at the terminal, or a script.
pub struct Ui {
    pub lang: Lang,
    pub json: bool,
    verbose: bool,
}

impl Ui {
    pub fn new(lang: Option<Lang>, json: bool, verbose: bool) -> Self {
        let lang = lang.unwrap_or_else(person_speaks);
        Self { lang, json, verbose }
    }

    /// A line for people; scripts get JSON instead.
    pub fn say(&self, text: &Text) {
        if !self.json {
            self.line(text.get(self.lang));
        }
    }

    /// A line for people that is the same in both languages.
    pub fn line(&self, text: &str) {
        if !self.json {
            // Nothing is left to do if standard output is closed; the exit code still tells.
            let _ = writeln!(io::stdout(), "{text}");
        }
    }

    /// Something beside the result, on standard error.
    pub fn note(&self, text: &Text) {
        let _ = writeln!(io::stderr(), "{}", text.get(self.lang));
    }

    /// The answer for scripts.
    ///
    /// # Errors
    /// Standard output is closed or full.
    pub fn answer(&self, value: &impl Serialize) -> Result<()> {
        let text = serde_json::to_string(value).map_err(Fault::bug)?;
        self.raw(&format!("{text}\n"))
    }

    /// Text as it is.
    ///
    /// # Errors
    /// Standard output is closed or full.
    pub fn raw(&self, text: &str) -> Result<()> {
        let mut out = io::stdout().lock();
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        written.map_err(|e| Fault::bug(format!("standard output: {e}")))
    }

    pub fn fault(&self, fault: &Fault) {
        let public = fault.public(self.lang);
        let note = fault.internal.as_deref().filter(|_| self.verbose);
        let text = if self.json {
            let issues: Vec<_> = fault
                .issues
                .iter()
                .map(|i| json!({ "field": i.field, "code": i.code, "reason": i.reason.get(self.lang) }))
                .collect();
            json!({ "error": fault.kind.code(), "message": public, "issues": issues, "note": note })
                .to_string()
        } else {
            note.map_or_else(|| public.clone(), |note| format!("{public}\n[{note}]"))
        };
        let _ = writeln!(io::stderr(), "{text}");
    }

    /// Asks for a line. `instead` names what gives the answer without a terminal.
    ///
    /// # Errors
    /// There is no terminal.
    pub fn ask(&self, question: &Text, instead: &str) -> Result<String> {
        if !io::stdin().is_terminal() {
            return Err(Fault::invalid(Text::new(
                format!("Brakuje: {}. Podaj {instead}.", question.pl),
                format!("Missing: {}. Give {instead}.", question.en),
            )));
        }
        let _ = write!(io::stderr(), "{}: ", question.get(self.lang));
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).map_err(|e| Fault::bug(format!("standard input: {e}")))?;
        Ok(line.trim().to_owned())
    }

    /// A bar that shows how far something long is; nothing without a terminal.
    pub fn bar(&self, label: &Text) -> Bar {
        let bar = ProgressBar::new_spinner().with_message(label.get(self.lang).to_owned());
        bar.set_style(style("{spinner} {msg} {human_pos}"));
        bar.enable_steady_tick(Duration::from_millis(120));
        Bar(bar)
    }
}

/// How far something long is.
pub struct Bar(ProgressBar);

impl Bar {
    /// So much is done, of so much if that is known.
    pub fn at(&self, done: u64, total: Option<u64>) {
        if self.0.length() != total
            && let Some(total) = total
        {
            self.0.set_style(style("{spinner} {msg} {wide_bar} {percent} % {eta}"));
            self.0.set_length(total);
        }
        self.0.set_position(done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

fn env_text(name: &str) -> String {
    env::var(name).unwrap_or_default()
}

/// The language of the environment.
pub fn person_speaks() -> Lang {
    language_of(["LC_ALL", "LC_MESSAGES", "LANG"].map(env_text))
}

/// The language of the first of these that is set (POSIX XBD 8.2).
fn language_of(values: [String; 3]) -> Lang {
    let first = values.into_iter().find(|v| !v.is_empty()).unwrap_or_default();
    if first.starts_with("pl") { Lang::Pl } else { Lang::En }
}

#[cfg(test)]
mod tests {
    use super::language_of;
    use kernel::Lang;

    #[test]
    fn the_first_that_is_set_decides() {
        let of = |values: [&str; 3]| language_of(values.map(str::to_owned));
        assert_eq!(of(["", "", "pl_PL.UTF-8"]), Lang::Pl);
        assert_eq!(of(["C", "", "pl_PL.UTF-8"]), Lang::En);
        assert_eq!(of(["", "pl_PL", "en_GB"]), Lang::Pl);
        assert_eq!(of(["", "", ""]), Lang::En);
    }
}
