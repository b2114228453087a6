//! The command line in the language of the person: help and wrong usage. The English texts are those of the arguments
//! themselves; the Polish ones stand here, and a test misses each that is not there.

mod arguments;
mod commands;
mod usage;

use crate::args::{Cli, Language};
use crate::ui::person_speaks;
use clap::builder::{Resettable, StyledStr};
use clap::{Arg, ArgMatches, Command, CommandFactory, Error, FromArgMatches, ValueEnum};
use kernel::Lang;
use std::env;
use std::ffi::OsString;
use usage::Polish;

/// The command line as it was typed; ends the program with what is to be said of it if it makes no sense.
pub fn command_line() -> Cli {
    let typed: Vec<OsString> = env::args_os().collect();
    let lang = language(&typed);
    parsed(lang, typed).and_then(|found| Cli::from_arg_matches(&found)).unwrap_or_else(|e| match lang {
        Lang::Pl => e.apply::<Polish>().exit(),
        Lang::En => e.exit(),
    })
}

fn parsed(lang: Lang, typed: Vec<OsString>) -> Result<ArgMatches, Error> {
    let command = match lang {
        Lang::Pl => in_polish(Cli::command()),
        Lang::En => Cli::command(),
    };
    match without_empty(command.clone()).try_get_matches_from(&typed) {
        // Help names every variable, also one that is empty.
        Err(shown) if !shown.use_stderr() => command.try_get_matches_from(typed),
        said => said,
    }
}

/// The command without the variables of the environment that are empty: such a one counts as not set.
fn without_empty(command: Command) -> Command {
    let is_empty = |arg: &Arg| arg.get_env().and_then(env::var_os).is_some_and(|value| value.is_empty());
    command
        .mut_args(|arg| if is_empty(&arg) { arg.env(Resettable::Reset) } else { arg })
        .mut_subcommands(without_empty)
}

/// The language of help and of wrong usage, which are told before the command line is known to make sense.
fn language(typed: &[OsString]) -> Lang {
    let typed: Vec<&str> = typed.iter().filter_map(|word| word.to_str()).collect();
    let after = typed.iter().position(|word| *word == "--lang").and_then(|at| typed.get(at + 1).copied());
    let joined = || typed.iter().find_map(|word| word.strip_prefix("--lang="));
    let said = after.or_else(joined).map(str::to_owned).or_else(|| env::var("KLUCZNIK_LANG").ok());
    said.and_then(|word| Language::from_str(&word, true).ok()).map_or_else(person_speaks, Into::into)
}

fn in_polish(mut command: Command) -> Command {
    command.build();
    translated(command, "").after_help(commands::CODES)
}

/// The command of these words and those below it, with Polish texts in place of English ones.
fn translated(command: Command, path: &str) -> Command {
    let long = command.get_arguments().any(describes_values);
    let style = *command.get_styles().get_usage();
    let mut command = command
        .mut_args(|arg| argument(arg, path, long))
        .mut_subcommands(|sub| {
            let path = format!("{path} {}", sub.get_name());
            translated(sub, path.trim_start())
        })
        .help_template(format!(
            "{{about-with-newline}}\n{style}Użycie:{style:#} {{usage}}\n\n{{all-args}}{{after-help}}"
        ))
        .subcommand_help_heading("Polecenia")
        .subcommand_value_name("POLECENIE");
    let usage = usage_of(&mut command);
    let command = command.override_usage(usage);
    match commands::about(path) {
        Some(about) => command.about(about),
        None => command,
    }
}

/// What may be typed after the name of the program.
fn usage_of(command: &mut Command) -> StyledStr {
    let style = *command.get_styles().get_usage();
    let english = command.render_usage().ansi().to_string();
    let title = format!("{style}Usage:{style:#} ");
    let usage = english.strip_prefix(&title).unwrap_or(&english).replace("[OPTIONS]", "[OPCJE]");
    // Further lines stand below the first, whose title is a letter longer.
    StyledStr::from(usage.replace("\n       ", "\n        "))
}

fn argument(arg: Arg, path: &str, long: bool) -> Arg {
    let id = arg.get_id().to_string();
    let Some(help) = arguments::help(path, &id) else { return arg };
    let heading = match arg.get_help_heading() {
        Some(english) => arguments::heading(english).unwrap_or("Opcje"),
        None if arg.is_positional() => "Argumenty",
        None => "Opcje",
    };
    let notes = notes(&arg);
    let described = describes_values(&arg).then(|| meanings(&arg, &id));
    let placeholders = placeholders(&arg);
    let more = long && id == "help";
    let short = if more { format!("{help} (dłuższą: --help)") } else { help.to_owned() };
    let mut arg = arg
        .help(std::iter::once(short).chain(notes.clone()).collect::<Vec<_>>().join(" "))
        .help_heading(heading)
        .hide_env(true)
        .hide_default_value(true)
        .hide_possible_values(true);
    if long {
        let whole = if more { format!("{help} (krótszą: -h)") } else { help.to_owned() };
        // Values whose meaning is told are not told once more.
        let notes: Vec<_> =
            notes.into_iter().filter(|note| described.is_none() || !note.starts_with(POSSIBLE)).collect();
        let notes = (!notes.is_empty()).then(|| notes.join("\n"));
        arg = arg.long_help(
            [Some(whole), described, notes].into_iter().flatten().collect::<Vec<_>>().join("\n\n"),
        );
    }
    match placeholders {
        Some(words) => arg.value_names(words),
        None => arg,
    }
}

const POSSIBLE: &str = "[możliwe wartości: ";

/// What clap adds in English to the help of an argument.
fn notes(arg: &Arg) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(name) = arg.get_env() {
        let set = env::var_os(name).map(|value| format!("={}", value.to_string_lossy())).unwrap_or_default();
        notes.push(format!("[zmienna: {}{set}]", name.to_string_lossy()));
    }
    let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if takes_values(arg) && !defaults.is_empty() {
        notes.push(format!("[domyślnie: {}]", defaults.join(" ")));
    }
    let possible: Vec<_> =
        arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if takes_values(arg) && !possible.is_empty() {
        notes.push(format!("{POSSIBLE}{}]", possible.join(", ")));
    }
    notes
}

/// What each value of an argument means.
fn meanings(arg: &Arg, id: &str) -> String {
    let values = arg.get_possible_values();
    let width = values.iter().map(|value| value.get_name().len()).max().unwrap_or_default() + 1;
    let mut lines = vec!["Możliwe wartości:".to_owned()];
    for value in &values {
        let meaning = arguments::value(id, value.get_name()).unwrap_or_default();
        lines.push(format!("- {:width$} {meaning}", format!("{}:", value.get_name())));
    }
    lines.join("\n")
}

fn placeholders(arg: &Arg) -> Option<Vec<&'static str>> {
    let names = arg.get_value_names().filter(|_| takes_values(arg))?;
    names.iter().map(|name| arguments::placeholder(name)).collect()
}

fn takes_values(arg: &Arg) -> bool {
    arg.get_action().takes_values()
}

fn describes_values(arg: &Arg) -> bool {
    takes_values(arg) && arg.get_possible_values().iter().any(|value| value.get_help().is_some())
}

#[cfg(test)]
mod tests;
