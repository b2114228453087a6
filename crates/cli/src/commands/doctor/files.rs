//! The folder of the instance: whether it is there, who can read it, and how much room it has.

use super::Patient;
use super::finding::Finding;
use kernel::Text;
use server::Layout;
use std::fs::{self, Metadata};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Files that one look takes at most.
const MAX_FILES: usize = 10_000;
/// Files that one finding names at most.
const NAMED: usize = 5;
/// Free bytes below which the server soon stops writing.
const LOW: u64 = 256 << 20;
/// Free bytes below which there is a warning.
const SCARCE: u64 = 1 << 30;

/// Whether there is anything to look at.
pub fn instance(layout: &Layout) -> Finding {
    let dir = layout.dir.display();
    if layout.has_broken_restore() {
        let mend = Text::of(
            "Powtórz klucznik restore z tym samym --dir. Kopię można też przywrócić w innym, pustym miejscu.",
            "Run klucznik restore again with the same --dir. The backup can be restored in another, empty place too.",
        );
        return Finding::failed("instance", &crate::open::broken_restore(layout), mend);
    }
    if layout.keys().join("keys.json").exists() {
        return Finding::ok("instance", Text::new(format!("Instancja: {dir}"), format!("Instance: {dir}")));
    }
    Finding::error(
        "instance",
        Text::new(
            format!("W folderze {dir} nie ma instancji albo brakuje jej kluczy."),
            format!("There is no instance in {dir}, or its keys are missing."),
        ),
        Text::of(
            "Wskaż folder: --dir. Nową instancję tworzy klucznik init; skasowane klucze przywróć z ich kopii.",
            "Name the folder: --dir. klucznik init makes a new instance; bring lost keys back from their copy.",
        ),
    )
}

pub fn checks(patient: &Patient<'_>) -> Vec<Finding> {
    vec![access(&patient.layout), space(patient)]
}

/// What others may open although it is nobody else's business: everything but certificates, and what the
/// folder itself keeps from others.
fn access(layout: &Layout) -> Finding {
    const CHECK: &str = "access";
    let home = match fs::metadata(&layout.dir) {
        Ok(home) => home,
        Err(e) => {
            let text = format!("{}: {e}", layout.dir.display());
            return Finding::skipped(CHECK, Text::same(text), None);
        }
    };
    let all = walk(&layout.dir);
    let foreign: Vec<_> = all.iter().filter(|(_, meta)| meta.uid() != home.uid()).collect();
    if !foreign.is_empty() {
        let (names, dir) = (names(&foreign), layout.dir.display());
        return Finding::error(
            CHECK,
            Text::new(
                format!("Te pliki należą do kogo innego niż folder: {names}"),
                format!("These files belong to somebody else than the folder: {names}"),
            ),
            Text::new(
                format!("chown -R --reference={dir} {dir}; uruchamiaj polecenia jako właściciel folderu."),
                format!("chown -R --reference={dir} {dir}; run commands as the owner of the folder."),
            ),
        );
    }
    let open: Vec<_> = all.iter().filter(|(path, meta)| is_secret(path) && is_open(meta)).collect();
    if is_open(&home) || !open.is_empty() {
        let dir = layout.dir.display();
        let mut named = names(&open);
        if is_open(&home) {
            named = format!("{dir} {named}");
        }
        return Finding::error(
            CHECK,
            Text::new(
                format!("Inni użytkownicy systemu mają dostęp: {named}"),
                format!("Other users of the system have access: {named}"),
            ),
            Text::of(
                "Odbierz im prawa: chmod 700 dla folderów, chmod 600 dla plików.",
                "Take their rights away: chmod 700 for folders, chmod 600 for files.",
            ),
        );
    }
    Finding::ok(
        CHECK,
        Text::of(
            "Tylko właściciel ma dostęp do danych i kluczy.",
            "The owner alone has access to data and keys.",
        ),
    )
}

