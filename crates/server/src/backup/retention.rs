//! Which backups are kept.

use kernel::Time;
use std::collections::BTreeSet;

const DAY_MS: i64 = 86_400_000;

fn day(at: Time) -> i64 {
    at.0.div_euclid(DAY_MS)
}

/// Weeks begin on Monday; 1970-01-01 was a Thursday.
fn week(at: Time) -> i64 {
    (day(at) + 3).div_euclid(7)
}

/// Which of the backups are to go: all but the last of each of the newest `days` days that have one, and of
/// each of the newest `weeks` weeks (UTC). The newest always stays.
pub fn surplus(mut all: Vec<Time>, days: u32, weeks: u32) -> Vec<Time> {
    all.sort_unstable_by(|a, b| b.cmp(a));
    let (mut seen_days, mut seen_weeks) = (BTreeSet::new(), BTreeSet::new());
    let newest = all.first().copied();
    let last_of =
        |seen: &mut BTreeSet<i64>, of: i64, most: u32| seen.insert(of) && seen.len() <= most as usize;
    all.retain(|at| {
        let of_day = last_of(&mut seen_days, day(*at), days);
        let of_week = last_of(&mut seen_weeks, week(*at), weeks);
        !(of_day || of_week || newest == Some(*at))
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Time {
        Time::parse(&format!("{text}:00Z")).expect("a time")
    }

    #[test]
    fn the_last_of_each_day_and_week_stays() {
        let all: Vec<Time> = [
            "2026-11-26T23:00", // Thursday
            "2026-11-26T11:00",
            "2026-11-25T23:00",
            "2026-11-24T23:00",
            "2026-11-22T23:00", // Sunday
            "2026-11-21T23:00",
            "2026-11-15T23:00", // Sunday
            "2026-11-09T23:00",
            "2026-11-08T23:00",
        ]
        .map(at)
        .to_vec();
        let gone = |days, weeks| surplus(all.clone(), days, weeks);
        assert_eq!(
            gone(2, 3),
            [
                "2026-11-26T11:00",
                "2026-11-24T23:00",
                "2026-11-21T23:00",
                "2026-11-09T23:00",
                "2026-11-08T23:00"
            ]
            .map(at)
        );
        assert_eq!(gone(100, 0), ["2026-11-26T11:00"].map(at));
        assert_eq!(gone(0, 0).len(), 8, "the newest always stays");
        assert!(surplus(Vec::new(), 1, 1).is_empty());
    }
}
