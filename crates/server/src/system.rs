//! The state of the instance, and what is to be done about it.

use crate::app::App;
use crate::backup::{Noted, made_path, noted, verified_path};
use crate::tls;
use kernel::{Lang, Text, Time};
use records::SystemState;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// Room on the disk below which there is a warning.
const LOW: u64 = 1 << 30;
/// Days before the end of a certificate from which there is a warning.
const SOON_DAYS: i64 = 30;
const DAY_MS: i64 = 86_400_000;

/// What is looked at beside the engine: files.
struct Machine {
    store: u64,
    index: u64,
    free: Option<u64>,
    certificate: Option<tls::Certificate>,
    own: bool,
    root_beside: bool,
    made: Option<Noted>,
    verified: Option<Noted>,
}

/// Bytes of a database with its write-ahead log.
fn size(path: &Path) -> u64 {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    [path.to_owned(), PathBuf::from(log)].iter().filter_map(|p| fs::metadata(p).ok()).map(|m| m.len()).sum()
}

fn machine(app: &App) -> Machine {
    let (layout, config) = (app.layout(), app.config());
    let free = rustix::fs::statvfs(&layout.dir).ok().map(|v| v.f_bavail.saturating_mul(v.f_frsize));
    let path = config.certificate.clone().unwrap_or_else(|| layout.tls().join("server.pem"));
    Machine {
        store: size(&layout.store()),
        index: size(&layout.index()),
        free,
        certificate: tls::look(&path).ok(),
        own: config.certificate.is_none(),
        root_beside: config.key.lies_in(&layout.dir),
        made: noted(&made_path(layout)),
        verified: noted(&verified_path(layout)),
    }
}

/// The whole answer.
pub async fn view(app: &App, state: &SystemState, lang: Lang) -> kernel::Result<Value> {
    let looked = app.clone();
    let machine = tokio::task::spawn_blocking(move || machine(&looked)).await.map_err(kernel::Fault::bug)?;
    let (now, started) = (app.engine().now(), app.started());
    let behind = state.last_change.saturating_sub(state.applied);
    let (queued, running) = app.jobs().counts().await?;
    let (size, root, at) = state.checkpoint.unwrap_or_default();
    Ok(json!({
        "version": env!("CARGO_PKG_VERSION"),
        "started_at": started.rfc3339(),
        "uptime_s": (now.0 - started.0).max(0) / 1_000,
        "ready": app.is_ready(),
        "organisation": app.engine().directory().organisation,
        "engine": { "kind": state.engine_kind, "version": state.engine_version },
        "store": {
            "bytes": state.database_bytes.unwrap_or(machine.store), "free_bytes": machine.free, "reserve_ok": state.room,
            "records": state.records, "events": state.events,
        },
        "index": {
            "bytes": machine.index, "applied": state.applied, "last_change": state.last_change, "behind": behind,
        },
        "ledger": { "size": size, "root": hex::encode(root), "checkpoint_at": at.map(Time::rfc3339) },
        "keys": state.keys,
        "certificate": machine.certificate.as_ref().map(|c| json!({
            "subject": c.subject, "not_after": c.ends.rfc3339(), "days_left": days(c, now), "own": machine.own,
        })),
        "backup": {
            "scheduled": app.config().backup.is_scheduled(),
            "made": machine.made.map(remembered),
            "verified": machine.verified.map(remembered),
        },
        "clock": now.rfc3339(),
        "jobs": { "running": running, "queued": queued },
        "sessions": app.identity().session_count(),
        "csp_reports": app.csp_reports().load(Ordering::Relaxed),
        "checks": checks(app, state, &machine, now).into_iter().map(|c| c.view(lang)).collect::<Vec<_>>(),
    }))
}

/// A backup that was made or proved to restore, without its place.
fn remembered(noted: Noted) -> Value {
    json!({ "at": noted.at.rfc3339(), "state_of": noted.state_of.rfc3339(), "events": noted.events })
}

fn days(certificate: &tls::Certificate, now: Time) -> i64 {
    (certificate.ends.0 - now.0).div_euclid(DAY_MS)
}

/// One thing that is well or not.
struct Check {
    code: &'static str,
    level: &'static str,
    text: Text,
}

impl Check {
    fn view(&self, lang: Lang) -> Value {
        json!({ "code": self.code, "ok": self.level == "ok", "level": self.level, "text": self.text.get(lang) })
    }
}

/// `good` while it holds; else `bad`, at this level.
fn check(code: &'static str, holds: bool, level: &'static str, good: Text, bad: Text) -> Check {
    if holds { Check { code, level: "ok", text: good } } else { Check { code, level, text: bad } }
}

