//! Time zones, from the tables that are built into the program: what the machine has installed decides nothing.

use jiff::civil::DateTime;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};
use kernel::{Text, Time};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);
/// Where nothing else is said.
pub(crate) const DEFAULT: &str = "Europe/Warsaw";
/// Characters of a name at most.
const CHARS: usize = 64;

/// A time zone of IANA's database.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(TimeZone);

impl TryFrom<String> for Zone {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::find(&name).ok_or_else(|| format!("no time zone: {name:?}"))
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.name().to_owned()
    }
}

impl Zone {
    /// The one with this name.
    pub(crate) fn find(name: &str) -> Option<Self> {
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
    pub(crate) fn local(&self, at: Timestamp) -> DateTime {
        self.0.to_datetime(at)
    }

    /// When clocks on the wall show this: twice, if they are put back over it; around it, if it is left out.
    pub(crate) fn moments(&self, local: DateTime) -> impl Iterator<Item = Timestamp> {
        let at = self.0.to_ambiguous_timestamp(local);
        [at.earlier(), at.later()].into_iter().flatten()
    }

    /// When clocks are changed in so many days.
    pub(crate) fn changes(&self, now: Timestamp, days: i64) -> Vec<Timestamp> {
        let end = now.checked_add(SignedDuration::from_hours(24 * days)).unwrap_or(Timestamp::MAX);
        self.0.following(now).map(|change| change.timestamp()).take_while(|at| *at < end).collect()
    }
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A moment as people write it, by the clocks of the organisation: where nothing else is said, those of Warsaw.
#[must_use]
pub fn moment(at: Time) -> Text {
    let Some((zone, at)) = Zone::find(DEFAULT).zip(Timestamp::from_millisecond(at.0).ok()) else {
        return Text::same(at.rfc3339());
    };
    let (local, short) = (zone.local(at), zone.short(at));
    let (day, month, year) = (local.day(), local.month(), local.year());
    let time = format!("{:02}:{:02} {short}", local.hour(), local.minute());
    let name = MONTHS.get(usize::from(month.unsigned_abs()) - 1).copied().unwrap_or_default();
    Text::new(format!("{day}.{month:02}.{year}, {time}"), format!("{day} {name} {year}, {time}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_by_the_clocks_on_the_wall() {
        let told = |text: &str| moment(Time::parse(text).expect("a time"));
        let winter = told("2026-11-27T20:05:59Z");
        assert_eq!((&*winter.pl, &*winter.en), ("27.11.2026, 21:05 CET", "27 Nov 2026, 21:05 CET"));
        let summer = told("2026-06-30T22:00:00Z");
        assert_eq!((&*summer.pl, &*summer.en), ("1.07.2026, 00:00 CEST", "1 Jul 2026, 00:00 CEST"));
        // The hour that comes twice is told apart.
        let twice = ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"].map(|at| told(at).en.into_owned());
        assert_eq!(twice, ["25 Oct 2026, 02:30 CEST", "25 Oct 2026, 02:30 CET"]);
    }
}
