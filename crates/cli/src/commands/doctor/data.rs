//! What only the keys open: keyring, database, ledger, index.

use super::finding::{Finding, State};
use super::{Patient, engine, groups, sign_on};
use crate::commands::ledger::copy::{self, Copy};
use crate::commands::ledger::goes_on_from;
use kernel::{Clock, Fault, FaultKind, Result, Text, Time};
use ledger::{Checkpoint, SignedCheckpoint};
use server::{Config, StoreConfig};
use store::{Snapshot, Store};
use vault::RootKey;

/// Checks that need the keys.
const BEHIND_KEYS: [&str; 6] = ["keyring", "store", "engine", "ledger", "clock", "index"];
/// Changes that an index may be behind while a server is at it.
const BEHIND: u64 = 1_000;
/// How far a clock may be behind what it has written: what other servers' clocks may differ by.
const BACK_MS: i64 = 60_000;

pub fn checks(patient: &Patient<'_>, root: Option<&RootKey>) -> Vec<Finding> {
    let mut found = patient.config.as_ref().map(databases).unwrap_or_default();
    if found.iter().any(|f| f.state == State::Error) {
        found.extend(skipped(
            &BEHIND_KEYS,
            &Text::of("Potrzebna jest baza danych.", "It needs the database."),
        ));
    } else {
        found.extend(behind_keys(patient, root));
    }
    found
}

/// Whether the database servers of the settings let us in: that of the data, and that of the keys if it is another.
fn databases(config: &Config) -> Vec<Finding> {
    let StoreConfig::Postgresql(at) = &config.store else { return Vec::new() };
    let reach = |check, place: Result<_>| match place.and_then(|place| Store::reach(&place)) {
        Ok(()) => Finding::ok(
            check,
            Text::of("Serwer bazy danych przyjmuje połączenia.", "The database server takes connections."),
        ),
        Err(fault) => Finding::failed(check, &fault, mend_of(&fault, config, update())),
    };
    let mut found = vec![reach("database", at.data())];
    if at.keyring_address.is_some() {
        found.push(reach("keyring-database", at.keyring()));
    }
    found
}

const fn update() -> Text {
    Text::of(
        "Przejdź na inny serwer PostgreSQL albo go popraw.",
        "Mend the PostgreSQL server, or use another.",
    )
}

fn behind_keys(patient: &Patient<'_>, root: Option<&RootKey>) -> Vec<Finding> {
    let (Some(root), Some(config)) = (root, &patient.config) else {
        return skipped(&BEHIND_KEYS, &Text::of("Potrzebny jest klucz główny.", "It needs the root key."));
    };
    let random = patient.context.random.clone();
    let vault = match server::open_vault(&patient.layout, config, root, random, true) {
        Ok(vault) => vault,
        Err(fault) => {
            let mend = Text::of(
                "Przywróć klucze z ich najnowszej kopii. Jeśli klucz główny należy do innej instancji, popraw [key].",
                "Bring the keys back from their newest copy. If the root key is another instance's, correct [key].",
            );
            let mut found = vec![Finding::failed("keyring", &fault, mend_of(&fault, config, mend))];
            found.extend(skipped(&BEHIND_KEYS[1..], &Text::of("Potrzebne są klucze.", "It needs the keys.")));
            return found;
        }
    };
    let mut found =
        vec![Finding::ok("keyring", Text::of("Klucze da się odczytać.", "The keys can be read."))];
    match copy::with_keys(vault, &patient.layout, config, true) {
        Err(fault) if fault.kind == FaultKind::Unsupported => {
            let mend = Text::of(
                "Starszą bazę podnosi do obecnej wersji start serwera; do nowszej potrzeba nowszego programu.",
                "The start of the server brings an older database up to date; a newer one needs a newer program.",
            );
            found.push(Finding::failed("store", &fault, mend));
        }
        Err(fault) => found.push(Finding::failed("store", &fault, mend_of(&fault, config, restore()))),
        Ok(copy) => found.extend(of_copy(patient, config, &copy)),
    }
    let told: Vec<_> = found.iter().map(|f| f.check).collect();
    let left: Vec<_> = BEHIND_KEYS.into_iter().filter(|check| !told.contains(check)).collect();
    found.extend(skipped(&left, &Text::of("Potrzebna jest baza danych.", "It needs the database.")));
    found
}

