//! Files of backups: whole or not there, their owner's alone, named by the moment.

use crate::folder::io_fault;
use kernel::{Result, Time};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

const PREFIX: &str = "klucznik-";
const SUFFIX: &str = ".age";
const PARTIAL: &str = ".partial";

/// The name of the backup of a moment: `klucznik-20261126T234500Z.age`.
#[must_use]
pub fn name_of(at: Time) -> String {
    let seconds = at.rfc3339().split('.').next().unwrap_or_default().replace(['-', ':'], "");
    format!("{PREFIX}{seconds}Z{SUFFIX}")
}

/// The moment that a name says, in whole seconds; nothing of other names.
pub fn time_of(name: &str) -> Option<Time> {
    let text = name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?;
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let part = |of: &str, from: usize, to: usize| of.get(from..to).map(str::to_owned);
    let (year, month, day) = (part(date, 0, 4)?, part(date, 4, 6)?, date.get(6..)?);
    let (hour, minute, second) = (part(time, 0, 2)?, part(time, 2, 4)?, time.get(4..)?);
    let at = Time::parse(&format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z"))?;
    (name_of(at) == name).then_some(at)
}

/// The backups in a folder, by moment.
///
/// # Errors
/// The folder cannot be read.
pub fn list(folder: &Path) -> Result<Vec<Time>> {
    moments(folder, "")
}

/// The moments of backups in a folder that were begun and are not whole: one under way, or what a try left that
/// was ended by force.
///
/// # Errors
/// The folder cannot be read.
pub fn list_unfinished(folder: &Path) -> Result<Vec<Time>> {
    moments(folder, PARTIAL)
}

fn moments(folder: &Path, more: &str) -> Result<Vec<Time>> {
    let fault = |e: io::Error| io_fault(folder, &e);
    let mut times = Vec::new();
    for entry in fs::read_dir(folder).map_err(fault)? {
        times
            .extend(entry.map_err(fault)?.file_name().to_string_lossy().strip_suffix(more).and_then(time_of));
    }
    times.sort_unstable();
    Ok(times)
}

/// Where a file is written that is to have a name once it is whole.
#[must_use]
pub fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(PARTIAL);
    PathBuf::from(name)
}

/// Writes a file of mode 0600 in one step: it is there whole, durable and under its name, or not at all. What
/// had the name before is replaced. `write` gives the file back.
///
/// # Errors
/// Those of `write`; full or internal as writing fails.
pub fn write_whole<T>(path: &Path, write: impl FnOnce(File) -> Result<(T, File)>) -> Result<T> {
    let partial = unfinished(path);
    let fault = |e: io::Error| io_fault(path, &e);
    let written = (|| {
        match fs::remove_file(&partial) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(fault(e)),
            _ => {}
        }
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let (value, file) = write(options.open(&partial).map_err(fault)?)?;
        file.sync_all().map_err(fault)?;
        fs::rename(&partial, path).map_err(fault)?;
        let folder = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder).and_then(|dir| dir.sync_all()).map_err(fault)?;
        Ok(value)
    })();
    if written.is_err() {
        let _ = fs::remove_file(&partial);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Fault;

    #[test]
    fn names_say_the_moment_and_nothing_else_passes() {
        let at = Time::parse("2026-11-26T23:45:07Z").expect("a time");
        assert_eq!(name_of(at), "klucznik-20261126T234507Z.age");
        assert_eq!(time_of(&name_of(at)), Some(at));
        for other in [
            "klucznik-20261126T234507Z.age.partial",
            "klucznik-20261326T234507Z.age",
            "klucznik-2026112ĄT234507Z.age",
            "klucznik-.age",
            "notes.txt",
        ] {
            assert_eq!(time_of(other), None, "{other}");
        }
    }

    #[test]
    fn a_file_is_whole_and_its_owners_or_not_there() {
        use std::io::Write;
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("backup");
        let broken = |mut file: File| -> Result<((), File)> {
            file.write_all(b"half").expect("written");
            Err(Fault::bug("broken"))
        };
        assert!(write_whole(&path, broken).is_err());
        assert_eq!(fs::read_dir(dir.path()).expect("a folder").count(), 0);
        for text in ["first", "second"] {
            write_whole(&path, |mut file| Ok((file.write_all(text.as_bytes()).expect("written"), file)))
                .expect("written");
            assert_eq!(fs::read_to_string(&path).expect("a file"), text);
        }
        assert!(write_whole(&path, broken).is_err());
        assert_eq!(fs::read_to_string(&path).expect("a file"), "second", "the older one stays");
        assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
    }
}
