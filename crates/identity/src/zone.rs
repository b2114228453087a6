//! Time zones, from the tables that are built into the program: what the machine has installed decides nothing.

use jiff::civil::DateTime;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};
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
