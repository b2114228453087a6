//! The settings: whether they can be read, and which of them are dangerous.

use super::Patient;
use super::finding::Finding;
use kernel::{Fault, Text};
use server::Config;
use std::path::Path;

const CHECK: &str = "settings";
/// Sign-ins a minute from one network above which guessing gets cheap.
const LOGIN_RATE: u32 = 600;
/// As many as all together may try.
const LOGIN_RATE_ALL: u32 = 6_000;
/// Requests a second of one user above which nothing is held back.
const USER_RATE: u32 = 5_000;
/// Seconds without use after which a session should have ended.
const IDLE_S: u32 = 8 * 3_600;
/// Seconds after which a session should have ended in any case.
const ABSOLUTE_S: u32 = 7 * 86_400;
/// MiB that the log of the database needs on a full disk.
const RESERVE_MIB: u32 = 48;

pub fn check(patient: &Patient<'_>, fault: Option<&Fault>) -> Finding {
    let config = match (&patient.config, fault) {
        (Some(config), _) => config,
        (None, fault) => {
            let unread = Fault::bug("the settings were not read");
            let mend = Text::new(
                format!("Popraw {}; nazwy ustawień wymienia klucznik serve --help.", Config::FILE),
                format!("Correct {}; klucznik serve --help names the settings.", Config::FILE),
            );
            return Finding::failed(CHECK, fault.unwrap_or(&unread), mend);
        }
    };
    if config.hosts.is_empty() {
        return Finding::error(
            CHECK,
            Text::of(
                "hosts jest puste: każde żądanie zostanie odrzucone.",
                "hosts is empty: every request is refused.",
            ),
            Text::of(
                "Wpisz do hosts nazwę, pod którą łączą się przeglądarki.",
                "Put the name that browsers connect to into hosts.",
            ),
        );
    }
    if let Err(fault) = server::check_telemetry(&config.telemetry) {
        let mend = Text::new(
            format!("Popraw [telemetry] w {} albo usuń: klucznik serve inaczej nie zacznie.", Config::FILE),
            format!(
                "Correct [telemetry] in {}, or remove it: klucznik serve does not start otherwise.",
                Config::FILE
            ),
        );
        return Finding::failed(CHECK, &fault, mend);
    }
    let passwords = config.passwords.cost().and_then(|_| config.passwords.common());
    let common = match passwords {
        Ok(common) => common,
        Err(fault) => {
            let mend = Text::new(
                format!("Popraw [passwords] w {}: klucznik serve inaczej nie zacznie.", Config::FILE),
                format!("Correct [passwords] in {}: klucznik serve does not start otherwise.", Config::FILE),
            );
            return Finding::failed(CHECK, &fault, mend);
        }
    };
    if let Some(wrong) = wrong_countries(config) {
        return wrong;
    }
    let mut dangers = dangers(config);
    if common.is_empty() {
        dangers.push(Text::of(
            "nowe hasła nie są porównywane z żadną listą: ten program zbudowano bez listy (przynosi ją make web), a [passwords] nie wskazuje listy. Pobierz plik haseł, po jednym w wierszu, i dopisz: [passwords] list = \"/ŚCIEŻKA/hasla.txt\"",
            "new passwords are compared to no list: this program was built without a list (make web brings it), and [passwords] names none. Fetch a file of passwords, one a line, and add: [passwords] list = \"/PATH/passwords.txt\"",
        ));
    }
    if dangers.is_empty() {
        return Finding::ok(CHECK, sound(&patient.layout.dir));
    }
    let join = |of: fn(&Text) -> &str| dangers.iter().map(of).collect::<Vec<_>>().join("; ");
    Finding::warning(
        CHECK,
        Text::new(join(|t| &t.pl), join(|t| &t.en)),
        Text::new(format!("Zmień to w {}.", Config::FILE), format!("Change it in {}.", Config::FILE)),
    )
}

/// That nothing here is to be said against the settings. What they name is looked at by the other checks.
fn sound(dir: &Path) -> Text {
    if dir.join(Config::FILE).exists() {
        return Text::new(
            format!("{} da się odczytać i niczego nie osłabia.", Config::FILE),
            format!("{} can be read, and weakens nothing.", Config::FILE),
        );
    }
    Text::new(
        format!("Nie ma {}: obowiązują ustawienia domyślne.", Config::FILE),
        format!("There is no {}: the default settings hold.", Config::FILE),
    )
}

