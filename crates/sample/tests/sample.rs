//! What the generated organisation promises.

use kernel::{RecordId, Time};
use sample::{Sample, SampleRecord, Sizes, csv_people};
use std::collections::{HashMap, HashSet};

fn now() -> Time {
    Time::parse("2026-11-23T10:34:37Z").expect("a time")
}

fn demo() -> Sample {
    Sample::new(1, now(), Sizes::demo())
}

/// Everything, in an order in which it can be loaded.
fn all(sample: &Sample) -> impl Iterator<Item = SampleRecord> + '_ {
    let first = sample.companies().chain(sample.people()).chain(sample.leads());
    first.chain(sample.deals()).chain(sample.activities()).chain(sample.notes())
}

fn text<'a>(record: &'a SampleRecord, field: &str) -> &'a str {
    record.input[field].as_str().unwrap_or_default()
}

fn parsed(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("JSON")
}

fn small() -> Sizes {
    Sizes::bench(0.003)
}

#[test]
fn every_record_passes_the_schema() {
    let entities = schema::builtin();
    let entities: HashMap<&str, _> = entities.iter().map(|e| (e.name.as_str(), e)).collect();
    for sample in [demo(), Sample::new(77, now(), small())] {
        for record in all(&sample) {
            let entity = entities[record.entity];
            let content = schema::check_content(entity, &record.input)
                .unwrap_or_else(|fault| panic!("{} {}: {fault:?}", record.entity, record.input));
            for (field, value) in record.input.as_object().expect("an object") {
                assert_eq!(&content[field], value, "{field} is not in the form that is kept");
            }
            assert_eq!(entity.is_child(), record.parent.is_some());
            if let Some((parent, _)) = record.parent {
                assert!(entity.parents.iter().any(|p| p == parent));
            }
        }
    }
}

#[test]
fn references_point_back_in_time_and_unique_values_differ() {
    let sample = Sample::new(3, now(), small());
    let entities = schema::builtin();
    let mut made: HashMap<RecordId, (&str, Time)> = HashMap::new();
    let mut unique = HashSet::new();
    let mut last: HashMap<&str, (RecordId, Time)> = HashMap::new();
    for record in all(&sample) {
        assert!(record.created <= record.updated && record.updated <= now(), "{record:?}");
        if let Some(&(id, created)) = last.get(record.entity) {
            assert!(id < record.id && created < record.created, "{record:?}");
        }
        last.insert(record.entity, (record.id, record.created));
        let entity = entities.iter().find(|e| e.name == record.entity).expect("known");
        let mut targets: Vec<(String, RecordId)> =
            record.parent.iter().map(|(e, id)| ((*e).to_owned(), *id)).collect();
        for field in &entity.fields {
            let value = text(&record, &field.name);
            if field.flags.unique && !value.is_empty() {
                assert!(
                    unique.insert((record.entity, field.name.clone(), value.to_owned())),
                    "{value} twice"
                );
            }
            if let schema::FieldKind::Reference { entity } = &field.kind
                && !value.is_empty()
            {
                targets.push((entity.clone(), value.parse().expect("an id")));
            }
        }
        for (kind, id) in targets {
            let &(entity, created) = made.get(&id).expect("refers to what was made before");
            assert_eq!(entity, kind);
            assert!(created <= record.created, "{record:?} refers to {created}");
        }
        assert!(made.insert(record.id, (record.entity, record.created)).is_none(), "id twice");
    }
    let version7 = |id: &RecordId| id.bytes()[6] >> 4 == 7 && id.bytes()[8] >> 6 == 2;
    assert!(made.keys().all(version7));
}

#[test]
fn the_same_seed_gives_the_same_and_another_does_not() {
    let (a, b) = (demo(), demo());
    assert!(all(&a).eq(all(&b)));
    let other = Sample::new(2, now(), Sizes::demo());
    assert_ne!(a.people().next(), other.people().next());
    assert!(csv_people(50, 1).eq(csv_people(50, 1)));
    assert_ne!(csv_people(50, 1).nth(1), csv_people(50, 2).nth(1));
}

#[test]
fn the_first_records_are_these_on_every_machine() {
    let sample = demo();
    let person = sample.people().nth(1).expect("one");
    assert_eq!(person.id.to_string(), "018c15a1-9bf4-7002-9512-d3839bcda99f");
    assert_eq!(
        person.input,
        parsed(
            r#"{"city":"Bydgoszcz","company":"018c1058-6248-7001-aa00-bb5e663b6b60","country":"PL","email":"m.kot@chmiel1.example","first_name":"Marcin","job_title":"Kierownik produkcji","last_name":"Kot","mobile":"+48606846050","phone":"+48527979476","postal_code":"85-179","source":"referral"}"#
        )
    );
    let deal = sample.deals().nth(880).expect("one");
    assert_eq!(
        deal.input,
        parsed(
            r#"{"company":"01939659-2d16-7001-a734-8fe0a52e4be7","expected_close":"2027-02-22","name":"Dostawa palet – Żagiel Tworzywa","person":"0193974e-8b0a-7002-a677-9ba9ce3cb36d","stage":"lead_in","value":{"amount":"61000.00","currency":"PLN"}}"#
        )
    );
}

