use super::*;
use clap::error::ErrorKind;
use std::collections::BTreeSet;

/// Every command with its words, built as it is when it is typed.
fn all() -> Vec<(String, Command)> {
    fn collect(command: &Command, path: String, found: &mut Vec<(String, Command)>) {
        for sub in command.get_subcommands() {
            collect(sub, format!("{path} {}", sub.get_name()).trim().to_owned(), found);
        }
        found.push((path, command.clone()));
    }
    let mut command = Cli::command();
    command.build();
    let mut found = Vec::new();
    collect(&command, String::new(), &mut found);
    found
}

/// That there is a Polish text, and that it is none of the English ones.
fn is_told(what: &str, polish: Option<&str>, english: Option<String>) {
    let polish = polish.unwrap_or_else(|| panic!("{what} has no Polish text"));
    assert_ne!(Some(polish), english.as_deref(), "{what} is in English");
}

#[test]
fn every_command_argument_and_value_has_polish_words() {
    for (path, command) in all() {
        is_told(
            &format!("the command «{path}»"),
            commands::about(&path),
            command.get_about().map(ToString::to_string),
        );
        for arg in command.get_arguments() {
            let id = arg.get_id().as_str();
            let what = format!("{id} of «{path}»");
            is_told(&what, arguments::help(&path, id), arg.get_help().map(ToString::to_string));
            if let Some(heading) = arg.get_help_heading() {
                is_told(heading, arguments::heading(heading), Some(heading.to_owned()));
            }
            for name in arg.get_value_names().filter(|_| takes_values(arg)).unwrap_or_default() {
                assert!(arguments::placeholder(name).is_some(), "{name}, {what}");
            }
            for value in arg.get_possible_values() {
                let Some(help) = value.get_help() else { continue };
                is_told(&what, arguments::value(id, value.get_name()), Some(help.to_string()));
            }
        }
    }
}

#[test]
fn no_polish_words_are_of_what_is_not_there() {
    let all = all();
    let paths: BTreeSet<&str> = all.iter().map(|(path, _)| path.as_str()).collect();
    for (path, _) in commands::COMMANDS {
        assert!(paths.contains(path), "the command «{path}» does not exist");
    }
    let here: BTreeSet<(&str, &str)> = all
        .iter()
        .flat_map(|(path, command)| {
            command.get_arguments().map(move |arg| (path.as_str(), arg.get_id().as_str()))
        })
        .collect();
    for (path, id, _) in arguments::HERE {
        assert!(here.contains(&(*path, *id)), "{id} of «{path}» does not exist");
    }
    for (id, _) in arguments::ANYWHERE {
        let own = |path: &str| arguments::HERE.iter().any(|(p, i, _)| p == &path && i == id);
        assert!(here.iter().any(|(path, known)| known == id && !own(path)), "{id} is not needed");
    }
    let headings: BTreeSet<&str> = all
        .iter()
        .flat_map(|(_, command)| command.get_arguments().filter_map(Arg::get_help_heading))
        .collect();
    assert_eq!(headings, arguments::HEADINGS.iter().map(|(english, _)| *english).collect());
}

/// What the program says in a language when this is typed.
fn said(lang: Lang, line: &str) -> (ErrorKind, String) {
    let typed = std::iter::once("klucznik").chain(line.split_whitespace()).map(OsString::from).collect();
    let error = parsed(lang, typed).expect_err(line);
    let kind = error.kind();
    let text = match lang {
        Lang::Pl => error.apply::<Polish>().to_string(),
        Lang::En => error.to_string(),
    };
    (kind, text)
}

/// Words of clap's that stand in help and errors.
const FRAME: [&str; 13] = [
    "Usage",
    "Options:",
    "Arguments:",
    "Commands:",
    "[OPTIONS]",
    "COMMAND",
    "[env",
    "[default",
    "ossible values",
    "Print ",
    "error:",
    "tip:",
    "For more",
];

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn help_is_polish_at_every_level() {
    let all = all();
    let english: BTreeSet<String> = all
        .iter()
        .flat_map(|(_, command)| {
            let of_arguments =
                command.get_arguments().filter_map(Arg::get_help).map(|help| words(&help.to_string()));
            of_arguments.chain(command.get_about().map(|about| words(&about.to_string()))).collect::<Vec<_>>()
        })
        .collect();
    assert!(english.len() > 100, "{}", english.len());
    for (path, command) in &all {
        for flag in ["-h", "--help"] {
            // Commands below `help` take no flags; the help of each is asked for by its words.
            let line = if path.starts_with("help") || path.contains(" help") {
                path.clone()
            } else {
                format!("{path} {flag}")
            };
            let (kind, told) = said(Lang::Pl, &line);
            assert_eq!(kind, ErrorKind::DisplayHelp, "{line}");
            assert!(told.contains("Użycie: klucznik"), "{line}: {told}");
            for word in FRAME {
                assert!(!told.contains(word), "{line}: {word}: {told}");
            }
            let told = words(&told);
            for text in &english {
                // A word or two may be the same in both.
                assert!(text.len() < 8 || !told.contains(text.as_str()), "{line}: {text}: {told}");
            }
            if line.ends_with(flag) && command.has_subcommands() {
                assert!(told.contains("Polecenia: "), "{line}: {told}");
            }
        }
    }
}

