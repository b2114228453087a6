//! Hours of the week in which whoever holds a role may work: times of the clock on the wall in one time zone.

use crate::rules::wrong;
use jiff::civil::{DateTime, Weekday};
use jiff::{Timestamp, ToSpan};
use kernel::{Fault, FaultKind, FieldIssue, Text, Time, Zone};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Spans of one role.
const SPANS: usize = 28;
/// Minutes of a day.
const DAY: u16 = 1_440;
/// Days ahead in which the next beginning is looked for. A week's hours come again within eight; a change of the clock
/// may take one of them away.
const AHEAD: i64 = 15;

/// A minute of the day, written `08:00`; `24:00` is the end of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Minute(u16);

impl TryFrom<String> for Minute {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let number = |part: &str| {
            let plain = part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| part.parse::<u16>().ok()).flatten()
        };
        let (hour, minute) =
            text.split_once(':').and_then(|(h, m)| number(h).zip(number(m))).unwrap_or((99, 99));
        let at = hour * 60 + minute;
        if minute < 60 && at <= DAY { Ok(Self(at)) } else { Err(format!("no time of a day: {text:?}")) }
    }
}

impl From<Minute> for String {
    fn from(Minute(at): Minute) -> Self {
        format!("{:02}:{:02}", at / 60, at % 60)
    }
}

/// On these days from one minute until another one: on the next day, if that is not later.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// Days of the week on which it begins: 1 is Monday, 7 is Sunday.
    pub days: BTreeSet<u8>,
    /// The first minute.
    pub from: Minute,
    /// The first minute after it.
    pub until: Minute,
}

impl Span {
    fn holds(&self, day: u8, minute: u16) -> bool {
        let (Minute(from), Minute(until)) = (self.from, self.until);
        if from < until {
            return self.days.contains(&day) && (from..until).contains(&minute);
        }
        let eve = if day == 1 { 7 } else { day - 1 };
        self.days.contains(&day) && minute >= from || self.days.contains(&eve) && minute < until
    }
}

/// The hours of one role.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// By whose clocks.
    pub zone: Zone,
    /// In any of these one may work.
    pub spans: Vec<Span>,
}

/// Hours as they are typed.
#[derive(Clone, PartialEq, Eq, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoursInput {
    #[serde(default)]
    zone: Option<String>,
    spans: Vec<SpanInput>,
}

#[derive(Clone, PartialEq, Eq, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SpanInput {
    days: BTreeSet<u8>,
    from: String,
    until: String,
}

impl Hours {
    /// Whether one may work then.
    #[must_use]
    pub fn allows(&self, at: Time) -> bool {
        stamp(at).is_some_and(|at| self.allow(at))
    }

    fn allow(&self, at: Timestamp) -> bool {
        let local = self.zone.local(at);
        let minute = u16::from(local.hour().unsigned_abs()) * 60 + u16::from(local.minute().unsigned_abs());
        self.spans.iter().any(|span| span.holds(number(local.weekday()), minute))
    }

    /// When it may begin or end that one may work: where a span does, and where the clocks change.
    fn edges(&self, now: Timestamp) -> Vec<Timestamp> {
        let today = self.zone.local(now).date();
        let mut found = self.zone.changes(now, AHEAD);
        for ahead in -1..=AHEAD {
            let Ok(date) = today.checked_add(ahead.days()) else { continue };
            let day = number(date.weekday());
            for span in self.spans.iter().filter(|span| span.days.contains(&day)) {
                let (Minute(from), Minute(until)) = (span.from, span.until);
                let midnight: DateTime = date.at(0, 0, 0, 0);
                let end = if from < until { until } else { until + DAY };
                for minute in [from, end] {
                    let at = midnight.checked_add(i64::from(minute).minutes());
                    found.extend(at.into_iter().flat_map(|at| self.zone.moments(at)));
                }
            }
        }
        found
    }
}

const fn number(day: Weekday) -> u8 {
    day.to_monday_one_offset().unsigned_abs()
}

fn stamp(at: Time) -> Option<Timestamp> {
    Timestamp::from_millisecond(at.0).ok()
}

/// When it is over that a user may work.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorkEnds {
    /// Then.
    pub at: Time,
    /// When work begins again; none if it never does.
    pub again: Option<Time>,
    /// By whose clocks the hours that end are.
    pub zone: Zone,
}

impl WorkEnds {
    /// When these hours, all of which hold, keep somebody from working who may work now; nothing if they do already, or
    /// not in the next days.
    pub(crate) fn after(all: &[Hours], now: Time) -> Option<Self> {
        if all.iter().any(|hours| !hours.allows(now)) {
            return None;
        }
        let at = edge(all, now, |at| !all.iter().all(|hours| hours.allow(at)))?;
        let Rest { until, zone } = Rest::at(all, at)?;
        Some(Self { at, again: until, zone })
    }
}

/// The first moment after `now` where any of these hours begin or end and `is` holds.
fn edge(all: &[Hours], now: Time, is: impl Fn(Timestamp) -> bool) -> Option<Time> {
    let now = stamp(now)?;
    let mut found: Vec<Timestamp> = all.iter().flat_map(|hours| hours.edges(now)).collect();
    found.sort_unstable();
    found.into_iter().find(|at| *at > now && is(*at)).map(|at| Time(at.as_millisecond()))
}

/// That a user may not work now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rest {
    /// Until then; none if the hours of the user's roles never come together.
    pub until: Option<Time>,
    zone: Zone,
}

