//! In which country an address is, by the table that comes with the program or one that the operator gives, in the format of
//! MaxMind DB. Nobody is asked, and no address leaves the machine.

use kernel::{Fault, FaultKind, Result, Text};
use maxminddb::{MaxMindDbError, Reader, WithinOptions};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::Read;
use std::net::{IpAddr, Ipv6Addr};
use std::path::Path;
use std::sync::Arc;
use tor_geoip::GeoipDb;

/// Bytes of a table at most: with cities, they take about half of it.
const BYTES: u64 = 256 << 20;
/// Networks of a table at most in which a country is looked for before it is refused as one without any.
const SAMPLE: usize = 100_000;

/// A table of networks and countries. Without one every place is unknown.
#[derive(Default)]
pub struct Places(Option<Table>);

enum Table {
    /// IPFire's, as the Tor project packs it.
    Packed(Arc<GeoipDb>),
    File(Reader<Vec<u8>>),
}

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

/// What a record of a table says. Some have the code at the top, with or without a name beside it, and some below a
/// country.
#[derive(Deserialize)]
struct Found<'a> {
    #[serde(borrow, default)]
    country_code: Option<&'a str>,
    #[serde(borrow, default)]
    country: Option<Named<'a>>,
}

/// A country, as it stands in a record.
#[derive(Deserialize)]
#[serde(untagged)]
enum Named<'a> {
    /// By its name, or by its code.
    Text(#[serde(borrow)] &'a str),
    /// With its code, its names and more.
    Map {
        #[serde(borrow, default)]
        iso_code: Option<&'a str>,
    },
    /// Something that no table is known to have there.
    Other(IgnoredAny),
}

impl Found<'_> {
    fn country(&self) -> Option<Country> {
        let named = match self.country {
            Some(Named::Text(text)) => Some(text),
            Some(Named::Map { iso_code }) => iso_code,
            Some(Named::Other(_)) | None => None,
        };
        [self.country_code, named].into_iter().flatten().find_map(Country::of)
    }
}

impl Country {
    /// That of a code, if the text is one.
    fn of(text: &str) -> Option<Self> {
        let code: [u8; 2] = text.as_bytes().try_into().ok()?;
        code.iter().all(u8::is_ascii_uppercase).then_some(Self(code))
    }
}

impl Places {
    /// Those that come with the program.
    #[must_use]
    pub fn packed() -> Self {
        Self(Some(Table::Packed(GeoipDb::new_embedded())))
    }

    /// Those of a file.
    ///
    /// # Errors
    /// Invalid if it cannot be read, is no such table, or is one without countries.
    pub fn from_file(path: &Path) -> Result<Self> {
        let unusable = |why: Text| {
            Fault::new(
                FaultKind::Invalid,
                Text::new(
                    format!(
                        "Tabeli krajów {} nie można użyć: {}. Potrzebny jest plik w formacie MaxMind DB (.mmdb) z kodem kraju.",
                        path.display(),
                        why.pl
                    ),
                    format!(
                        "The table of countries {} cannot be used: {}. It has to be a file in the format of MaxMind DB (.mmdb) with the code of a country.",
                        path.display(),
                        why.en
                    ),
                ),
            )
        };
        let wrong = |why: String| unusable(Text::new(why.clone(), why));
        let read = || {
            let mut bytes = Vec::new();
            File::open(path)?.take(BYTES + 1).read_to_end(&mut bytes)?;
            Ok::<_, std::io::Error>(bytes)
        };
        if !fs::metadata(path).map_err(|e| wrong(e.to_string()))?.is_file() {
            return Err(unusable(Text::of("to nie plik", "it is not a file")));
        }
        let bytes = read().map_err(|e| wrong(e.to_string()))?;
        if bytes.len() as u64 > BYTES {
            return Err(wrong(format!("> {} MiB", BYTES >> 20)));
        }
        let reader = Reader::from_source(bytes).map_err(|e| wrong(e.to_string()))?;
        // Damage would show in a list of sessions, and as a place that is not one.
        reader.verify().map_err(|e| wrong(e.to_string()))?;
        if !has_countries(&reader).map_err(|e| wrong(e.to_string()))? {
            return Err(unusable(Text::of(
                "nie ma w niej żadnego kodu kraju, na przykład PL (pola country_code, country.iso_code albo country)",
                "there is no code of a country in it, such as PL (country_code, country.iso_code or country)",
            )));
        }
        Ok(Self(Some(Table::File(reader))))
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

fn country(table: &Table, address: IpAddr) -> Option<Country> {
    match table {
        Table::Packed(table) => Country::of(table.lookup_country_code(address)?.get()),
        Table::File(table) => table.lookup(address).ok()?.decode::<Found<'_>>().ok()??.country(),
    }
}

/// Whether any network is in a country: one of systems, say, or of countries under another name, would show every place
/// as unknown.
fn has_countries(table: &Reader<Vec<u8>>) -> std::result::Result<bool, MaxMindDbError> {
    for network in table.networks(WithinOptions::default())?.take(SAMPLE) {
        if network?.decode::<Found<'_>>().ok().flatten().is_some_and(|found| found.country().is_some()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Of a network of one's own, or the machine itself.
fn is_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_private() || v4.is_loopback() || v4.is_link_local(),
        IpAddr::V6(v6) => v6 == Ipv6Addr::LOCALHOST || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

impl Place {
    /// What is put behind an address in a sentence: in brackets where it is, and whatever more is known; nothing if there
    /// is nothing to say.
    pub(crate) fn behind(place: Option<Self>, more: &str) -> Text {
        let place = place.and_then(Self::words);
        let join = |of: fn(&Text) -> &str| {
            let parts: Vec<_> =
                place.as_ref().map(of).into_iter().chain([more]).filter(|part| !part.is_empty()).collect();
            if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) }
        };
        Text::new(join(|text| &text.pl), join(|text| &text.en))
    }

    /// Where it is. Countries have no names here: their codes are known everywhere.
    fn words(self) -> Option<Text> {
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
