//! When things happened: in working hours of the three years before now, ever more often.

use kernel::Time;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// Nine hours from 06:00 UTC: 7 to 16 or 8 to 17 in Poland.
const OPENS: i64 = 6 * HOUR;
const WORKDAY: i64 = 9 * HOUR;
const WORKWEEK: i64 = 5 * WORKDAY;
const WEEKS: i64 = 156;
/// 1970-01-05 was the first Monday.
const MONDAY: i64 = 4 * DAY;
/// Days before and after now that have a written date at hand.
const BEHIND: i64 = WEEKS * 7 + 60;
const AHEAD: i64 = 500;

/// A place between the beginning (0) and now (2^32).
pub type Place = u64;

/// Working time before now.
pub struct Timeline {
    /// Working milliseconds from the first Monday of 1970 to the beginning.
    start: i64,
    span: i64,
    today: i64,
    dates: Vec<String>,
}

impl Timeline {
    pub fn new(now: Time) -> Self {
        let today = now.0.div_euclid(DAY);
        let span = WEEKS * WORKWEEK;
        let dates =
            (today - BEHIND..=today + AHEAD).map(|day| Time(day * DAY).rfc3339()[..10].to_owned()).collect();
        Self { start: work_of(now.0) - span, span, today, dates }
    }

    /// The moment at a place. Later places are later moments, the last is before now.
    pub fn at(&self, place: Place) -> Time {
        // The share of the span passed at f is (3f - f²)/2: three times as dense at the end as at the
        // beginning, and never flat, so that no two records share a millisecond.
        let f = u128::from(place.min(0xffff_ffff));
        let passed = ((3 * f - ((f * f) >> 32)) * u128::from(self.span.unsigned_abs())) >> 33;
        Time(time_of(self.start + i64::try_from(passed).unwrap_or(self.span)))
    }

    /// The date `days` after today, `YYYY-MM-DD`; kept within the dates at hand.
    pub fn date(&self, days: i64) -> &str {
        let i = usize::try_from(days.clamp(-BEHIND, AHEAD) + BEHIND).unwrap_or(0);
        &self.dates[i]
    }

    /// How many days after today a moment is; negative before.
    pub const fn days(&self, at: Time) -> i64 {
        at.0.div_euclid(DAY) - self.today
    }

    /// The moment `days` after today at a full quarter of an hour in working time, RFC 3339 in UTC.
    pub fn moment(&self, days: i64, quarter: u32) -> String {
        let minutes = 6 * 60 + i64::from(quarter % 36) * 15;
        let date = self.date(days);
        let mut out = String::with_capacity(24);
        out.push_str(date);
        out.push('T');
        for (n, end) in [(minutes / 60, ':'), (minutes % 60, ':')] {
            out.push(digit(n / 10));
            out.push(digit(n % 10));
            out.push(end);
        }
        out.push_str("00.000Z");
        out
    }

    /// The nearest working day on or after `days` from today.
    pub const fn workday(&self, days: i64) -> i64 {
        // Day 4 since 1970 was a Monday.
        match (self.today + days - 4).rem_euclid(7) {
            5 => days + 2,
            6 => days + 1,
            _ => days,
        }
    }
}

fn digit(n: i64) -> char {
    char::from(b'0' + u8::try_from(n).unwrap_or(0) % 10)
}

/// Working milliseconds from the first Monday of 1970 to `ms`.
fn work_of(ms: i64) -> i64 {
    let ms = ms - MONDAY;
    let (week, rest) = (ms.div_euclid(7 * DAY), ms.rem_euclid(7 * DAY));
    let (day, hour) = (rest / DAY, rest % DAY);
    let within = if day < 5 { day * WORKDAY + (hour - OPENS).clamp(0, WORKDAY) } else { WORKWEEK };
    week * WORKWEEK + within
}

/// The moment after so many working milliseconds.
const fn time_of(work: i64) -> i64 {
    let (week, rest) = (work.div_euclid(WORKWEEK), work.rem_euclid(WORKWEEK));
    MONDAY + week * 7 * DAY + (rest / WORKDAY) * DAY + OPENS + rest % WORKDAY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_become_working_moments_in_order() {
        for now in
            ["2026-11-23T21:34:37Z", "2026-11-22T03:00:00Z", "2026-11-23T06:00:00Z", "2026-11-25T11:11:11Z"]
        {
            let now = Time::parse(now).unwrap();
            let line = Timeline::new(now);
            let mut last = Time(0);
            for step in 0..10_000u64 {
                let at = line.at((step << 32) / 10_000);
                assert!(at > last && at < now, "{at} {now}");
                let since_monday = (at.0 - MONDAY).rem_euclid(7 * DAY);
                assert!(since_monday / DAY < 5, "{at} is not a working day");
                last = at;
            }
            assert!(now.0 - line.at(u64::MAX).0 < 3 * DAY);
            assert!(now.0 - line.at(0).0 > 3 * 360 * DAY);
        }
    }

    #[test]
    fn dates_count_from_today() {
        let line = Timeline::new(Time::parse("2026-11-23T21:34:37Z").unwrap());
        assert_eq!(line.date(0), "2026-11-23");
        assert_eq!(line.date(-1), "2026-11-22");
        assert_eq!(line.moment(1, 5), "2026-11-24T07:15:00.000Z");
        assert_eq!(line.workday(5), 7, "Saturday becomes Monday");
        assert_eq!(line.days(Time::parse("2026-11-22T23:59:59Z").unwrap()), -1);
    }
}