/// That the table of countries cannot be used.
fn wrong_countries(config: &Config) -> Option<Finding> {
    let fault = config.places().err()?;
    let mend = Text::new(
        format!(
            "Popraw countries w {} albo usuń i uruchom serwer ponownie: do tego czasu przy adresach nie widać krajów.",
            Config::FILE
        ),
        format!(
            "Correct countries in {}, or remove it, and start the server again: until then no country is shown beside an address.",
            Config::FILE
        ),
    );
    Some(Finding::failed(CHECK, &fault, mend))
}

/// What makes the server easier to attack or to bring down.
fn dangers(config: &Config) -> Vec<Text> {
    let mut found = Vec::new();
    if !config.listen.ip().is_loopback() && config.hosts.iter().all(|host| is_own(host)) {
        found.push(Text::new(
            format!("serwer nasłuchuje pod {}, ale hosts wymienia tylko ten komputer", config.listen),
            format!("the server listens at {}, but hosts names this machine alone", config.listen),
        ));
    }
    if config.login_rate > LOGIN_RATE {
        found.push(Text::new(
            format!("login_rate = {} ułatwia zgadywanie haseł", config.login_rate),
            format!("login_rate = {} makes guessing passwords easy", config.login_rate),
        ));
    }
    if config.login_rate_all > LOGIN_RATE_ALL {
        found.push(Text::new(
            format!("login_rate_all = {} ułatwia zgadywanie haseł z wielu miejsc", config.login_rate_all),
            format!(
                "login_rate_all = {} makes guessing passwords from many places easy",
                config.login_rate_all
            ),
        ));
    }
    if let Some(all) = config.proxy.trusted.iter().find(|network| network.prefix_len() == 0) {
        found.push(Text::new(
            format!("proxy.trusted = {all} pozwala każdemu podać dowolny adres jako swój"),
            format!("proxy.trusted = {all} lets anybody claim any address"),
        ));
    }
    if config.user_rate > USER_RATE {
        found.push(Text::new(
            format!("user_rate = {} nikogo nie ogranicza", config.user_rate),
            format!("user_rate = {} holds nobody back", config.user_rate),
        ));
    }
    if config.session_idle_s > IDLE_S || config.session_absolute_s > ABSOLUTE_S {
        let (idle, whole) = (config.session_idle_s / 3_600, config.session_absolute_s / 3_600);
        found.push(Text::new(
            format!("sesje trwają długo: {idle} h bez użycia, {whole} h w ogóle"),
            format!("sessions last long: {idle} h without use, {whole} h at all"),
        ));
    }
    if config.reserve_mib < RESERVE_MIB {
        found.push(Text::new(
            format!("reserve_mib = {}: przy pełnym dysku nie da się nawet czytać", config.reserve_mib),
            format!("reserve_mib = {}: with a full disk not even reading goes on", config.reserve_mib),
        ));
    }
    found
}

fn is_own(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_are_not_there_are_not_said_to_be_sound() {
        let dir = tempfile::tempdir().expect("a folder");
        assert!(sound(dir.path()).en.contains("There is no klucznik.toml"));
        std::fs::write(dir.path().join(Config::FILE), "").expect("a file");
        assert!(sound(dir.path()).en.contains("can be read"));
    }

    #[test]
    fn what_is_dangerous_is_named_and_the_default_is_not() {
        assert!(dangers(&Config::default()).is_empty());
        let with = |change: fn(&mut Config)| {
            let mut config = Config::default();
            change(&mut config);
            dangers(&config).iter().map(|t| t.en.clone().into_owned()).collect::<Vec<_>>()
        };
        type Change = fn(&mut Config);
        let cases: [(Change, &str); 7] = [
            (|c| c.listen.set_ip([0, 0, 0, 0].into()), "hosts"),
            (|c| c.login_rate = 601, "login_rate"),
            (|c| c.login_rate_all = 6_001, "login_rate_all"),
            (|c| c.proxy.trusted = vec![ipnet::Ipv6Net::default().into()], "proxy.trusted"),
            (|c| c.user_rate = 5_001, "user_rate"),
            (|c| c.session_idle_s = 86_400, "sessions"),
            (|c| c.reserve_mib = 0, "reserve_mib"),
        ];
        for (change, word) in cases {
            let found = with(change);
            assert!(found.len() == 1 && found[0].contains(word), "{word}: {found:?}");
        }
        let reachable = with(|c| {
            c.listen.set_ip([0, 0, 0, 0].into());
            c.hosts.push("crm.firma.example".to_owned());
        });
        assert!(reachable.is_empty(), "{reachable:?}");
    }
}
