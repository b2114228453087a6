//! The certificate that browsers see.

use super::Patient;
use super::finding::Finding;
use kernel::{Clock, Text};
use server::{Config, tls};
use std::path::Path;

const CHECK: &str = "certificate";
const DAY_MS: i64 = 86_400_000;
/// Days before its end from which a certificate should be replaced.
const SOON_DAYS: i64 = 30;

pub fn checks(patient: &Patient<'_>) -> Vec<Finding> {
    let Some(config) = &patient.config else {
        let why = Text::of(
            "Bez ustawień nie wiadomo, który to certyfikat.",
            "Without settings nobody knows which certificate it is.",
        );
        return vec![Finding::skipped(CHECK, why, None)];
    };
    if patient.is_nowhere() && config.certificate.is_none() {
        return vec![patient.nothing(CHECK)];
    }
    let own = patient.layout.tls();
    let certificate = config.certificate.clone().unwrap_or_else(|| own.join("server.pem"));
    let key = config.certificate_key.clone().unwrap_or_else(|| own.join("server.key"));
    vec![check(config, &certificate, &key, &*patient.context.clock), versions(config)]
}

fn check(config: &Config, certificate: &Path, key: &Path, clock: &dyn Clock) -> Finding {
    let own = config.certificate.is_none();
    let renewed = if own {
        Text::of(
            "Własny certyfikat odnawia się przy starcie serwera: uruchom go ponownie.",
            "The instance's own certificate is renewed when the server starts: restart it.",
        )
    } else {
        Text::of(
            "Wymień certyfikat i klucz, po czym uruchom serwer ponownie.",
            "Replace certificate and key, then restart the server.",
        )
    };
    let looked = match tls::look(certificate) {
        Ok(looked) => looked,
        Err(fault) => return Finding::failed(CHECK, &fault, renewed),
    };
    if let Err(fault) = tls::server_config(certificate, key, config.tls12) {
        return Finding::failed(CHECK, &fault, renewed);
    }
    let now = clock.now().0;
    let left = (looked.ends.0 - now).div_euclid(DAY_MS);
    if looked.begins.0 > now {
        return Finding::error(
            CHECK,
            Text::of("Certyfikat jeszcze nie obowiązuje.", "The certificate does not hold yet."),
            Text::of("Sprawdź zegar tego komputera.", "Check the clock of this machine."),
        );
    }
    let missing: Vec<&str> =
        config.hosts.iter().filter(|host| !looked.covers(host)).map(String::as_str).collect();
    if !missing.is_empty() {
        let missing = missing.join(", ");
        return Finding::error(
            CHECK,
            Text::new(
                format!("Certyfikat nie wymienia: {missing}. Przeglądarki go odrzucą."),
                format!("The certificate does not name: {missing}. Browsers refuse it."),
            ),
            renewed,
        );
    }
    let days = Text::new(
        format!("Dni do końca ważności certyfikatu: {left}."),
        format!("Days until the certificate ends: {left}."),
    );
    match left {
        ..0 => Finding::error(CHECK, Text::of("Certyfikat wygasł.", "The certificate has expired."), renewed),
        0..SOON_DAYS => Finding::warning(CHECK, days, renewed),
        _ => Finding::ok(CHECK, days),
    }
}

fn versions(config: &Config) -> Finding {
    const CHECK: &str = "tls";
    if config.tls12 {
        return Finding::warning(
            CHECK,
            Text::of("Serwer przyjmuje też TLS 1.2.", "The server speaks TLS 1.2 too."),
            Text::of(
                "Wyłącz tls12, gdy nie ma już starych klientów.",
                "Switch tls12 off once there are no old clients left.",
            ),
        );
    }
    Finding::ok(CHECK, Text::of("Serwer przyjmuje tylko TLS 1.3.", "The server speaks TLS 1.3 alone."))
}

#[cfg(test)]
mod tests {
    use super::super::finding::State;
    use super::*;
    use kernel::{ManualClock, Time};
    use std::fs;

    #[test]
    fn a_certificate_ends_names_hosts_and_fits_its_key() {
        let dir = tempfile::tempdir().expect("a folder");
        let clock = ManualClock::new(Time(1_795_420_800_000));
        let mut config = Config::default();
        tls::make_own(dir.path(), &config.hosts, &clock).expect("made");
        let (pem, key) = (dir.path().join("server.pem"), dir.path().join("server.key"));
        let state = |config: &Config, key: &Path| check(config, &pem, key, &clock).state;
        assert_eq!(state(&config, &key), State::Ok);
        assert_eq!(state(&config, &dir.path().join("ca.key")), State::Error, "another's key");
        config.hosts.push("crm.firma.example".to_owned());
        assert_eq!(state(&config, &key), State::Error, "another name");
        config.hosts.pop();
        clock.advance_ms(370 * DAY_MS);
        assert_eq!(state(&config, &key), State::Warning);
        clock.advance_ms(30 * DAY_MS);
        assert_eq!(state(&config, &key), State::Error, "expired");
        fs::write(&pem, "no certificate").expect("written");
        assert_eq!(state(&config, &key), State::Error);
    }
}
