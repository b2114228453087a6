//! What is wrong with the file of settings.

use kernel::{Fault, Text};
use std::fmt::Display;
use std::path::Path;

/// It cannot be read or written at all.
pub fn fault(path: &Path, e: impl Display) -> Fault {
    let path = path.display();
    Fault::invalid(Text::new(format!("Ustawienia {path}: {e}"), format!("Settings {path}: {e}")))
}

/// What the parser does not take of `text`, and where; its words are English.
pub fn unreadable(path: &Path, text: &str, error: &toml::de::Error) -> Fault {
    let path = path.display();
    let before = error.span().and_then(|span| text.get(..span.start));
    let (line, column) = before.map_or((1, 1), |before| {
        let last = before.rsplit('\n').next().unwrap_or_default();
        (before.matches('\n').count() + 1, last.chars().count() + 1)
    });
    let said = error.message().trim().replace('\n', " ");
    Fault::invalid(Text::new(
        format!(
            "Ustawienia {path}: błąd w wierszu {line}, kolumna {column}. Popraw to miejsce. Komunikat parsera: „{said}”."
        ),
        format!(
            "Settings {path}: an error at line {line}, column {column}. Correct that place. The parser says: \"{said}\"."
        ),
    ))
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use kernel::Lang;

    #[test]
    fn where_the_settings_are_wrong_is_said_and_the_parser_is_quoted() {
        let dir = tempfile::tempdir().expect("a folder");
        for (text, line, column, word) in [
            ("user_rate = 200\n[passwords]\npases = 3\n", 3, 1, "pases"),
            ("user_rate = 200\nlogin_rate = \"ż\"\n", 2, 14, "invalid type"),
            ("listen = ", 1, 10, ""),
            ("time_zone = \"Europe/Warszawa\"\n", 1, 13, "Europe/Warszawa"),
        ] {
            std::fs::write(dir.path().join(Config::FILE), text).expect("a file");
            let fault = Config::load(dir.path()).expect_err("wrong");
            let (pl, en) = (fault.public(Lang::Pl), fault.public(Lang::En));
            assert!(pl.contains(&format!("w wierszu {line}, kolumna {column}.")), "{pl}");
            assert!(en.contains(&format!("at line {line}, column {column}.")), "{en}");
            let quoted = pl.split_once('„').expect("a quotation").1;
            assert!(quoted.contains(word) && !pl.contains('\n'), "{pl}");
        }
    }
}