#[test]
fn each_wrong_usage_is_told_in_both_languages() {
    for (line, english, polish) in [
        ("frobnicate", "unrecognized subcommand 'frobnicate'", "nieznane polecenie: „frobnicate”"),
        ("usr", "a similar subcommand exists: 'user'", "wskazówka: jest podobne polecenie: „user”"),
        (
            "serve --frobnicate",
            "unexpected argument '--frobnicate' found",
            "nieznany argument: „--frobnicate”",
        ),
        ("serve --listn x", "a similar argument exists: '--listen'", "jest podobny argument: „--listen”"),
        ("mail test --odd", "use '-- --odd'", "aby podać „--odd” jako wartość, napisz: „-- --odd”"),
        ("mail test a@b.pl b", "unexpected argument 'b' found", "nieznany argument: „b”"),
        ("--listen x serve", "'serve --listen' exists", "jest: „serve --listen”"),
        (
            "doctor --lang de",
            "invalid value 'de' for '--lang <LANG>'\n  [possible values: pl, en]",
            "niewłaściwa wartość „--lang <JĘZYK>”: „de”\n  [możliwe wartości: pl, en]",
        ),
        ("init --key fil", "a similar value exists: 'file'", "jest podobna wartość: „file”"),
        (
            "serve --listen",
            "a value is required for '--listen <ADDRESS:PORT>'",
            "brakuje wartości: „--listen <ADRES:PORT>”",
        ),
        ("serve --listen nowhere", "invalid socket address", "„nowhere”: podaj adres IP i port"),
        ("serve --trusted-proxy x", "invalid IP address syntax", "podaj sieć, na przykład 10.0.0.5/32"),
        ("serve --user-rate many", "invalid digit", "to nie jest liczba całkowita"),
        ("demo --seed 99999999999999999999", "too large", "to za duża liczba"),
        ("demo --teams 201", "201 is not in 1..=200", "201 jest poza zakresem 1..=200"),
        ("backup --recipient x -", "is no age recipient", "„x” nie jest odbiorcą age"),
        (
            "import people x.csv",
            "required arguments were not provided:\n  --as <LOGIN>",
            "brakuje wymaganych argumentów:\n  „--as <LOGIN>”",
        ),
        ("init --certificate a.pem", "--certificate-key <FILE>", "„--certificate-key <PLIK>”"),
        (
            "migrate --check --contract",
            "cannot be used with '--contract'",
            "nie można podać „--check” razem z „--contract”",
        ),
        (
            "doctor --key file --key file",
            "cannot be used multiple times",
            "można podać tylko raz: „--key <ŹRÓDŁO>”",
        ),
        (
            "backup a.age verify b.age",
            "the subcommand 'verify' cannot be used with '[FILE]'",
            "nie można podać polecenia „verify” razem z „[PLIK]”",
        ),
        (
            "user --key file",
            "requires a subcommand but one was not provided\n  [subcommands: list, create",
            "brakuje polecenia po „klucznik user”\n  [polecenia: list, create",
        ),
    ] {
        let (kind, told) = said(Lang::En, line);
        assert!(told.contains(english) && told.contains("error:"), "{line}, {kind:?}: {told}");
        let (same, told) = said(Lang::Pl, line);
        assert_eq!(kind, same, "{line}");
        assert!(told.starts_with("błąd: ") && told.contains(polish), "{line}, {kind:?}: {told}");
        assert!(told.contains("Więcej informacji: --help."), "{line}: {told}");
        for word in FRAME.iter().filter(|word| **word != "COMMAND") {
            assert!(!told.contains(word), "{line}: {word}: {told}");
        }
    }
    assert_eq!(said(Lang::Pl, "").0, ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand);
}

/// Kinds of wrong usage that no command of ours has now.
#[test]
fn wrong_usage_of_other_commands_would_be_told_too() {
    let command = Command::new("x")
        .arg(Arg::new("eq").long("eq").require_equals(true))
        .arg(Arg::new("two").long("two").num_args(2))
        .arg(Arg::new("some").long("some").num_args(2..=3))
        .arg(Arg::new("a").long("a").action(clap::ArgAction::SetTrue).conflicts_with_all(["b", "c"]))
        .arg(Arg::new("b").long("b").action(clap::ArgAction::SetTrue))
        .arg(Arg::new("c").long("c").action(clap::ArgAction::SetTrue));
    let told = |words: &[&str]| {
        let typed = std::iter::once("x").chain(words.iter().copied());
        let error = command.clone().try_get_matches_from(typed).expect_err("wrong");
        (error.kind(), error.apply::<Polish>().to_string())
    };
    for (line, kind, polish) in [
        (&["--eq", "1"][..], ErrorKind::NoEquals, "wartość podaje się po znaku =: „--eq=<eq>”"),
        (&["--two", "1"], ErrorKind::WrongNumberOfValues, "powinna wynosić 2, a wynosi 1"),
        (&["--some", "1"], ErrorKind::TooFewValues, "powinna wynosić co najmniej 2, a wynosi 1"),
        (
            &["--a", "--b", "--c"],
            ErrorKind::ArgumentConflict,
            "nie można podać „--a” razem z:\n  „--b”\n  „--c”",
        ),
    ] {
        let (found, text) = told(line);
        assert!(found == kind && text.contains(polish), "{found:?}: {text}");
    }
    use std::os::unix::ffi::OsStringExt;
    let odd = OsString::from_vec(vec![0xff]);
    let error = Command::new("x")
        .arg(Arg::new("v"))
        .try_get_matches_from([OsString::from("x"), odd])
        .expect_err("odd");
    assert_eq!(error.kind(), ErrorKind::InvalidUtf8);
    assert!(error.apply::<Polish>().to_string().contains("nie jest tekstem UTF-8"));
}

#[test]
fn the_language_of_help_is_that_of_the_flag() {
    let of = |words: &[&str]| language(&words.iter().map(OsString::from).collect::<Vec<_>>());
    assert_eq!(of(&["klucznik", "--lang", "pl", "--help"]), Lang::Pl);
    assert_eq!(of(&["klucznik", "user", "--help", "--lang=PL"]), Lang::Pl);
    assert_eq!(of(&["klucznik", "--lang=en"]), Lang::En);
}
