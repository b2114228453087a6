//! Single words: languages, times, ids, settings.

use super::texts;
use kernel::{Lang, RecordId, Time};
use server::Config;

/// `Accept-Language`. What is chosen was asked for.
pub fn language(data: &[u8]) {
    let header = String::from_utf8_lossy(data);
    let code = match Lang::negotiate(&header) {
        Some(Lang::Pl) => "pl",
        Some(Lang::En) => "en",
        None => return,
    };
    assert!(header.to_ascii_lowercase().contains(code));
}

/// Seeds of [`language`].
#[must_use]
pub fn language_seeds() -> Vec<Vec<u8>> {
    texts(["de, en;q=0.5, pl;q=0.8", "en-GB", "pl;q=0", "*;q=nan", "pl;q=inf,en;q=1e39;q=-1"])
}

/// Times. What is read is written so that it reads the same.
pub fn time(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Some(time) = Time::parse(&text) {
        assert_eq!(Time::parse(&time.rfc3339()), Some(time), "{}", time.0);
    }
    if let Ok(bytes) = <[u8; 8]>::try_from(data) {
        let _ = Time(i64::from_be_bytes(bytes)).rfc3339();
    }
}

/// Seeds of [`time`].
#[must_use]
pub fn time_seeds() -> Vec<Vec<u8>> {
    texts([
        "2026-11-23T21:34:37.000Z",
        "2026-11-23 21:34:37.123456789+01:00",
        "-009999-01-02T01:59:59.5Z",
        "9999-12-30T22:00:00.999999999Z",
        "2026-06-30T23:59:60Z[Europe/Warsaw]",
    ])
}

/// Ids. One form only.
pub fn id(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(id) = text.parse::<RecordId>() {
        assert_eq!(id.to_string(), text.to_ascii_lowercase());
    }
    let json = serde_json::from_slice::<RecordId>(data);
    assert!(json.is_err() || data.len() >= 38);
}

/// Seeds of [`id`].
#[must_use]
pub fn id_seeds() -> Vec<Vec<u8>> {
    texts([
        "0190a6c2-7b1e-7c3d-8e4f-0123456789ab",
        "\"0190a6c2-7b1e-7c3d-8e4f-0123456789ab\"",
        "{0190a6c2-7b1e-7c3d-8e4f-0123456789}",
        "urn:uuid:0190a6c2-7b1e-7c3d-8e4f-012",
    ])
}

/// Settings. What is read is written so that it reads the same.
pub fn config(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(config) = toml::from_str::<Config>(text) else { return };
    let written = toml::to_string_pretty(&config).expect("settings can be written");
    assert_eq!(toml::from_str::<Config>(&written).ok().as_ref(), Some(&config));
}

/// Seeds of [`config`].
#[must_use]
pub fn config_seeds() -> Vec<Vec<u8>> {
    let all = toml::to_string_pretty(&Config::default()).unwrap_or_default();
    let mut seeds = texts([
        "listen = \"[::1]:8443\"\nhosts = [\"crm.example.com\"]\n[key]\nsource = \"passphrase\"\n",
        "key = { source = \"file\", path = \"/k\" }\ntls12 = true\ncertificate = '''c.pem'''\n",
        "[key]\nsource = \"credential\"\nname = \"klucznik\"\n",
    ]);
    seeds.push(all.into_bytes());
    seeds
}
