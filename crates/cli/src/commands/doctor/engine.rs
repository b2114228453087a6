//! The engine of the database: its release, and settings that durability and safety depend on.

use super::finding::Finding;
use kernel::{Text, Time};
use server::{Config, StoreConfig};
use std::collections::BTreeMap;
use store::{PostgresKeyring, Snapshot};

const CHECK: &str = "engine";
/// When PostgreSQL 0 would have got its last fixes, 2012-11-14, if each year's release were five years mended
/// (<https://www.postgresql.org/support/versioning/>).
const NO_FIXES: i64 = 1_352_851_200_000;
const YEAR_MS: i64 = 31_556_952_000;

pub fn checks(view: &Snapshot, config: &Config, now: Time) -> Vec<Finding> {
    let looked = view.engine_version().and_then(|version| Ok((version, view.engine_settings()?)));
    match looked {
        Ok((version, set)) if set.is_empty() => {
            vec![Finding::ok(CHECK, Text::same(format!("SQLCipher {version}")))]
        }
        Ok((version, set)) => {
            let mut found = vec![release(CHECK, &version, &set, now)];
            found.extend(judge(DATA, &set));
            found.extend(keyring(config, now));
            found.extend(archive(config));
            found
        }
        Err(fault) => {
            let mend = Text::of(
                "Sprawdź, czy serwer bazy danych działa i przyjmuje połączenia.",
                "Check whether the database server runs and takes connections.",
            );
            vec![Finding::failed(CHECK, &fault, mend)]
        }
    }
}

/// Which of two servers is judged, as a place in [`Rule::checks`].
const DATA: usize = 0;
const KEYRING: usize = 1;

/// One setting that should have a value.
struct Rule {
    /// The check of the data's server, and of that of the keys if it is another.
    checks: [&'static str; 2],
    name: &'static str,
    good: &'static [&'static str],
    /// How it is if it is as it should be, where the name of the setting says little.
    fine: Option<Text>,
    /// Whether what was acknowledged, or the data's safety, is at stake.
    grave: bool,
    what: Text,
    mend: Text,
}

