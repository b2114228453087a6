//! The root key: whether it can be read, and whether it lies where the data lie.

use super::Patient;
use super::finding::Finding;
use crate::open;
use kernel::Text;
use server::{Config, KeySource};
use std::env;
use std::fs;
use std::io::{self, IsTerminal};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use vault::RootKey;

const CHECK: &str = "root-key";

/// The findings, and the key if it was found.
pub fn checks(patient: &Patient<'_>) -> (Vec<Finding>, Option<RootKey>) {
    let Some(config) = &patient.config else {
        let why = Text::of(
            "Bez ustawień nie wiadomo, gdzie jest klucz.",
            "Without settings nobody knows where the key is.",
        );
        return (vec![Finding::skipped(CHECK, why, None)], None);
    };
    if patient.is_nowhere() {
        return (vec![patient.nothing(CHECK)], None);
    }
    if let Some(unreachable) = unreachable(&config.key) {
        return (vec![unreachable, place(config, &patient.layout.dir)], None);
    }
    match open::root_key(patient.context, &patient.layout, &config.key) {
        Ok(key) => {
            let read = Text::of("Klucz główny da się odczytać.", "The root key can be read.");
            (vec![Finding::ok(CHECK, read), place(config, &patient.layout.dir)], Some(key))
        }
        Err(fault) => {
            let mend = Text::of(
                "Przywróć klucz z jego kopii albo popraw [key] w klucznik.toml. Bez klucza niczego nie da się odczytać.",
                "Bring the key back from its copy, or correct [key] in klucznik.toml. Without it nothing can be read.",
            );
            (vec![Finding::failed(CHECK, &fault, mend), place(config, &patient.layout.dir)], None)
        }
    }
}

/// A key that this process cannot have, though the server may.
fn unreachable(source: &KeySource) -> Option<Finding> {
    let what = Text::of(
        "Klucza głównego nie da się sprawdzić stąd, a bez niego także danych.",
        "The root key cannot be looked at from here, nor can the data without it.",
    );
    let mend = match source {
        KeySource::Passphrase { file: None } if !io::stdin().is_terminal() => Text::of(
            "Uruchom na terminalu albo podaj --passphrase-file.",
            "Run it at a terminal, or give --passphrase-file.",
        ),
        KeySource::Credential { name } if env::var_os("CREDENTIALS_DIRECTORY").is_none() => Text::new(
            format!("Uruchom z poświadczeniem: systemd-run --pty -p LoadCredential={name} klucznik doctor"),
            format!("Run it with the credential: systemd-run --pty -p LoadCredential={name} klucznik doctor"),
        ),
        _ => return None,
    };
    Some(Finding::skipped(CHECK, what, Some(mend)))
}

/// Whether whoever takes the disk of the data has the key too.
fn place(config: &Config, dir: &Path) -> Finding {
    const CHECK: &str = "root-key-place";
    let mend = Text::of(
        "Przenieś klucz na inny nośnik i wpisz jego miejsce w [key] pliku klucznik.toml, albo użyj hasła lub poświadczenia systemd.",
        "Move the key to another medium and give its place under [key] in klucznik.toml, or use a passphrase or a systemd credential.",
    );
    let Some(file) = config.key.file(dir) else {
        return Finding::ok(
            CHECK,
            Text::of(
                "Klucz główny nie leży na dysku danych.",
                "The root key does not lie on the disk of the data.",
            ),
        );
    };
    if config.key.lies_in(dir) {
        return Finding::warning(
            CHECK,
            Text::of(
                "Klucz główny leży w folderze danych: kto weźmie dysk albo kopię folderu, ma jedno i drugie.",
                "The root key lies in the folder of the data: whoever takes the disk or a copy of the folder has both.",
            ),
            mend,
        );
    }
    let disk = |path: &Path| fs::metadata(path).ok().map(|meta| meta.dev());
    match (disk(&file), disk(dir)) {
        (Some(key), Some(data)) if key == data => Finding::warning(
            CHECK,
            Text::of(
                "Klucz główny leży na tym samym dysku co dane: kto weźmie dysk, ma jedno i drugie.",
                "The root key lies on the same disk as the data: whoever takes the disk has both.",
            ),
            mend,
        ),
        (Some(_), Some(_)) => Finding::ok(
            CHECK,
            Text::of(
                "Klucz główny leży na innym dysku niż dane.",
                "The root key lies on another disk than the data.",
            ),
        ),
        _ => Finding::skipped(
            CHECK,
            Text::of("Nie da się porównać dysków.", "The disks cannot be compared."),
            None,
        ),
    }
}
