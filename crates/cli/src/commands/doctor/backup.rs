//! Backups: whether there is a fresh one, where they go, and whether one was proved to restore.

use super::Patient;
use super::finding::Finding;
use kernel::{Text, Time};
use server::backup::{Noted, made_path, noted, verified_path};
use server::{BackupConfig, Config};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

const HOUR_MS: i64 = 3_600_000;
/// Time after which it should be proved again that backups restore.
const UNPROVED_MS: i64 = 90 * 24 * HOUR_MS;

pub fn checks(patient: &Patient<'_>) -> Vec<Finding> {
    if patient.is_nowhere() {
        return vec![patient.nothing("backup"), patient.nothing("backup-verified")];
    }
    let (layout, now) = (&patient.layout, patient.context.clock.now());
    let settings = patient.config.as_ref().map(|config| &config.backup);
    let mut found =
        vec![made(noted(&made_path(layout)), settings, now), verified(noted(&verified_path(layout)), now)];
    if let Some(folder) = settings.and_then(|s| s.folder.as_deref()) {
        found.push(place(folder, &layout.dir));
    }
    found
}

fn made(noted: Option<Noted>, settings: Option<&BackupConfig>, now: Time) -> Finding {
    const CHECK: &str = "backup";
    if let Some(Err(fault)) = settings.map(BackupConfig::recipients) {
        let mend = Text::new(
            format!("Popraw recipients w [backup] pliku {}.", Config::FILE),
            format!("Correct recipients under [backup] in {}.", Config::FILE),
        );
        return Finding::failed(CHECK, &fault, mend);
    }
    let mend = if settings.is_some_and(BackupConfig::is_scheduled) {
        Text::of(
            "Powód podaje log serwera. Kopię można zrobić od ręki: klucznik backup PLIK",
            "The log of the server tells why. Make one by hand: klucznik backup FILE",
        )
    } else {
        Text::of(
            "Wpisz recipients i folder w [backup], a serwer będzie robił kopie sam; od ręki: klucznik backup PLIK. Jeśli robi je inny serwer tej bazy, sprawdź tam.",
            "Give recipients and a folder under [backup], and the server makes them by itself; by hand: klucznik backup FILE. If another server of this database makes them, look there.",
        )
    };
    let Some(noted) = noted else {
        let text = Text::of("Nie zrobiono stąd żadnej kopii zapasowej.", "No backup was made from here.");
        return Finding::warning(CHECK, text, mend);
    };
    let at = noted.state_of.rfc3339();
    let text = Text::new(
        format!("Ostatnia kopia zapasowa zawiera stan z {at}."),
        format!("The last backup holds the state of {at}."),
    );
    if noted.is_late(settings.unwrap_or(&BackupConfig::default()), now) {
        return Finding::warning(CHECK, text, mend);
    }
    Finding::ok(CHECK, text)
}

fn verified(noted: Option<Noted>, now: Time) -> Finding {
    const CHECK: &str = "backup-verified";
    let mend = Text::of(
        "Sprawdź ostatnią: klucznik backup verify PLIK --identity backup.identity",
        "Prove the last one: klucznik backup verify FILE --identity backup.identity",
    );
    let Some(noted) = noted else {
        let text = Text::of(
            "Nie sprawdzono stąd, czy kopia zapasowa da się przywrócić.",
            "It was not proved from here that a backup restores.",
        );
        return Finding::warning(CHECK, text, mend);
    };
    let (at, of) = (noted.at.rfc3339(), noted.state_of.rfc3339());
    let text = Text::new(
        format!("{at} sprawdzono, że kopia stanu z {of} da się przywrócić."),
        format!("At {at} the backup of the state of {of} was proved to restore."),
    );
    if now.0.saturating_sub(noted.at.0) > UNPROVED_MS {
        return Finding::warning(CHECK, text, mend);
    }
    Finding::ok(CHECK, text)
}

/// Whether what destroys the data leaves the backups.
fn place(folder: &Path, dir: &Path) -> Finding {
    const CHECK: &str = "backup-place";
    let mend = Text::of(
        "Podłącz tam inny dysk albo wskaż inny folder w [backup], i kopiuj go też poza ten komputer.",
        "Mount another disk there, or name another folder under [backup], and copy it away from this machine too.",
    );
    let disk = |path: &Path| fs::metadata(path).map(|meta| meta.dev());
    match (disk(folder), disk(dir)) {
        (Err(e), _) => Finding::error(CHECK, Text::same(format!("{}: {e}", folder.display())), mend),
        (Ok(backups), Ok(data)) if backups == data => Finding::warning(
            CHECK,
            Text::of(
                "Kopie zapasowe leżą na tym samym dysku co dane: giną razem z nimi.",
                "The backups lie on the same disk as the data: they are lost together.",
            ),
            mend,
        ),
        _ => Finding::ok(
            CHECK,
            Text::of(
                "Kopie zapasowe nie leżą na dysku danych.",
                "The backups do not lie on the disk of the data.",
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::State;
    use super::*;

    const NOW: Time = Time(1_795_420_800_000);
    const RECIPIENT: &str = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";

    fn hours_ago(hours: i64) -> Option<Noted> {
        let at = NOW.plus_ms(-hours * HOUR_MS);
        Some(Noted { at, state_of: at, events: 1 })
    }

    #[test]
    fn a_backup_gets_old_by_its_schedule() {
        let by_hand = BackupConfig::default();
        let state = |noted, settings: &BackupConfig| made(noted, Some(settings), NOW).state;
        assert_eq!(state(None, &by_hand), State::Warning);
        assert_eq!(state(hours_ago(7 * 24), &by_hand), State::Ok);
        assert_eq!(state(hours_ago(7 * 24 + 1), &by_hand), State::Warning);
        let recipients = vec![RECIPIENT.to_owned()];
        let scheduled = BackupConfig { folder: Some("/mnt".into()), recipients, ..by_hand.clone() };
        assert_eq!(state(hours_ago(48), &scheduled), State::Ok);
        assert_eq!(state(hours_ago(49), &scheduled), State::Warning);
        let broken = BackupConfig { recipients: vec!["age1none".to_owned()], ..by_hand };
        assert_eq!(state(hours_ago(1), &broken), State::Error);
    }

    #[test]
    fn a_proof_is_to_be_repeated_and_a_missing_folder_is_an_error() {
        assert_eq!(verified(None, NOW).state, State::Warning);
        assert_eq!(verified(hours_ago(90 * 24), NOW).state, State::Ok);
        assert_eq!(verified(hours_ago(90 * 24 + 1), NOW).state, State::Warning);
        let dir = tempfile::tempdir().expect("a folder");
        assert_eq!(place(&dir.path().join("none"), dir.path()).state, State::Error);
        assert_eq!(place(dir.path(), dir.path()).state, State::Warning);
    }
}
