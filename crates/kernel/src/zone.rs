//! Time zones, from the tables that are built into the program: what the machine has installed decides nothing.

use crate::{Text, Time};
use jiff::civil::DateTime;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);
/// Where nothing else is said.
const DEFAULT: &str = "Europe/Warsaw";
/// Characters of a name at most.
const CHARS: usize = 64;

/// A time zone of IANA's database.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(TimeZone);

impl Default for Zone {
    fn default() -> Self {
        Self(ZONES.get(DEFAULT).unwrap_or(TimeZone::UTC))
    }
}

impl TryFrom<String> for Zone {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::find(&name)
            .ok_or_else(|| format!("no time zone of IANA's database: {name:?}; one is {DEFAULT:?}"))
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.name().to_owned()
    }
}

impl Zone {
    /// The one with this name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        let sane = name.len() <= CHARS;
        sane.then(|| ZONES.get(name).ok()).flatten().filter(|zone| zone.iana_name().is_some()).map(Self)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or(DEFAULT)
    }

    /// The short name of the time that is kept then, such as `CET`, or how far it is ahead.
    fn short(&self, at: Timestamp) -> String {
        self.0.to_offset_info(at).abbreviation().to_owned()
    }

    /// What clocks on the wall show then.
    #[must_use]
    pub fn local(&self, at: Timestamp) -> DateTime {
        self.0.to_datetime(at)
    }

    /// When clocks on the wall show this: twice, if they are put back over it; around it, if it is left out.
    pub fn moments(&self, local: DateTime) -> impl Iterator<Item = Timestamp> {
        let at = self.0.to_ambiguous_timestamp(local);
        [at.earlier(), at.later()].into_iter().flatten()
    }

    /// When clocks are changed in so many days.
    #[must_use]
    pub fn changes(&self, now: Timestamp, days: i64) -> Vec<Timestamp> {
        let end = now.checked_add(SignedDuration::from_hours(24 * days)).unwrap_or(Timestamp::MAX);
        self.0.following(now).map(|change| change.timestamp()).take_while(|at| *at < end).collect()
    }

    /// A moment as people write it, by these clocks.
    #[must_use]
    pub fn moment(&self, at: Time) -> Text {
        let Ok(stamp) = Timestamp::from_millisecond(at.0) else { return Text::same(at.rfc3339()) };
        let (local, short) = (self.local(stamp), self.short(stamp));
        let (day, month, year) = (local.day(), local.month(), local.year());
        let time = format!("{:02}:{:02} {short}", local.hour(), local.minute());
        let name = MONTHS.get(usize::from(month.unsigned_abs()) - 1).copied().unwrap_or_default();
        Text::new(format!("{day}.{month:02}.{year}, {time}"), format!("{day} {name} {year}, {time}"))
    }

    /// The same with the name of the zone, for whoever may be elsewhere: short names are known to few, and some to two zones.
    #[must_use]
    pub fn moment_here(&self, at: Time) -> Text {
        let (Text { pl, en }, name) = (self.moment(at), self.name());
        Text::new(format!("{pl} ({name})"), format!("{en} ({name})"))
    }
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_by_the_clocks_on_the_wall() {
        let told = |text: &str| Zone::default().moment(Time::parse(text).expect("a time"));
        let winter = told("2026-11-27T20:05:59Z");
        assert_eq!((&*winter.pl, &*winter.en), ("27.11.2026, 21:05 CET", "27 Nov 2026, 21:05 CET"));
        let summer = told("2026-06-30T22:00:00Z");
        assert_eq!((&*summer.pl, &*summer.en), ("1.07.2026, 00:00 CEST", "1 Jul 2026, 00:00 CEST"));
        // The hour that comes twice is told apart.
        let twice = ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"].map(|at| told(at).en.into_owned());
        assert_eq!(twice, ["25 Oct 2026, 02:30 CEST", "25 Oct 2026, 02:30 CET"]);
    }

    #[test]
    fn an_organisation_elsewhere_has_its_own_clocks() {
        let at = Time::parse("2026-11-27T23:05:59Z").expect("a time");
        let told = |name: &str| Zone::find(name).expect("a zone").moment_here(at);
        let here = told("Europe/Warsaw");
        assert_eq!(&*here.pl, "28.11.2026, 00:05 CET (Europe/Warsaw)");
        assert_eq!(&*here.en, "28 Nov 2026, 00:05 CET (Europe/Warsaw)");
        assert_eq!(&*told("America/New_York").en, "27 Nov 2026, 18:05 EST (America/New_York)");
        // Where the time has no name, how far it is ahead stands in its place.
        assert_eq!(&*told("America/Sao_Paulo").pl, "27.11.2026, 20:05 -03 (America/Sao_Paulo)");
        for wrong in ["", "Europe/Warszawa", "CET-1CEST,M3.5.0,M10.5.0/3", &"x".repeat(65)] {
            assert!(Zone::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }
}