impl Rest {
    /// Whether these hours, all of which hold, keep somebody from working now, and until when.
    pub(crate) fn at(all: &[Hours], now: Time) -> Option<Self> {
        let first = all.iter().find(|hours| !hours.allows(now))?;
        let zone = first.zone.clone();
        let until = edge(all, now, |at| all.iter().all(|hours| hours.allow(at)));
        Some(Self { until, zone })
    }

    /// The refusal of whoever asks at `now`.
    #[must_use]
    pub fn fault(&self, now: Time) -> Fault {
        let fault = Fault::new(FaultKind::OutsideHours, self.text());
        let seconds = self.until.and_then(|until| u32::try_from((until.0 - now.0 + 999) / 1_000).ok());
        Fault { retry_after_s: seconds, ..fault }
    }

    /// What whoever may not work now is told.
    #[must_use]
    pub fn text(&self) -> Text {
        let Some(at) = self.until.and_then(stamp) else {
            return Text::of(
                "Godziny pracy Twoich ról nigdy się nie pokrywają, więc nie możesz pracować. Powiadom administratora.",
                "The working hours of your roles never overlap, so you cannot work at all. Tell an administrator.",
            );
        };
        let (local, zone) = (self.zone.local(at), self.zone.name());
        let (weekday, month) =
            (usize::from(number(local.weekday())) - 1, usize::from(local.month().unsigned_abs()) - 1);
        let (day, hour, minute) = (local.day(), local.hour(), local.minute());
        let [(in_pl, in_en), (of_pl, of_en)] = [WEEKDAYS[weekday], MONTHS[month]];
        Text::new(
            format!(
                "Teraz są godziny wolne od pracy. Pracować można znów {in_pl}, {day} {of_pl}, od {hour}:{minute:02} (strefa czasowa: {zone})."
            ),
            format!(
                "It is outside working hours. Work begins again {in_en}, {day} {of_en}, at {hour}:{minute:02} (time zone: {zone})."
            ),
        )
    }
}

const WEEKDAYS: [(&str, &str); 7] = [
    ("w poniedziałek", "on Monday"),
    ("we wtorek", "on Tuesday"),
    ("w środę", "on Wednesday"),
    ("w czwartek", "on Thursday"),
    ("w piątek", "on Friday"),
    ("w sobotę", "on Saturday"),
    ("w niedzielę", "on Sunday"),
];
const MONTHS: [(&str, &str); 12] = [
    ("stycznia", "January"),
    ("lutego", "February"),
    ("marca", "March"),
    ("kwietnia", "April"),
    ("maja", "May"),
    ("czerwca", "June"),
    ("lipca", "July"),
    ("sierpnia", "August"),
    ("września", "September"),
    ("października", "October"),
    ("listopada", "November"),
    ("grudnia", "December"),
];

impl HoursInput {
    /// The hours, if they make sense; else says what does not.
    pub(crate) fn check(&self, at: &str, issues: &mut Vec<FieldIssue>) -> Option<Hours> {
        let before = issues.len();
        let zone = self.zone.as_deref().map_or_else(|| Some(Zone::default()), |name| Zone::find(name.trim()));
        let zone = zone.or_else(|| {
            let reason = Text::of(
                "Nie ma takiej strefy czasowej w bazie IANA.",
                "There is no such time zone in the database of IANA.",
            );
            issues.push(wrong(format!("{at}.zone"), "unknown-zone", reason, Zone::default().name()));
            None
        });
        if self.spans.is_empty() || self.spans.len() > SPANS {
            let reason = Text::of(
                "Podaj od 1 do 28 przedziałów. Bez ograniczenia godzin nie podawaj ich wcale.",
                "Give 1 to 28 spans. For no limit of hours give no hours at all.",
            );
            issues.push(wrong(format!("{at}.spans"), "out-of-range", reason, "1"));
            return None;
        }
        let spans = self.spans.iter().enumerate();
        let spans = spans.filter_map(|(n, span)| span.check(&format!("{at}.spans[{n}]"), issues)).collect();
        zone.filter(|_| issues.len() == before).map(|zone| Hours { zone, spans })
    }
}

impl SpanInput {
    fn check(&self, at: &str, issues: &mut Vec<FieldIssue>) -> Option<Span> {
        if self.days.is_empty() || self.days.iter().any(|day| !(1..=7).contains(day)) {
            let reason = Text::of(
                "Wybierz dni tygodnia: od 1 (poniedziałek) do 7 (niedziela).",
                "Choose days of the week: from 1 (Monday) to 7 (Sunday).",
            );
            issues.push(wrong(format!("{at}.days"), "not-a-day", reason, "1"));
            return None;
        }
        let mut time = |name: &str, typed: &str, example: &str| {
            let read = Minute::try_from(typed.trim().to_owned()).ok();
            if read.is_none() {
                let reason = Text::of("Podaj godzinę od 00:00 do 24:00.", "Give a time from 00:00 to 24:00.");
                issues.push(wrong(format!("{at}.{name}"), "not-a-time", reason, example));
            }
            read
        };
        let (from, until) = (time("from", &self.from, "08:00"), time("until", &self.until, "18:00"));
        let (from, until) = from.zip(until)?;
        if from == until || from == Minute(DAY) {
            let reason = Text::of(
                "Początek i koniec muszą się różnić, a początek jest przed 24:00. Cały dzień to od 00:00 do 24:00.",
                "The beginning and the end must differ, and the beginning is before 24:00. A whole day is from 00:00 to 24:00.",
            );
            issues.push(wrong(format!("{at}.until"), "empty-span", reason, "24:00"));
            return None;
        }
        Some(Span { days: self.days.clone(), from, until })
    }
}

#[cfg(test)]
#[path = "hours_tests.rs"]
mod tests;
