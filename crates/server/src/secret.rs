//! Secrets in files.

use kernel::{Fault, FaultKind, Result, Text};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use zeroize::Zeroizing;

/// Bytes of a file with a secret.
const MAX: u64 = 4096;

/// The first line of a file that only its owner can read.
///
/// # Errors
/// Invalid if it cannot be read, or others can read it.
pub fn read(path: &Path) -> Result<Zeroizing<String>> {
    let cannot = |e: std::io::Error| {
        let text = format!("{}: {e}", path.display());
        Fault::new(
            FaultKind::Invalid,
            Text::new(
                format!(
                    "Nie można odczytać {text}. Utwórz ten plik, z prawami 600, albo popraw jego ścieżkę."
                ),
                format!("Cannot read {text}. Make that file, with mode 600, or correct its path."),
            ),
        )
    };
    let file = File::open(path).map_err(cannot)?;
    if open_to_others(&file).map_err(cannot)? {
        return Err(Fault::invalid(Text::new(
            format!(
                "Plik {} jest dostępny dla innych użytkowników systemu. Odbierz im prawa: chmod 600.",
                path.display()
            ),
            format!(
                "The file {} is open to other users of the system. Take their rights away: chmod 600.",
                path.display()
            ),
        )));
    }
    let mut text = Zeroizing::new(String::new());
    file.take(MAX).read_to_string(&mut text).map_err(cannot)?;
    Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()))
}

/// The secret in the file that a setting of this name names, if it names one.
///
/// # Errors
/// As [`read`].
pub fn of_setting(setting: &str, path: Option<&Path>) -> Result<Option<Zeroizing<String>>> {
    path.map(read).transpose().map_err(|fault| {
        let Text { pl, en } = &fault.message;
        let message = Text::new(format!("{setting}: {pl}"), format!("{setting}: {en}"));
        Fault { message, ..fault }
    })
}

#[cfg(unix)]
fn open_to_others(file: &File) -> std::io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    let meta = file.metadata()?;
    // A pipe, as in <(pass show klucznik), belongs to the shell alone.
    Ok(meta.is_file() && meta.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn open_to_others(_: &File) -> std::io::Result<bool> {
    Ok(false)
}
