//! Wrong usage, told in Polish.

use clap::builder::{StyledStr, Styles};
use clap::error::{ContextKind, ContextValue, Error, ErrorFormatter, ErrorKind};
use kernel::{Fault, Lang};
use std::error::Error as _;
use std::fmt::Write as _;
use std::net::AddrParseError;
use std::num::{IntErrorKind, ParseIntError};

/// Tells in Polish what clap tells in English, in the same order.
pub struct Polish;

type Told = Error<Polish>;

impl ErrorFormatter for Polish {
    fn format_error(error: &Told) -> StyledStr {
        let styles = Styles::default();
        let (wrong, valid, literal) = (styles.get_error(), styles.get_valid(), styles.get_literal());
        let mut told = format!("{wrong}błąd:{wrong:#} {}", what(error));
        let tips = tips(error);
        if !tips.is_empty() {
            told.push('\n');
        }
        for tip in tips {
            let _ = write!(told, "\n  {valid}wskazówka:{valid:#} {tip}");
        }
        if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
            let _ = write!(told, "\n\n{}", usage.ansi().to_string().replacen("Usage:", "Użycie:", 1));
        }
        let _ = writeln!(told, "\n\nWięcej informacji: {literal}--help{literal:#}.");
        StyledStr::from(told)
    }
}

/// What is wrong.
fn what(error: &Told) -> String {
    let argument = text(error, ContextKind::InvalidArg);
    let value = text(error, ContextKind::InvalidValue);
    let command = text(error, ContextKind::InvalidSubcommand);
    match error.kind() {
        ErrorKind::ArgumentConflict => conflict(error),
        ErrorKind::NoEquals => format!("wartość podaje się po znaku =: {}", wrong(&argument)),
        ErrorKind::InvalidValue if value.is_empty() => format!("brakuje wartości: {}", wrong(&argument)),
        ErrorKind::InvalidValue => {
            let allowed = among(error, ContextKind::ValidValue, "możliwe wartości");
            format!("niewłaściwa wartość {}: {}{allowed}", right(&argument), wrong(&value))
        }
        ErrorKind::ValueValidation => {
            format!("niewłaściwa wartość {}: {}: {}", right(&argument), wrong(&value), why(error))
        }
        ErrorKind::TooManyValues => {
            format!("o jedną wartość za dużo przy {}: {}", right(&argument), wrong(&value))
        }
        ErrorKind::TooFewValues => few(error, &argument, ContextKind::MinValues, "co najmniej "),
        ErrorKind::WrongNumberOfValues => few(error, &argument, ContextKind::ExpectedNumValues, ""),
        ErrorKind::UnknownArgument => format!("nieznany argument: {}", wrong(&argument)),
        ErrorKind::InvalidSubcommand => format!("nieznane polecenie: {}", wrong(&command)),
        ErrorKind::MissingSubcommand => {
            let known = among(error, ContextKind::ValidSubcommand, "polecenia");
            format!("brakuje polecenia po {}{known}", wrong(&command))
        }
        ErrorKind::MissingRequiredArgument => {
            format!("brakuje wymaganych argumentów:{}", listed(&texts(error, ContextKind::InvalidArg), right))
        }
        ErrorKind::InvalidUtf8 => "argument nie jest tekstem UTF-8".to_owned(),
        // What is left is shown, not wrong, or comes from the operating system.
        _ => error.source().map(ToString::to_string).unwrap_or_default(),
    }
}

fn conflict(error: &Told) -> String {
    let (argument, command) =
        (text(error, ContextKind::InvalidArg), text(error, ContextKind::InvalidSubcommand));
    let others = texts(error, ContextKind::PriorArg);
    let this = if command.is_empty() { wrong(&argument) } else { format!("polecenia {}", wrong(&command)) };
    match &*others {
        [other] if *other == argument => format!("można podać tylko raz: {this}"),
        [] => format!("nie można podać {this} razem z pozostałymi argumentami"),
        [other] => format!("nie można podać {this} razem z {}", wrong(other)),
        _ => format!("nie można podać {this} razem z:{}", listed(&others, wrong)),
    }
}

