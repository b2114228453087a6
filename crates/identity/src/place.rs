//! In which country an address is, by a table that the operator gives, in the format of MaxMind DB. Nobody is asked, and
//! no address leaves the machine.

use kernel::{Fault, FaultKind, Result, Text};
use maxminddb::Reader;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::Read;
use std::net::{IpAddr, Ipv6Addr};
use std::path::Path;

/// Bytes of a table at most: with cities, they take about half of it.
const BYTES: u64 = 256 << 20;

/// A table of networks and countries. Without one every place is unknown.
#[derive(Default)]
pub struct Places(Option<Reader<Vec<u8>>>);

/// A country by the two letters of ISO 3166-1.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(into = "String")]
pub struct Country([u8; 2]);

impl From<Country> for String {
    fn from(Country(code): Country) -> Self {
        code.iter().map(|letter| char::from(*letter)).collect()
    }
}

/// Where an address is, as far as that is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "kind", content = "country", rename_all = "snake_case")]
pub enum Place {
    /// In a network of one's own, which no table knows.
    Local,
    /// In this country, as whoever made the table has it.
    Country(Country),
    /// The table does not know.
    Unknown,
}

/// What a record of a table says. Tables of one column have the code at the top, those with more below a country.
#[derive(Deserialize)]
struct Found<'a> {
    #[serde(borrow, default)]
    country_code: Option<&'a str>,
    #[serde(borrow, default)]
    country: Option<Named<'a>>,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow, default)]
    iso_code: Option<&'a str>,
}

impl Places {
    /// Those of a file.
    ///
    /// # Errors
    /// Invalid if it cannot be read, or is no such table.
    pub fn from_file(path: &Path) -> Result<Self> {
        let wrong = |why: String| {
            Fault::new(
                FaultKind::Invalid,
                Text::new(
                    format!(
                        "Tabeli krajów {} nie można użyć: {why}. Potrzebny jest plik w formacie MaxMind DB (.mmdb) z kodem kraju.",
                        path.display()
                    ),
                    format!(
                        "The table of countries {} cannot be used: {why}. It has to be a file in the format of MaxMind DB (.mmdb) with the code of a country.",
                        path.display()
                    ),
                ),
            )
        };
        let read = || {
            let mut bytes = Vec::new();
            File::open(path)?.take(BYTES + 1).read_to_end(&mut bytes)?;
            Ok::<_, std::io::Error>(bytes)
        };
        if !fs::metadata(path).map_err(|e| wrong(e.to_string()))?.is_file() {
            return Err(wrong("not a file".to_owned()));
        }
        let bytes = read().map_err(|e| wrong(e.to_string()))?;
        if bytes.len() as u64 > BYTES {
            return Err(wrong(format!("> {} MiB", BYTES >> 20)));
        }
        let reader = Reader::from_source(bytes).map_err(|e| wrong(e.to_string()))?;
        // Damage would show in a list of sessions, and as a place that is not one.
        reader.verify().map_err(|e| wrong(e.to_string()))?;
        Ok(Self(Some(reader)))
    }

    /// Where an address is; none if there is no table to look in.
    #[must_use]
    pub fn of(&self, address: IpAddr) -> Option<Place> {
        let address = address.to_canonical();
        if is_local(address) {
            return Some(Place::Local);
        }
        let table = self.0.as_ref()?;
        Some(country(table, address).map_or(Place::Unknown, Place::Country))
    }
}

fn country(table: &Reader<Vec<u8>>, address: IpAddr) -> Option<Country> {
    let found: Found<'_> = table.lookup(address).ok()?.decode().ok()??;
    let code = found.country_code.or_else(|| found.country?.iso_code)?;
    let code: [u8; 2] = code.as_bytes().try_into().ok()?;
    code.iter().all(u8::is_ascii_uppercase).then_some(Country(code))
}

/// Of a network of one's own, or the machine itself.
fn is_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_private() || v4.is_loopback() || v4.is_link_local(),
        IpAddr::V6(v6) => v6 == Ipv6Addr::LOCALHOST || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

impl Place {
    /// What is put behind an address in a sentence, in brackets; nothing if there is nothing to say. Countries have no
    /// names here: their codes are known everywhere.
    pub(crate) fn words(self) -> Option<Text> {
        match self {
            Self::Unknown => None,
            Self::Local => Some(Text::of("sieć lokalna", "local network")),
            Self::Country(country) => {
                let code = String::from(country);
                Some(Text::new(format!("kraj: {code}"), format!("country: {code}")))
            }
        }
    }
}
