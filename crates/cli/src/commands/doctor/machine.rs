//! The machine: what of memory may come onto its disks, and whether its clock is set by others.

use super::finding::Finding;
use kernel::Text;
use rustix::process::{Resource, getrlimit};
use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// Open files that a server with many browsers needs.
const FILES: u64 = 1_024;
/// How often, and at which distance, it is looked whether a command has ended.
const LOOKS: u32 = 40;
const PAUSE: Duration = Duration::from_millis(50);

pub fn checks() -> Vec<Finding> {
    let hibernates =
        fs::read_to_string("/sys/power/state").is_ok_and(|s| s.split_whitespace().any(|w| w == "disk"));
    vec![
        synchronised(ask_synchronised().as_deref()),
        swap(fs::read_to_string("/proc/swaps").ok().as_deref(), hibernates, is_encrypted),
        core_dumps(),
        open_files(getrlimit(Resource::Nofile).current),
    ]
}

/// Whether somebody sets the clock, as systemd knows it of whatever program does.
fn ask_synchronised() -> Option<String> {
    let mut child = Command::new("timedatectl")
        .args(["show", "--property=NTPSynchronized", "--value"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    // Without the service behind it, it may wait for long.
    for _ in 0..LOOKS {
        if child.try_wait().ok()?.is_some() {
            let output = child.wait_with_output().ok()?;
            return output
                .status
                .success()
                .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned());
        }
        sleep(PAUSE);
    }
    let _ = child.kill();
    let _ = child.wait();
    None
}

fn synchronised(answer: Option<&str>) -> Finding {
    const CHECK: &str = "clock-sync";
    match answer {
        Some("yes") => {
            Finding::ok(CHECK, Text::of("Zegar jest synchronizowany.", "The clock is synchronised."))
        }
        Some("no") => Finding::warning(
            CHECK,
            Text::of("Zegar nie jest synchronizowany.", "The clock is not synchronised."),
            Text::of(
                "Włącz synchronizację: timedatectl set-ntp true",
                "Switch it on: timedatectl set-ntp true",
            ),
        ),
        _ => Finding::skipped(
            CHECK,
            Text::of(
                "Nie wiadomo, czy zegar jest synchronizowany: timedatectl nie odpowiada.",
                "It is not known whether the clock is synchronised: timedatectl does not answer.",
            ),
            None,
        ),
    }
}

/// Whether what lies on this device is encrypted, as the device mapper says.
fn is_encrypted(device: &str) -> bool {
    let name = fs::canonicalize(device)
        .ok()
        .and_then(|path| path.file_name().map(|n| n.to_string_lossy().into_owned()));
    let id = name.and_then(|name| fs::read_to_string(format!("/sys/block/{name}/dm/uuid")).ok());
    id.is_some_and(|id| id.starts_with("CRYPT-"))
}

/// Keys and records in memory come into swap.
fn swap(text: Option<&str>, hibernates: bool, encrypted: impl Fn(&str) -> bool) -> Finding {
    const CHECK: &str = "swap";
    let Some(text) = text else {
        return Finding::skipped(
            CHECK,
            Text::of("Nie da się odczytać listy swapów.", "The list of swaps cannot be read."),
            None,
        );
    };
    let devices = text.lines().skip(1).filter_map(|line| line.split_whitespace().next());
    // A compressed device lies in memory itself.
    let open: Vec<&str> = devices.filter(|d| !d.starts_with("/dev/zram") && !encrypted(d)).collect();
    if open.is_empty() {
        return Finding::ok(
            CHECK,
            Text::of(
                "Pamięć nie trafia na dysk bez szyfrowania.",
                "Memory does not come onto a disk unencrypted.",
            ),
        );
    }
    let named = open.join(", ");
    let (pl, en) = if hibernates {
        (", a hibernacja zapisuje tam całą pamięć", ", and hibernation writes all memory there")
    } else {
        ("", "")
    };
    Finding::warning(
        CHECK,
        Text::new(
            format!("Swap nie jest szyfrowany ({named}): trafiają tam klucze i dane z pamięci{pl}."),
            format!("Swap is not encrypted ({named}): keys and data in memory come there{en}."),
        ),
        Text::of(
            "Zaszyfruj swap (crypttab), wyłącz go (swapoff -a) albo ustaw MemorySwapMax=0 w jednostce serwera. Na dysku szyfrowanym w całości to wystarcza.",
            "Encrypt swap (crypttab), switch it off (swapoff -a), or set MemorySwapMax=0 in the unit of the server. On a disk that is encrypted as a whole this is enough.",
        ),
    )
}

#[cfg(target_os = "linux")]
fn dumps_are_forbidden() -> bool {
    rustix::process::dumpable_behavior().is_ok_and(|b| b == rustix::process::DumpableBehavior::NotDumpable)
}

#[cfg(not(target_os = "linux"))]
fn dumps_are_forbidden() -> bool {
    getrlimit(Resource::Core).maximum == Some(0)
}

/// The program forbids dumps of its memory when it starts; here is whether that worked.
fn core_dumps() -> Finding {
    const CHECK: &str = "core-dumps";
    match dumps_are_forbidden() {
        true => Finding::ok(
            CHECK,
            Text::of(
                "Awaria nie zapisze pamięci programu na dysk.",
                "A crash does not write the memory of the program to disk.",
            ),
        ),
        false => Finding::warning(
            CHECK,
            Text::of(
                "Awaria może zapisać pamięć programu na dysk.",
                "A crash may write the memory of the program to disk.",
            ),
            Text::of("Ustaw LimitCORE=0 w jednostce serwera.", "Set LimitCORE=0 in the unit of the server."),
        ),
    }
}

fn open_files(limit: Option<u64>) -> Finding {
    const CHECK: &str = "open-files";
    match limit {
        Some(limit) if limit < FILES => Finding::warning(
            CHECK,
            Text::new(
                format!("Program może otworzyć tylko {limit} plików i połączeń."),
                format!("The program may open only {limit} files and connections."),
            ),
            Text::of(
                "Ustaw LimitNOFILE=65536 w jednostce serwera.",
                "Set LimitNOFILE=65536 in the unit of the server.",
            ),
        ),
        Some(limit) => Finding::ok(
            CHECK,
            Text::new(format!("Limit otwartych plików: {limit}."), format!("Limit of open files: {limit}.")),
        ),
        None => {
            Finding::ok(CHECK, Text::of("Otwartych plików nic nie ogranicza.", "Nothing limits open files."))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::State;
    use super::*;

    #[test]
    fn swap_in_clear_is_named() {
        let head = "Filename\tType\tSize\tUsed\tPriority\n";
        let state = |rows: &str| swap(Some(&format!("{head}{rows}")), false, |d| d == "/dev/dm-1").state;
        assert_eq!(state(""), State::Ok);
        assert_eq!(state("/dev/zram0 partition 1 0 100\n/dev/dm-1 partition 1 0 -2\n"), State::Ok);
        let found =
            swap(Some(&format!("{head}/dev/dm-1 partition 1 0 -2\n/swapfile file 1 0 -3\n")), true, |d| {
                d == "/dev/dm-1"
            });
        assert_eq!(found.state, State::Warning);
        assert!(
            found.what.en.contains("(/swapfile)") && found.what.en.contains("hibernation"),
            "{}",
            found.what.en
        );
        assert_eq!(swap(None, false, |_| true).state, State::Skipped);
    }

    #[test]
    fn few_files_and_a_loose_clock_are_told() {
        assert_eq!(open_files(Some(256)).state, State::Warning);
        assert_eq!(open_files(Some(1_024)).state, State::Ok);
        assert_eq!(synchronised(Some("no")).state, State::Warning);
        assert_eq!(synchronised(Some("yes")).state, State::Ok);
        assert_eq!(synchronised(None).state, State::Skipped);
    }
}