/// What to do about a failure: `otherwise`, unless the way to the database fails.
fn mend_of(fault: &Fault, config: &Config, otherwise: Text) -> Text {
    match (&config.store, fault.kind) {
        (StoreConfig::Postgresql(_), FaultKind::Unavailable) => Text::of(
            "Sprawdź, czy PostgreSQL działa i przyjmuje połączenia pod adresem z [store]; powód podaje jego log.",
            "Check whether PostgreSQL runs and takes connections at the address under [store]; its log tells why.",
        ),
        (StoreConfig::Postgresql(_), FaultKind::Invalid) => Text::new(
            format!("Popraw [store] w {}.", Config::FILE),
            format!("Correct [store] in {}.", Config::FILE),
        ),
        _ => otherwise,
    }
}

fn skipped(checks: &[&'static str], why: &Text) -> Vec<Finding> {
    checks.iter().map(|check| Finding::skipped(check, why.clone(), None)).collect()
}

const fn restore() -> Text {
    Text::of(
        "Zatrzymaj serwer, zachowaj pliki, jakie są, i przywróć ostatnią kopię danych.",
        "Stop the server, keep the files as they are, and bring the last backup of the data back.",
    )
}

fn of_copy(patient: &Patient<'_>, config: &Config, copy: &Copy) -> Vec<Finding> {
    let view = match &copy.view {
        Ok(view) => view,
        Err(fault) => return vec![Finding::failed("store", fault, mend_of(fault, config, restore()))],
    };
    let mut found = vec![store(view)];
    found.extend(engine::checks(view, config, patient.context.clock.now()));
    found.push(told("ledger", ledger(copy, view)));
    found.push(told("clock", clock(view, &*patient.context.clock)));
    found.push(told("index", index(patient, copy, view)));
    let sign_on = sign_on::of_data(config, view, &copy.vault, patient.context.clock.now());
    found.extend(sign_on.unwrap_or_else(|fault| vec![Finding::failed("sign-on-names", &fault, restore())]));
    let groups = groups::checks(config, view, &copy.vault);
    found.extend(groups.unwrap_or_else(|fault| vec![Finding::failed("sign-on-groups", &fault, restore())]));
    found
}

/// A check that could not be carried out says why.
fn told(check: &'static str, finding: Result<Finding>) -> Finding {
    finding.unwrap_or_else(|fault| Finding::failed(check, &fault, restore()))
}

fn store(view: &Snapshot) -> Finding {
    match view.row_count() {
        Ok(rows) => Finding::ok(
            "store",
            Text::new(
                format!("Baza danych ma obecny format; rekordów: {rows}."),
                format!("The database has the present format; records: {rows}."),
            ),
        ),
        Err(fault) => Finding::failed("store", &fault, restore()),
    }
}

/// The end of the ledger against its checkpoints, inside the database and outside.
fn ledger(copy: &Copy, view: &Snapshot) -> Result<Finding> {
    const CHECK: &str = "ledger";
    let public = copy.vault.public_key();
    let altered = |why: Text| {
        Finding::error(
            CHECK,
            why,
            Text::of(
                "Uruchom klucznik ledger verify, które wymieni, co zmieniono; potem przywróć kopię danych.",
                "Run klucznik ledger verify, which names what was altered; then bring a backup back.",
            ),
        )
    };
    let text = view.checkpoint_text()?;
    let Some(signed) = text.as_deref().and_then(|text| SignedCheckpoint::parse(text).ok()) else {
        return Ok(altered(Text::of(
            "Brak podpisanego punktu kontrolnego.",
            "There is no signed checkpoint.",
        )));
    };
    let (checkpoint, events) = (signed.checkpoint(), view.event_count()?);
    let ours = checkpoint.origin == Checkpoint::origin_of(copy.vault.organisation());
    if !ours || !signed.verify(&public) {
        return Ok(altered(Text::of(
            "Punktu kontrolnego nie podpisano kluczem tej instancji.",
            "The checkpoint was not signed with the key of this instance.",
        )));
    }
    if checkpoint.size != events {
        return Ok(altered(Text::new(
            format!("Zdarzeń jest {events}, a punkt kontrolny mówi o {}.", checkpoint.size),
            format!("There are {events} events, and the checkpoint speaks of {}.", checkpoint.size),
        )));
    }
    let Some(outside) = &copy.outside else {
        return Ok(altered(Text::of(
            "Brakuje punktu kontrolnego poza bazą danych.",
            "The checkpoint outside the database is missing.",
        )));
    };
    Ok(match goes_on_from(view, outside, text.as_deref(), &public)? {
        Some(finding) => altered(finding.text()),
        None => Finding::ok(
            CHECK,
            Text::new(
                format!(
                    "Koniec dziennika zgadza się z punktami kontrolnymi; zdarzeń: {events}. Wszystkie sprawdza klucznik ledger verify."
                ),
                format!(
                    "The end of the ledger agrees with its checkpoints; events: {events}. klucznik ledger verify checks all."
                ),
            ),
        ),
    })
}

/// The clock against what was written last.
fn clock(view: &Snapshot, clock: &dyn Clock) -> Result<Finding> {
    let last = view.checkpoint()?.and_then(|signed| signed.checkpoint().at).unwrap_or(Time(0));
    let back_ms = last.0.saturating_sub(clock.now().0);
    if back_ms > BACK_MS {
        let seconds = back_ms / 1_000;
        return Ok(Finding::error(
            "clock",
            Text::new(
                format!("Zegar jest {seconds} s za ostatnim zdarzeniem dziennika."),
                format!("The clock is {seconds} s behind the last event of the ledger."),
            ),
            Text::of(
                "Ustaw zegar i włącz jego synchronizację: sesje i blokady kończą się według niego.",
                "Set the clock and have it synchronised: sessions and locks end by it.",
            ),
        ));
    }
    Ok(Finding::ok(
        "clock",
        Text::of("Zegar nie jest za dziennikiem.", "The clock is not behind the ledger."),
    ))
}

fn index(patient: &Patient<'_>, copy: &Copy, view: &Snapshot) -> Result<Finding> {
    const CHECK: &str = "index";
    let path = patient.layout.index();
    let rebuilt = Text::of(
        "Niczego nie trzeba robić: start serwera zbuduje go od nowa. To trwa, zależnie od liczby rekordów.",
        "Nothing has to be done: the start of the server builds it anew. That takes time, by the number of records.",
    );
    if !path.exists() && view.last_change()? == 0 {
        let text = Text::of(
            "Indeksu jeszcze nie ma: zbuduje go pierwszy start serwera.",
            "There is no index yet: the first start of the server builds it.",
        );
        return Ok(Finding::ok(CHECK, text));
    }
    if !path.exists() {
        return Ok(Finding::warning(CHECK, Text::of("Nie ma indeksu.", "There is no index."), rebuilt));
    }
    let looked = copy.vault.page_key("index.db").and_then(|key| index::look(&path, &key));
    let Ok(looked) = looked else {
        let text = Text::of("Indeksu nie da się odczytać.", "The index cannot be read.");
        return Ok(Finding::warning(CHECK, text, rebuilt));
    };
    let behind = view.last_change()?.saturating_sub(looked.applied);
    let count = Text::new(
        format!("Zmiany, których indeks jeszcze nie ma: {behind}."),
        format!("Changes that the index does not have yet: {behind}."),
    );
    Ok(match (looked.whole, copy::is_locked(&patient.layout)) {
        (false, true) => Finding::warning(
            CHECK,
            Text::of("Indeks jest właśnie budowany.", "The index is being built."),
            Text::of("Zaczekaj: do tego czasu list nie ma.", "Wait: until then there are no lists."),
        ),
        (false, false) => Finding::warning(
            CHECK,
            Text::of("Budowę indeksu przerwano.", "The building of the index was cut short."),
            rebuilt,
        ),
        (true, true) if behind > BEHIND => Finding::warning(
            CHECK,
            count,
            Text::of(
                "Serwer dogania sam co minutę. Jeśli to trwa, odbuduj indeks w ustawieniach systemu.",
                "The server catches up every minute. If this lasts, rebuild the index in the settings of the system.",
            ),
        ),
        // The snapshot is a little younger than the look.
        (true, true) => Finding::ok(CHECK, Text::of("Indeks jest aktualny.", "The index is up to date.")),
        (true, false) if behind > 0 => Finding::ok(
            CHECK,
            Text::new(
                format!("{} Start serwera to nadrobi.", count.pl),
                format!("{} The start of the server makes up for it.", count.en),
            ),
        ),
        (true, false) => Finding::ok(CHECK, Text::of("Indeks jest aktualny.", "The index is up to date.")),
    })
}