fn checks(app: &App, state: &SystemState, machine: &Machine, now: Time) -> Vec<Check> {
    let mut all = of_storage(state, machine);
    let left = machine.certificate.as_ref().map_or(-1, |c| days(c, now));
    all.push(check(
        "certificate",
        left >= SOON_DAYS,
        if left < 0 { "fail" } else { "warn" },
        Text::new(format!("Dni do końca ważności certyfikatu: {left}."), format!("Days until the certificate ends: {left}.")),
        Text::of(
            "Certyfikat wkrótce wygaśnie, wygasł albo nie da się go odczytać. Własny odnawia się przy starcie serwera; inny wymień i uruchom serwer ponownie.",
            "The certificate expires soon, has expired or cannot be read. The instance's own is renewed when the server starts; replace any other and restart the server.",
        ),
    ));
    all.push(check(
        "root-key",
        !machine.root_beside,
        "warn",
        Text::of("Klucz główny leży poza folderem danych.", "The root key lies outside the data folder."),
        Text::of(
            "Klucz główny leży obok danych: kto weźmie dysk, ma jedno i drugie. Przenieś root.key na inny nośnik i wpisz jego miejsce w [key] pliku klucznik.toml.",
            "The root key lies beside the data: whoever takes the disk has both. Move root.key to another medium and give its place under [key] in klucznik.toml.",
        ),
    ));
    all.push(check(
        "key-rotation",
        !state.keys.rotation_unfinished,
        "warn",
        Text::of("Wymiana kluczy jest zakończona.", "The rotation of keys is finished."),
        Text::of(
            "Wymiana kluczy nie została dokończona. Uruchom ją ponownie.",
            "The rotation of keys is not finished. Run it again.",
        ),
    ));
    all.push(of_backup(app, machine, now));
    let reports = app.csp_reports().load(Ordering::Relaxed);
    all.push(check(
        "csp-reports",
        reports == 0,
        "warn",
        Text::of("Przeglądarki niczego nie zgłosiły.", "Browsers have reported nothing."),
        Text::new(
            format!("Naruszenia zasad strony zgłoszone przez przeglądarki od startu: {reports}. Zobacz log programu; powodem bywa rozszerzenie przeglądarki."),
            format!("Violations of the page's policy reported by browsers since the start: {reports}. See the program's log; a browser extension may be the reason."),
        ),
    ));
    all
}

fn of_backup(app: &App, machine: &Machine, now: Time) -> Check {
    let settings = &app.config().backup;
    check(
        "backup",
        machine.made.is_some_and(|made| !made.is_late(settings, now)),
        "warn",
        Text::of("Kopia zapasowa jest świeża.", "There is a fresh backup."),
        Text::of(
            "Z tego serwera dawno nie zrobiono kopii zapasowej albo nie zrobiono żadnej. Zob. rozdział o kopiach w README albo uruchom klucznik backup PLIK; powód nieudanej podaje log serwera.",
            "No backup was made from this server, or none for long. See the chapter on backups in the README, or run klucznik backup FILE; the server's log tells why one failed.",
        ),
    )
}

fn of_storage(state: &SystemState, machine: &Machine) -> Vec<Check> {
    let low = machine.free.is_some_and(|free| free < LOW);
    vec![
        check(
            "disk-room",
            state.room && !low,
            if state.room { "warn" } else { "fail" },
            Text::of("Na dysku jest miejsce.", "There is free space on the disk."),
            Text::of(
                "Na dysku kończy się miejsce; gdy go zabraknie, niczego nie da się zapisać. Zwolnij miejsce albo powiększ dysk.",
                "The disk is running out of space; when it is full, nothing can be saved. Free some space or enlarge the disk.",
            ),
        ),
        check(
            "index",
            state.applied >= state.last_change,
            "warn",
            Text::of("Indeks jest aktualny.", "The index is up to date."),
            Text::of(
                "Indeks nie nadąża za bazą danych; sam dogania ją co minutę. Jeśli to się utrzymuje, odbuduj go.",
                "The index is behind the database; it catches up by itself every minute. If this lasts, rebuild it.",
            ),
        ),
        check(
            "ledger",
            state.checkpoint.is_some(),
            "fail",
            Text::of("Dziennik ma podpisany punkt kontrolny.", "The ledger has a signed checkpoint."),
            Text::of(
                "Brak podpisanego punktu kontrolnego dziennika. Uruchom: klucznik ledger verify",
                "The ledger has no signed checkpoint. Run: klucznik ledger verify",
            ),
        ),
    ]
}