fn few(error: &Told, argument: &str, wanted: ContextKind, least: &str) -> String {
    let (wanted, given) = (number(error, wanted), number(error, ContextKind::ActualNumValues));
    format!("liczba wartości {} powinna wynosić {least}{wanted}, a wynosi {given}", right(argument))
}

/// Why a value is none.
fn why(error: &Told) -> String {
    let Some(source) = error.source() else { return "nie pasuje".to_owned() };
    if let Some(fault) = source.downcast_ref::<Fault>() {
        return fault.public(Lang::Pl);
    }
    if source.is::<AddrParseError>() {
        return "podaj adres IP i port, na przykład 127.0.0.1:8443".to_owned();
    }
    if source.is::<ipnet::AddrParseError>() {
        return "podaj sieć, na przykład 10.0.0.5/32".to_owned();
    }
    if let Some(number) = source.downcast_ref::<ParseIntError>() {
        return match number.kind() {
            IntErrorKind::PosOverflow => "to za duża liczba",
            IntErrorKind::NegOverflow => "to za mała liczba",
            _ => "to nie jest liczba całkowita",
        }
        .to_owned();
    }
    let text = source.to_string();
    match text.split_once(" is not in ") {
        Some((value, range)) => format!("{value} jest poza zakresem {range}"),
        None => text,
    }
}

/// What could have been meant.
fn tips(error: &Told) -> Vec<String> {
    let mut tips = Vec::new();
    for (kind, one, some) in [
        (ContextKind::SuggestedSubcommand, "jest podobne polecenie", "są podobne polecenia"),
        (ContextKind::SuggestedArg, "jest podobny argument", "są podobne argumenty"),
        (ContextKind::SuggestedValue, "jest podobna wartość", "są podobne wartości"),
    ] {
        let near = texts(error, kind);
        let shown = near.iter().map(|word| right(word)).collect::<Vec<_>>().join(", ");
        match near.len() {
            0 => {}
            1 => tips.push(format!("{one}: {shown}")),
            _ => tips.push(format!("{some}: {shown}")),
        }
    }
    if let Some(ContextValue::StyledStrs(more)) = error.get(ContextKind::Suggested) {
        tips.extend(more.iter().filter_map(|tip| of_suggestion(&tip.to_string())));
    }
    tips
}

/// A tip that clap gives only as an English sentence: what is to be typed is quoted in it.
fn of_suggestion(english: &str) -> Option<String> {
    let quoted: Vec<&str> = english.split('\'').skip(1).step_by(2).collect();
    match &*quoted {
        [value, typed] if english.starts_with("to pass") => {
            Some(format!("aby podać {} jako wartość, napisz: {}", wrong(value), right(typed)))
        }
        [command, dashes] if english.starts_with("subcommand") => {
            Some(format!("jest polecenie {}: usuń {} przed nim", right(command), wrong(dashes)))
        }
        [typed] if english.ends_with("exists") => Some(format!("jest: {}", right(typed))),
        _ => None,
    }
}

fn among(error: &Told, kind: ContextKind, name: &str) -> String {
    let known = texts(error, kind);
    if known.is_empty() {
        return String::new();
    }
    let styles = Styles::default();
    let valid = styles.get_valid();
    let known = known.iter().map(|word| format!("{valid}{word}{valid:#}")).collect::<Vec<_>>().join(", ");
    format!("\n  [{name}: {known}]")
}

fn listed(words: &[String], shown: fn(&str) -> String) -> String {
    words.iter().map(|word| format!("\n  {}", shown(word))).collect()
}

fn wrong(word: &str) -> String {
    let styles = Styles::default();
    let style = styles.get_invalid();
    format!("„{style}{word}{style:#}”")
}

fn right(word: &str) -> String {
    let styles = Styles::default();
    let style = styles.get_valid();
    format!("„{style}{word}{style:#}”")
}

fn text(error: &Told, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        _ => String::new(),
    }
}

fn texts(error: &Told, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::String(text)) => vec![text.clone()],
        _ => Vec::new(),
    }
}

fn number(error: &Told, kind: ContextKind) -> isize {
    match error.get(kind) {
        Some(ContextValue::Number(number)) => *number,
        _ => 0,
    }
}
