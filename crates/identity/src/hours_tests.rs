//! Hours against a model that knows the clocks of Warsaw by their rule and looks at each minute.

use super::*;
use proptest::prelude::*;
use std::sync::LazyLock;

const MINUTE: i64 = 60_000;
/// Monday 2026-10-19, midnight in Warsaw (UTC+2): the clocks go back on Sunday the 25th.
const AUTUMN: &str = "2026-10-19T00:00:00+02:00";
/// Monday 2027-03-22, midnight in Warsaw (UTC+1): the clocks go forward on Sunday the 28th.
const SPRING: &str = "2027-03-22T00:00:00+01:00";

fn at(text: &str) -> Time {
    Time::parse(text).expect("a time")
}

fn hours(zone: &str, spans: &[(&[u8], &str, &str)]) -> Hours {
    let minute = |text: &str| Minute::try_from(text.to_owned()).expect("a minute");
    let span = |(days, from, until): &(&[u8], &str, &str)| Span {
        days: days.iter().copied().collect(),
        from: minute(from),
        until: minute(until),
    };
    Hours { zone: Zone::find(zone).expect("a zone"), spans: spans.iter().map(span).collect() }
}

fn office() -> Hours {
    hours("Europe/Warsaw", &[(&[1, 2, 3, 4, 5], "08:00", "18:00")])
}

fn next(all: &[Hours], now: &str) -> Option<String> {
    Rest::at(all, at(now)).map(|rest| rest.until.map(Time::rfc3339).unwrap_or_default())
}

static SUMMERS: LazyLock<[(Time, Time); 2]> = LazyLock::new(|| {
    [("2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"), ("2027-03-28T01:00:00Z", "2027-10-31T01:00:00Z")]
        .map(|(from, until)| (at(from), at(until)))
});

/// Minutes since Monday, 1970-01-05, midnight, on the clocks of Warsaw: CEST from the last Sunday of March to that of
/// October, 01:00 UTC.
fn warsaw(ms: i64) -> i64 {
    let in_summer = SUMMERS.iter().any(|(from, until)| (from.0..until.0).contains(&ms));
    ms.div_euclid(MINUTE) + if in_summer { 120 } else { 60 } - 4 * 1_440
}

/// A week, minute by minute.
fn week(hours: &Hours) -> Vec<bool> {
    let mut week = vec![false; 7 * 1_440];
    for span in &hours.spans {
        let (Minute(from), Minute(until)) = (span.from, span.until);
        let length = if from < until { until - from } else { until + DAY - from };
        for day in &span.days {
            let first = usize::from(*day - 1) * 1_440 + usize::from(from);
            (first..first + usize::from(length)).for_each(|n| week[n % (7 * 1_440)] = true);
        }
    }
    week
}

fn model(weeks: &[Vec<bool>], ms: i64) -> bool {
    let minute = usize::try_from(warsaw(ms).rem_euclid(7 * 1_440)).expect("of a week");
    weeks.iter().all(|week| week[minute])
}

prop_compose! {
    fn a_span()(days in proptest::collection::btree_set(1u8..=7, 1..=7), from in 0u16..1_440, length in 1u16..1_440) -> Span {
        let until = match from + length { late if late > DAY => late - DAY, until => until };
        Span { days, from: Minute(from), until: Minute(until) }
    }
}

