//! The overview of commands in Polish. What a command says of itself in detail is in English: its words are those of the
//! settings.

use crate::args::{Cli, Language};
use crate::ui::person_speaks;
use clap::{Command, CommandFactory, FromArgMatches, ValueEnum};
use kernel::Lang;
use std::env;

const ABOUT: &str = "CRM na własnym serwerze, który chroni ludzi, o których jest.";
const CODES: &str = "Kody wyjścia: 0 zrobiono; 1 odmowa albo błąd, z powodem; 2 złe użycie; \
    3 sprawdzenie albo doctor coś znalazły; 4 doctor znalazł same ostrzeżenia.";
const TEMPLATE: &str = "{about-with-newline}\nUżycie: {usage}\n\n{all-args}{after-help}";

/// What each command is for.
const COMMANDS: [(&str, &str); 14] = [
    ("init", "Tworzy pustą instancję: klucze, pierwszego administratora, certyfikat"),
    ("serve", "Udostępnia instancję przez TLS aż do SIGTERM albo Ctrl-C"),
    ("demo", "Tworzy przykładową organizację i ją udostępnia"),
    ("import", "Wczytuje plik (CSV, XLSX, vCard) albo cofa import; instancja musi być zatrzymana"),
    ("user", "Użytkownicy, z samego serwera; poza `networks clear` instancja musi być zatrzymana"),
    ("backup", "Kopia zapasowa wszystkich danych, zaszyfrowana i bez kluczy; dowód, że da się przywrócić"),
    ("restore", "Tworzy instancję z kopii zapasowej, w pustym miejscu"),
    ("keys", "Stan, wymiana i kopie kluczy"),
    ("index", "Indeks list i wyszukiwania; instancja musi być zatrzymana"),
    ("migrate", "Format bazy: co dodaje do niej uruchomienie i co można usunąć"),
    ("ledger", "Sprawdza dziennik zdarzeń i dowodzi zdarzeń"),
    ("mail", "Sprawdza, czy poczta wychodzi"),
    ("doctor", "Szuka, co jest nie tak z instancją, działającą lub nie, i mówi, co zrobić"),
    ("help", "Pokazuje tę pomoc albo pomoc polecenia"),
];

/// What is said of what every command knows.
const ARGUMENTS: [(&str, &str); 7] = [
    ("dir", "Folder instancji [domyślnie: klucznik-data; demo: demo-data]"),
    ("lang", "Język komunikatów [domyślnie: z LC_ALL, LC_MESSAGES, LANG]"),
    ("json", "Odpowiada w JSON, dla skryptów"),
    ("verbose", "Mówi więcej o błędach"),
    ("log_format", "Postać logu na standardowym wyjściu błędów [domyślnie: text na terminalu, inaczej json]"),
    ("help", "Pokazuje pomoc"),
    ("version", "Pokazuje wersję"),
];

/// The command line as it was typed; ends the program with what is to be said of it if it makes no sense.
pub fn command_line() -> Cli {
    let mut command = Cli::command();
    if language() == Lang::Pl {
        command = in_polish(command);
    }
    Cli::from_arg_matches(&command.get_matches()).unwrap_or_else(|e| e.exit())
}

/// The language of help, which is shown before the command line is known to make sense.
fn language() -> Lang {
    let typed: Vec<String> = env::args_os().filter_map(|word| word.into_string().ok()).collect();
    let after = typed.iter().position(|word| word == "--lang").and_then(|at| typed.get(at + 1).cloned());
    let joined = || typed.iter().find_map(|word| word.strip_prefix("--lang=").map(str::to_owned));
    let said = after.or_else(joined).or_else(|| env::var("KLUCZNIK_LANG").ok());
    said.and_then(|word| Language::from_str(&word, true).ok()).map_or_else(person_speaks, Into::into)
}

fn in_polish(mut command: Command) -> Command {
    command.build();
    for (name, about) in COMMANDS {
        command = command.mut_subcommand(name, |sub| sub.about(about));
    }
    for (name, help) in ARGUMENTS {
        command = command.mut_arg(name, |arg| arg.help(help).help_heading("Opcje"));
    }
    command.about(ABOUT).after_help(CODES).help_template(TEMPLATE).subcommand_help_heading("Polecenia")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_and_argument_has_polish_words() {
        let mut command = Cli::command();
        command.build();
        let mut commands: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
        let mut arguments: Vec<&str> = command.get_arguments().map(|arg| arg.get_id().as_str()).collect();
        let [mut known, mut said] =
            [COMMANDS.map(|(name, _)| name).to_vec(), ARGUMENTS.map(|(name, _)| name).to_vec()];
        for names in [&mut commands, &mut arguments, &mut known, &mut said] {
            names.sort_unstable();
        }
        assert_eq!((commands, arguments), (known, said));
    }
}
