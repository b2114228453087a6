//! Files of backups: whole or not there, their owner's alone, named by the moment.

use crate::folder::io_fault;
use kernel::{Result, Time};
use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

const PREFIX: &str = "klucznik-";
const SUFFIX: &str = ".age";
const PARTIAL: &str = ".partial";
/// So many places are tried for what is being written.
const TRIES: u32 = 100;

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
    moments(folder)
}

/// The files in a folder of backups that were begun and are not whole, by moment: one under way, or what a try left
/// that was ended by force.
///
/// # Errors
/// The folder cannot be read.
pub fn list_unfinished(folder: &Path) -> Result<Vec<(Time, PathBuf)>> {
    let whole = |name: &str| {
        let rest = name.strip_suffix(PARTIAL)?;
        time_of(rest).or_else(|| time_of(rest.rsplit_once('.')?.0))
    };
    entries(folder, |name| whole(name).map(|at| (at, folder.join(name))))
}

fn moments(folder: &Path) -> Result<Vec<Time>> {
    let mut times = entries(folder, time_of)?;
    times.sort_unstable();
    Ok(times)
}

fn entries<T>(folder: &Path, of: impl Fn(&str) -> Option<T>) -> Result<Vec<T>> {
    let fault = |e: io::Error| io_fault(folder, &e);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(fault)? {
        found.extend(of(&entry.map_err(fault)?.file_name().to_string_lossy()));
    }
    Ok(found)
}

/// Begins a file that is to have a name once it is whole. Each has a place of its own, so that several can be on their
/// way to one name, and is locked as long as it is written: so what somebody left who was ended by force is known.
fn begin(path: &Path) -> io::Result<(PathBuf, File)> {
    static BEGUN: AtomicU64 = AtomicU64::new(0);
    let mut options = File::options();
    options.write(true).create_new(true).mode(0o600);
    for _ in 0..TRIES {
        let number = BEGUN.fetch_add(1, Ordering::Relaxed);
        let mut partial = path.as_os_str().to_owned();
        partial.push(format!(".{}-{number}{PARTIAL}", std::process::id()));
        let partial = PathBuf::from(partial);
        let file = match options.open(&partial) {
            Ok(file) => file,
            // An earlier process had our number, or another machine's process has it.
            Err(e) if e.kind() == ErrorKind::AlreadyExists => continue,
            Err(e) => return Err(e),
        };
        match file.try_lock() {
            // Somebody swept it before it was locked.
            Err(TryLockError::WouldBlock) => {}
            Ok(()) if file.metadata()?.nlink() == 0 => {}
            // Where files cannot be locked, nobody sweeps.
            Ok(()) | Err(TryLockError::Error(_)) => return Ok((partial, file)),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// Removes what was begun on its way to this name by somebody who is gone. What cannot be looked at stays.
fn sweep(path: &Path) {
    let Some(name) = path.file_name() else { return };
    let is_begun = |other: &OsStr| {
        let rest = other.as_bytes().strip_prefix(name.as_bytes());
        let own = rest.and_then(|rest| rest.strip_suffix(PARTIAL.as_bytes()));
        own.is_some_and(|own| own.iter().all(|c| b".-0123456789".contains(c)))
    };
    for entry in fs::read_dir(folder_of(path)).into_iter().flatten().flatten() {
        let is_file = entry.file_type().is_ok_and(|of| of.is_file());
        if is_file
            && is_begun(&entry.file_name())
            && let Ok(file) = File::open(entry.path())
            && file.try_lock().is_ok()
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes a file of mode 0600 in one step: it is there whole, durable and under its name, or not at all. What
/// had the name before is replaced; of several who write at once, the last one's stays. `write` gives the file back.
///
/// # Errors
/// Those of `write`; full or internal as writing fails.
pub fn write_whole<T>(path: &Path, write: impl FnOnce(File) -> Result<(T, File)>) -> Result<T> {
    let fault = |e: io::Error| io_fault(path, &e);
    sweep(path);
    let (partial, file) = begin(path).map_err(fault)?;
    let written = (|| {
        let (value, file) = write(file)?;
        file.sync_all().map_err(fault)?;
        fs::rename(&partial, path).map_err(fault)?;
        File::open(folder_of(path)).and_then(|dir| dir.sync_all()).map_err(fault)?;
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

    /// What is there, by name.
    fn names(dir: &Path) -> Vec<String> {
        let mut names = entries(dir, |name| Some(name.to_owned())).expect("a folder");
        names.sort_unstable();
        names
    }

    #[test]
    fn several_can_write_one_file_at_once() {
        use crate::backup::{Noted, note, noted};
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("backup-made.json");
        let of = |n| Noted { at: Time(n), state_of: Time(n), events: n.unsigned_abs() };
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let path = &path;
                scope.spawn(move || {
                    for n in 0..25 {
                        note(path, &of(writer * 100 + n)).expect("noted, whoever else does");
                        assert!(noted(path).is_some(), "whole whenever it is read");
                    }
                });
            }
        });
        assert!(noted(&path).is_some_and(|last| last.at.0 % 100 == 24), "the last of one of them");
        assert_eq!(names(dir.path()), ["backup-made.json"]);
    }

    #[test]
    fn what_is_being_written_stays_and_what_somebody_left_who_is_gone_goes() {
        use std::io::Write;
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("note");
        let left = ["note.7-1.partial", "note.partial"];
        let of_others = ["note.old.partial", "notes.7-1.partial", "other.partial"];
        for name in left.iter().chain(&of_others) {
            fs::write(dir.path().join(name), "half").expect("a file");
        }
        let (partial, mut under_way) = begin(&path).expect("begun");
        under_way.write_all(b"under way").expect("written");
        let put = |mut file: File| Ok((file.write_all(b"whole").expect("written"), file));
        write_whole(&path, put).expect("written");
        assert_eq!(fs::read_to_string(&partial).expect("it is there"), "under way");
        drop(under_way);
        write_whole(&path, put).expect("written");
        let mut stay = of_others.to_vec();
        stay.push("note");
        stay.sort_unstable();
        assert_eq!(names(dir.path()), stay);
    }
}