prop_compose! {
    fn some_hours()(spans in proptest::collection::vec(a_span(), 1..4)) -> Hours {
        Hours { spans, ..office() }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn each_minute_is_as_in_the_model(hours in some_hours(), start in prop_oneof![Just(AUTUMN), Just(SPRING)]) {
        let weeks = [week(&hours)];
        let first = at(start).0;
        for minute in 0..8 * 1_440 {
            let ms = first + minute * MINUTE + (minute * 7_919) % MINUTE;
            prop_assert_eq!(hours.allows(Time(ms)), model(&weeks, ms), "{}", Time(ms));
        }
    }

    #[test]
    fn work_begins_again_at_the_first_minute_that_the_model_allows(
        all in proptest::collection::vec(some_hours(), 1..3),
        start in prop_oneof![Just(AUTUMN), Just(SPRING)],
        minute in 0i64..8 * 1_440,
    ) {
        let weeks: Vec<_> = all.iter().map(week).collect();
        let now = at(start).0 + minute * MINUTE;
        let first = (0..=9 * 1_440).map(|n| now + n * MINUTE).find(|ms| model(&weeks, *ms));
        match Rest::at(&all, Time(now)) {
            None => prop_assert_eq!(first, Some(now)),
            Some(rest) => prop_assert_eq!(rest.until.map(|until| until.0), first),
        }
    }
}

#[test]
fn clocks_on_the_wall_count_on_both_sides_of_their_change() {
    let both = office();
    for (time, works) in [
        ("2026-10-23T05:59:59Z", false),
        ("2026-10-23T06:00:00Z", true),
        ("2026-10-23T15:59:59Z", true),
        ("2026-10-23T16:00:00Z", false),
        ("2026-10-26T06:59:59Z", false),
        ("2026-10-26T07:00:00Z", true),
        ("2027-03-26T07:00:00Z", true),
        ("2027-03-29T05:59:59Z", false),
        ("2027-03-29T06:00:00Z", true),
    ] {
        assert_eq!(both.allows(at(time)), works, "{time}");
    }
    assert_eq!(
        next(std::slice::from_ref(&both), "2026-10-23T16:00:00Z").unwrap(),
        "2026-10-26T07:00:00.000Z"
    );
    assert_eq!(
        next(std::slice::from_ref(&both), "2027-03-26T17:00:00Z").unwrap(),
        "2027-03-29T06:00:00.000Z"
    );
    assert_eq!(next(&[both], "2026-10-23T08:00:00Z"), None);
}

#[test]
fn an_hour_that_is_left_out_or_comes_twice_ends_and_begins_where_the_wall_says() {
    let night = [hours("Europe/Warsaw", &[(&[7], "02:30", "05:00")])];
    // Put forward from 2:00 to 3:00: there is no 2:30.
    assert_eq!(next(&night, "2027-03-28T00:59:59Z").unwrap(), "2027-03-28T01:00:00.000Z");
    // Put back from 3:00 to 2:00: it is 2:30 twice, and before the second time work rests again.
    assert_eq!(next(&night, "2026-10-25T00:00:00Z").unwrap(), "2026-10-25T00:30:00.000Z");
    assert_eq!(next(&night, "2026-10-25T01:10:00Z").unwrap(), "2026-10-25T01:30:00.000Z");
    // What lies wholly in the hour left out comes a week later.
    let gone = [hours("Europe/Warsaw", &[(&[7], "02:10", "02:50")])];
    assert_eq!(next(&gone, "2027-03-28T00:30:00Z").unwrap(), "2027-04-04T00:10:00.000Z");
    // A span that begins before the change and ends in the hour that comes twice begins again with it.
    let twice = [hours("Europe/Warsaw", &[(&[7], "01:30", "02:30")])];
    assert_eq!(next(&twice, "2026-10-25T00:40:00Z").unwrap(), "2026-10-25T01:00:00.000Z");
}

#[test]
fn a_span_goes_over_midnight_and_all_roles_count_each_by_its_own_clocks() {
    let shift = hours("Europe/Warsaw", &[(&[5], "22:00", "06:00"), (&[7], "23:00", "00:00")]);
    for (time, works) in [
        ("2026-11-27T21:00:00+01:00", false),
        ("2026-11-27T22:00:00+01:00", true),
        ("2026-11-28T05:59:00+01:00", true),
        ("2026-11-28T06:00:00+01:00", false),
        ("2026-11-28T22:00:00+01:00", false),
        ("2026-11-29T23:59:59+01:00", true),
        ("2026-11-30T00:00:00+01:00", false),
    ] {
        assert_eq!(shift.allows(at(time)), works, "{time}");
    }
    let there = hours("America/New_York", &[(&[1, 2, 3, 4, 5], "09:00", "17:00")]);
    let both = [office(), there];
    assert_eq!(next(&both, "2026-11-27T12:00:00Z").unwrap(), "2026-11-27T14:00:00.000Z");
    assert_eq!(next(&both, "2026-11-27T14:00:00Z"), None);
    let never = [office(), hours("Europe/Warsaw", &[(&[6, 7], "00:00", "24:00")])];
    let rest = Rest::at(&never, at("2026-11-27T12:00:00Z")).unwrap();
    assert!(rest.until.is_none() && rest.text().en.contains("never overlap"), "{rest:?}");
    assert_eq!(rest.fault(Time(0)).retry_after_s, None);
}

#[test]
fn the_refusal_says_when_in_both_languages() {
    let now = at("2026-11-27T20:00:00.500Z");
    let rest = Rest::at(&[office()], now).unwrap();
    let text = rest.text();
    assert!(text.en.contains("on Monday, 30 November, at 8:00 (time zone: Europe/Warsaw)"), "{text:?}");
    assert!(
        text.pl.contains("w poniedziałek, 30 listopada, od 8:00 (strefa czasowa: Europe/Warsaw)"),
        "{text:?}"
    );
    assert_eq!(rest.fault(now).retry_after_s, Some(59 * 3_600));
}

#[test]
fn what_is_typed_is_checked_and_kept_as_it_was() {
    let read = |text: &str| {
        let mut issues = Vec::new();
        let input: HoursInput = serde_json::from_str(text).expect("a shape");
        let hours = input.check("at", &mut issues);
        (hours, issues.into_iter().map(|i| (i.field, i.code)).collect::<Vec<_>>())
    };
    let (good, none) = read(r#"{"spans":[{"days":[5,1],"from":"08:00","until":"24:00"}]}"#);
    assert!(none.is_empty(), "{none:?}");
    let kept = serde_json::to_value(good.unwrap()).unwrap();
    let again = serde_json::json!({ "zone": "Europe/Warsaw", "spans": [{ "days": [1, 5], "from": "08:00", "until": "24:00" }] });
    assert_eq!(kept, again);
    assert_eq!(serde_json::from_value::<Hours>(kept).unwrap(), serde_json::from_value(again).unwrap());
    let span = |from: &str, until: &str| {
        format!(r#"{{"zone":"Europe/Warsaw","spans":[{{"days":[1],"from":"{from}","until":"{until}"}}]}}"#)
    };
    let many =
        format!(r#"{{"spans":[{}]}}"#, vec![r#"{"days":[1],"from":"08:00","until":"09:00"}"#; 29].join(","));
    for (typed, field, code) in [
        (
            r#"{"zone":"Europe/Atlantis","spans":[{"days":[1],"from":"08:00","until":"09:00"}]}"#,
            "at.zone",
            "unknown-zone",
        ),
        (r#"{"spans":[]}"#, "at.spans", "out-of-range"),
        (&many, "at.spans", "out-of-range"),
        (r#"{"spans":[{"days":[],"from":"08:00","until":"09:00"}]}"#, "at.spans[0].days", "not-a-day"),
        (r#"{"spans":[{"days":[8],"from":"08:00","until":"09:00"}]}"#, "at.spans[0].days", "not-a-day"),
        (&span("8:00", "18:00"), "at.spans[0].from", "not-a-time"),
        (&span("08:60", "18:00"), "at.spans[0].from", "not-a-time"),
        (&span("08:00", "24:01"), "at.spans[0].until", "not-a-time"),
        (&span("-1:00", "+9:00"), "at.spans[0].from", "not-a-time"),
        (&span("08:00", "08:00"), "at.spans[0].until", "empty-span"),
        (&span("24:00", "08:00"), "at.spans[0].until", "empty-span"),
    ] {
        let (hours, issues) = read(typed);
        assert!(hours.is_none() && issues[0] == (field.to_owned(), code.to_owned()), "{typed}: {issues:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn work_ends_at_the_first_minute_that_the_model_forbids(
        all in proptest::collection::vec(some_hours(), 1..3),
        start in prop_oneof![Just(AUTUMN), Just(SPRING)],
        minute in 0i64..8 * 1_440,
    ) {
        let weeks: Vec<_> = all.iter().map(week).collect();
        let now = at(start).0 + minute * MINUTE;
        let works = |n: &i64| model(&weeks, now + n * MINUTE);
        let end = (0..=9 * 1_440).find(|n| !works(n)).map(|n| now + n * MINUTE);
        match WorkEnds::after(&all, Time(now)) {
            None => prop_assert!(end.is_none_or(|end| end == now), "{:?}", end),
            Some(ends) => {
                prop_assert_eq!(Some(ends.at.0), end);
                let again = Rest::at(&all, ends.at).and_then(|rest| rest.until);
                prop_assert_eq!(ends.again, again);
            }
        }
    }
}

#[test]
fn the_end_of_work_is_that_of_the_hours_that_end_first() {
    let now = at("2026-11-27T12:00:00Z");
    let there = hours("Europe/London", &[(&[5], "09:00", "14:30")]);
    let ends = WorkEnds::after(&[office(), there], now).unwrap();
    assert_eq!((ends.at, ends.zone.name()), (at("2026-11-27T14:30:00Z"), "Europe/London"));
    assert_eq!(ends.again, Some(at("2026-12-04T09:00:00Z")));
    // Over midnight into the next span it does not end, nor where all hours are free.
    let on = hours("Europe/Warsaw", &[(&[5], "12:00", "24:00"), (&[6], "00:00", "10:00")]);
    assert_eq!(WorkEnds::after(&[on], now).map(|ends| ends.at), Some(at("2026-11-28T09:00:00Z")));
    let always = hours("Europe/Warsaw", &[(&[1, 2, 3, 4, 5, 6, 7], "00:00", "24:00")]);
    assert_eq!(WorkEnds::after(&[always], now), None);
    assert_eq!(WorkEnds::after(&[office()], at("2026-11-27T20:00:00Z")), None, "it is over already");
}