const RULES: [Rule; 6] = [
    Rule {
        checks: ["engine-fsync", "keyring-fsync"],
        name: "fsync",
        good: &["on"],
        fine: None,
        grave: true,
        what: Text::of(
            "fsync jest wyłączone: po zaniku zasilania baza bywa zniszczona.",
            "fsync is off: after a loss of power the database may be destroyed.",
        ),
        mend: Text::of(
            "ALTER SYSTEM SET fsync = on; i wczytaj ustawienia ponownie.",
            "ALTER SYSTEM SET fsync = on; and reload.",
        ),
    },
    Rule {
        checks: ["engine-commit", "keyring-commit"],
        name: "synchronous_commit",
        good: &["on", "remote_apply"],
        fine: None,
        grave: true,
        what: Text::of(
            "synchronous_commit nie czeka na dysk: potwierdzone zmiany mogą zginąć.",
            "synchronous_commit does not wait for the disk: what was acknowledged may be lost.",
        ),
        mend: Text::of(
            "ALTER SYSTEM SET synchronous_commit = on; i wczytaj ustawienia ponownie.",
            "ALTER SYSTEM SET synchronous_commit = on; and reload.",
        ),
    },
    Rule {
        checks: ["engine-pages", "keyring-pages"],
        name: "full_page_writes",
        good: &["on"],
        fine: None,
        grave: true,
        what: Text::of(
            "full_page_writes jest wyłączone: po awarii strony bywają zapisane w połowie.",
            "full_page_writes is off: after a crash pages may be half written.",
        ),
        mend: Text::of(
            "ALTER SYSTEM SET full_page_writes = on; i wczytaj ustawienia ponownie.",
            "ALTER SYSTEM SET full_page_writes = on; and reload.",
        ),
    },
    Rule {
        checks: ["engine-checksums", "keyring-checksums"],
        name: "data_checksums",
        good: &["on"],
        fine: None,
        grave: false,
        what: Text::of(
            "Baza nie ma sum kontrolnych: uszkodzeń dysku nikt nie zauważy.",
            "The database has no checksums: damage of the disk goes unnoticed.",
        ),
        mend: Text::of(
            "Zatrzymaj PostgreSQL i włącz je: pg_checksums --enable.",
            "Stop PostgreSQL and enable them: pg_checksums --enable.",
        ),
    },
    Rule {
        checks: ["engine-tls", "keyring-tls"],
        name: "secured",
        good: &["true"],
        fine: Some(Text::of(
            "Połączenie z bazą danych jest szyfrowane albo nie opuszcza tego komputera.",
            "The connection to the database is encrypted, or does not leave this machine.",
        )),
        grave: true,
        what: Text::of(
            "Połączenie z bazą na innym komputerze nie jest szyfrowane.",
            "The connection to the database on another machine is not encrypted.",
        ),
        mend: Text::of("Włącz ssl na serwerze bazy danych.", "Switch ssl on at the database server."),
    },
    Rule {
        checks: ["engine-role", "keyring-role"],
        name: "superuser",
        good: &["false"],
        fine: Some(Text::of(
            "Program łączy się z bazą danych jako zwykła rola.",
            "The program connects to the database as an ordinary role.",
        )),
        grave: false,
        what: Text::of(
            "Program łączy się jako superużytkownik bazy danych.",
            "The program connects as a superuser of the database.",
        ),
        mend: Text::of(
            "Utwórz rolę, która ma tylko tę bazę: CREATE ROLE klucznik LOGIN; ALTER DATABASE … OWNER TO klucznik;",
            "Make a role that has this database alone: CREATE ROLE klucznik LOGIN; ALTER DATABASE … OWNER TO klucznik;",
        ),
    },
];

/// Whether PostgreSQL mends this release, of the form of `server_version_num`.
const fn is_mended(number: i64, now: Time) -> bool {
    number / 10_000 > (now.0 - NO_FIXES).div_euclid(YEAR_MS)
}

fn value<'a>(set: &'a BTreeMap<String, String>, name: &str) -> &'a str {
    set.get(name).map(String::as_str).unwrap_or_default()
}

fn release(check: &'static str, version: &str, set: &BTreeMap<String, String>, now: Time) -> Finding {
    if is_mended(value(set, "server_version_num").parse().unwrap_or_default(), now) {
        return Finding::ok(check, Text::same(version.to_owned()));
    }
    Finding::warning(
        check,
        Text::new(
            format!("{version} nie dostaje już poprawek."),
            format!("{version} gets no fixes any more."),
        ),
        Text::of("Przejdź na nowszą wersję PostgreSQL.", "Go to a newer release of PostgreSQL."),
    )
}

fn judge(server: usize, set: &BTreeMap<String, String>) -> Vec<Finding> {
    let one = |rule: &Rule| {
        let (check, kept) = (rule.checks[server], value(set, rule.name));
        if rule.good.contains(&kept) {
            let set = || Text::same(format!("{} = {kept}", rule.name));
            Finding::ok(check, rule.fine.clone().unwrap_or_else(set))
        } else if rule.grave {
            Finding::error(check, rule.what.clone(), rule.mend.clone())
        } else {
            Finding::warning(check, rule.what.clone(), rule.mend.clone())
        }
    };
    RULES.iter().map(one).collect()
}

/// The server of the keys, if it is not that of the data: what is lost or read there is worse than here.
fn keyring(config: &Config, now: Time) -> Vec<Finding> {
    let StoreConfig::Postgresql(at) = &config.store else { return Vec::new() };
    if at.keyring_address.is_none() {
        return Vec::new();
    }
    match at.keyring().and_then(|place| PostgresKeyring::open(&place)?.engine_settings()) {
        Ok(set) => {
            let version = format!("PostgreSQL {}", value(&set, "server_version"));
            let mut found = vec![release("keyring-engine", &version, &set, now)];
            found.extend(judge(KEYRING, &set));
            found
        }
        // Whether its log is archived cannot be asked either, and that tells why.
        Err(_) => Vec::new(),
    }
}