#[test]
fn the_named_organisation_has_every_role_and_three_led_teams() {
    let sample = demo();
    let (teams, users) = (sample.teams(), sample.users());
    let sales: Vec<usize> = (0..teams.len()).filter(|&t| teams[t].parent == Some(0)).collect();
    assert_eq!(sales.len(), 3);
    for t in sales {
        let lead = &users[teams[t].lead.expect("led")];
        assert!(lead.team == t && lead.roles.contains(&"seller"));
    }
    for role in ["seller", "marketing", "management", "dpo", "administrator", "auditor"] {
        assert!(users.iter().any(|u| u.roles.contains(&role)), "{role}");
    }
    let logins: HashSet<&str> = users.iter().map(|u| u.login.as_str()).collect();
    assert_eq!(logins.len(), users.len());
    assert!(logins.iter().all(|l| l.is_ascii()));
    assert!(users.iter().all(|u| u.team < teams.len()));
    assert!(all(&sample).all(|r| users[r.owner].roles.contains(&"seller") && users[r.owner].team == r.team));
}

#[test]
fn in_the_numbered_organisation_one_seller_has_few_and_one_many() {
    for sizes in [Sizes::bench(0.01), Sizes::bench(0.04)] {
        let sample = Sample::new(9, now(), sizes);
        assert!(sample.teams().iter().enumerate().all(|(t, team)| team.parent.is_none_or(|p| p < t)));
        assert_eq!(sample.users().len(), sizes.users);
        let mut owned = vec![0u64; sizes.users];
        sample.people().for_each(|p| owned[p.owner] += 1);
        let few = owned[sample.seller_with_few().expect("one")];
        let many = owned[sample.seller_with_many().expect("one")];
        assert!((10..=40).contains(&few), "{few}");
        assert!(many * 100 / sizes.people >= 5 && many * 100 / sizes.people <= 10, "{many}");
    }
}

#[test]
fn names_are_as_frequent_as_names_are() {
    let sample = Sample::new(4, now(), Sizes::bench(0.01));
    let mut names: HashMap<String, u32> = HashMap::new();
    for p in sample.people() {
        let (first, last) = (text(&p, "first_name"), text(&p, "last_name"));
        let woman = first.ends_with('a') && !["Barnaba", "Kosma"].contains(&first);
        if woman {
            assert!(!last.ends_with("ski") && !last.ends_with("cki"), "{first} {last}");
        } else if !matches!(first, "Róża") {
            assert!(!last.ends_with("ska") && !last.ends_with("cka"), "{first} {last}");
        }
        *names.entry(last.replace("ska", "ski")).or_default() += 1;
    }
    assert!(names["Nowak"] > 100 && names["Kowalski"] > 100, "common names are common");
    assert!(names.len() > 600, "{} different names", names.len());
    assert!(names.values().any(|&n| n <= 3), "rare names are rare");
}

#[test]
fn work_lies_behind_and_ahead() {
    let sample = demo();
    let today = "2026-11-23";
    let (mut overdue, mut due_today, mut ahead, mut done) = (0, 0, 0, 0);
    for a in sample.activities() {
        let finished = a.input["done"] == true;
        done += u32::from(finished);
        match text(&a, "due")[..10].cmp(today) {
            std::cmp::Ordering::Less => overdue += u32::from(!finished),
            std::cmp::Ordering::Equal => due_today += 1,
            std::cmp::Ordering::Greater => ahead += 1,
        }
    }
    assert!(overdue > 30 && due_today >= 9 && ahead > 100, "{overdue} {due_today} {ahead}");
    assert!(done > 3_000, "{done}");
    let mut stages: HashMap<String, u32> = HashMap::new();
    let mut late = 0;
    for d in sample.deals() {
        let (stage, close) = (text(&d, "stage").to_owned(), text(&d, "expected_close"));
        let open = stage != "won" && stage != "lost";
        late += u32::from(open && close < today);
        // A closing day that fell on a weekend is the Monday after.
        assert!(open || close <= "2026-11-25", "{stage} {close}");
        *stages.entry(stage).or_default() += 1;
    }
    assert!(stages.len() == 6 && stages.values().all(|&n| n >= 10), "{stages:?}");
    assert!(late > 20, "some deals lie idle: {late}");
}

#[test]
fn sizes_of_nothing_and_of_one_do_no_harm() {
    let none =
        Sizes { people: 0, companies: 0, leads: 0, deals: 0, activities: 1, notes: 1, users: 0, teams: 0 };
    assert_eq!(all(&Sample::new(1, now(), none)).count(), 2);
    let one =
        Sizes { people: 1, companies: 1, leads: 1, deals: 3, activities: 3, notes: 3, users: 3, teams: 5 };
    assert_eq!(all(&Sample::new(1, now(), one)).count(), 12);
}

#[test]
fn exported_lines_have_nine_cells() {
    let mut quoted = 0;
    for (n, line) in csv_people(2_000, 6).enumerate() {
        let (mut cells, mut inside) = (1, false);
        for c in line.chars() {
            match c {
                '"' => inside = !inside,
                ';' if !inside => cells += 1,
                _ => {}
            }
        }
        quoted += u32::from(line.contains('"'));
        assert!(cells == 9 && !inside && !line.contains('\n'), "line {n}: {line}");
    }
    assert!(quoted > 20);
}