/// All files and folders below, links not followed, as many as one look takes.
fn walk(dir: &Path) -> Vec<(PathBuf, Metadata)> {
    let (mut found, mut folders) = (Vec::new(), vec![dir.to_owned()]);
    while let Some(folder) = folders.pop() {
        // What cannot be listed is found by the checks that need it.
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(meta) = entry.metadata() else { continue };
            if meta.is_dir() {
                folders.push(entry.path());
            }
            found.push((entry.path(), meta));
            if found.len() >= MAX_FILES {
                return found;
            }
        }
    }
    found
}

fn is_open(meta: &Metadata) -> bool {
    meta.permissions().mode() & 0o077 != 0
}

/// Keys, databases and checkpoints. Settings hold no secret, certificates are public, a lock is empty.
fn is_secret(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let within = path.parent().and_then(Path::file_name).is_some_and(|n| n == "keys");
    let begins = ["store.db", "index.db", "operator.sock"].iter().any(|kind| name.starts_with(kind));
    within || begins || name.ends_with(".key")
}

fn names(files: &[&(PathBuf, Metadata)]) -> String {
    let shown: Vec<_> = files.iter().take(NAMED).map(|(path, _)| path.display().to_string()).collect();
    let more = if files.len() > NAMED { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// Room on the disk, and the room kept back.
fn space(patient: &Patient<'_>) -> Finding {
    const CHECK: &str = "space";
    let Ok(disk) = rustix::fs::statvfs(&patient.layout.dir) else {
        return Finding::skipped(
            CHECK,
            Text::of("Nie da się zmierzyć miejsca.", "The room cannot be measured."),
            None,
        );
    };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    let mib = free >> 20;
    let what = Text::new(format!("Wolne miejsce: {mib} MiB."), format!("Free room: {mib} MiB."));
    let mend = Text::of("Zwolnij miejsce albo powiększ dysk.", "Free some room, or enlarge the disk.");
    // File systems that make inodes as needed say that there are none.
    let inodes = disk.f_files == 0 || disk.f_favail > 1_000;
    if free < LOW || !inodes {
        return Finding::error(CHECK, what, mend);
    }
    if free < SCARCE {
        return Finding::warning(CHECK, what, mend);
    }
    let wanted = patient.config.as_ref().map_or(0, |c| u64::from(c.reserve_mib) << 20);
    let mut reserve = patient.layout.store().into_os_string();
    reserve.push(".reserve");
    if patient.layout.store().exists() && wanted > 0 && fs::metadata(reserve).is_ok_and(|m| m.len() < wanted)
    {
        return Finding::warning(
            CHECK,
            Text::of(
                "Rezerwa miejsca na wypadek pełnego dysku jest niepełna.",
                "The room kept back for a full disk is not whole.",
            ),
            Text::of(
                "Uruchom serwer: gdy miejsca starczy, uzupełni ją sam.",
                "Start the server: once there is room, it makes it whole.",
            ),
        );
    }
    Finding::ok(CHECK, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("rights");
    }

    #[test]
    fn what_is_open_to_others_is_named() {
        let temp = tempfile::tempdir().expect("a folder");
        let layout = Layout::new(temp.path());
        fs::create_dir(layout.keys()).expect("a folder");
        for file in ["keys/keys.json", "store.db-wal", "klucznik.toml"] {
            fs::write(temp.path().join(file), "x").expect("a file");
            mode(&temp.path().join(file), 0o600);
        }
        let english = || access(&layout).what.en.into_owned();
        mode(temp.path(), 0o700);
        assert!(english().contains("owner alone"), "{}", english());
        mode(&temp.path().join("klucznik.toml"), 0o644);
        assert!(english().contains("owner alone"), "settings hold no secret: {}", english());
        for file in ["keys/keys.json", "store.db-wal"] {
            mode(&temp.path().join(file), 0o640);
            assert!(english().contains(file), "{}", english());
            mode(&temp.path().join(file), 0o600);
        }
        mode(temp.path(), 0o750);
        assert!(english().contains("Other users"), "{}", english());
    }
}