/// An archive of the log keeps keys that were destroyed since.
fn archive(config: &Config) -> Option<Finding> {
    const CHECK: &str = "engine-archive";
    let StoreConfig::Postgresql(at) = &config.store else { return None };
    let archived = at.keyring().and_then(|place| PostgresKeyring::open(&place)?.is_archived());
    Some(match archived {
        Ok(true) => Finding::warning(
            CHECK,
            Text::of(
                "Archiwum WAL przechowuje też klucze osób usuniętych, do najbliższej wymiany kluczy.",
                "The archive of the WAL keeps keys of erased people too, until keys are next rotated.",
            ),
            Text::of(
                "Trzymaj klucze na serwerze bez archiwum WAL (keyring_address) albo po usunięciu osób uruchamiaj klucznik keys rotate.",
                "Keep the keys at a server without an archive of the WAL (keyring_address), or run klucznik keys rotate after erasures.",
            ),
        ),
        Ok(false) => Finding::ok(
            CHECK,
            Text::of(
                "Log bazy z kluczami nie jest archiwizowany.",
                "The log of the keys' database is not archived.",
            ),
        ),
        Err(fault) => {
            let mend =
                Text::of("Popraw keyring_address w [store].", "Correct keyring_address under [store].");
            Finding::failed(CHECK, &fault, mend)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::finding::State;
    use super::*;

    fn server(change: &[(&str, &str)]) -> BTreeMap<String, String> {
        let good = [
            ("server_version_num", "170005"),
            ("fsync", "on"),
            ("synchronous_commit", "on"),
            ("full_page_writes", "on"),
            ("data_checksums", "on"),
            ("secured", "true"),
            ("superuser", "false"),
        ];
        good.iter().chain(change).map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn each_setting_is_judged() {
        let bad = |change: &[(&str, &str)]| -> Vec<(&'static str, State)> {
            let set = server(change);
            let mut all = vec![release(CHECK, "PostgreSQL", &set, Time(1_795_420_800_000))];
            all.extend(judge(DATA, &set));
            all.iter().filter(|f| f.state != State::Ok).map(|f| (f.check, f.state)).collect()
        };
        assert!(bad(&[]).is_empty());
        for (name, value, check, state) in [
            ("server_version_num", "140020", "engine", State::Warning),
            ("fsync", "off", "engine-fsync", State::Error),
            ("synchronous_commit", "local", "engine-commit", State::Error),
            ("full_page_writes", "off", "engine-pages", State::Error),
            ("data_checksums", "off", "engine-checksums", State::Warning),
            ("secured", "false", "engine-tls", State::Error),
            ("superuser", "true", "engine-role", State::Warning),
        ] {
            assert_eq!(bad(&[(name, value)]), [(check, state)], "{name}");
        }
    }

    #[test]
    fn a_server_of_keys_alone_is_judged_alike() {
        let found = judge(KEYRING, &server(&[("secured", "false"), ("fsync", "off")]));
        let bad: Vec<_> = found.iter().filter(|f| f.state == State::Error).map(|f| f.check).collect();
        assert_eq!((found.len(), bad), (RULES.len(), vec!["keyring-fsync", "keyring-tls"]));
    }

    #[test]
    fn a_release_is_mended_for_five_years() {
        let on = |day: &str| Time::parse(&format!("{day}T12:00:00Z")).expect("a time");
        assert!(is_mended(140_020, on("2026-11-01")) && !is_mended(140_020, on("2026-12-01")));
        assert!(is_mended(180_001, on("2026-11-01")) && !is_mended(130_020, on("2026-11-01")));
    }
}
