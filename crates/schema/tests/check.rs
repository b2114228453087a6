//! Whole records from outside.

use proptest::prelude::*;
use schema::{Content, Entity, FieldKind, builtin, check_content, check_patch, derive, parse_cell};
use serde_json::{Value, json};

fn entity(name: &str) -> Entity {
    builtin().into_iter().find(|e| e.name == name).unwrap()
}

/// The (field, code) pairs of a refusal.
fn issues(result: kernel::Result<Content>) -> Vec<(String, String)> {
    let fault = result.expect_err("should be refused");
    fault.issues.into_iter().map(|i| (i.field, i.code)).collect()
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(f, c)| ((*f).to_owned(), (*c).to_owned())).collect()
}

#[test]
fn a_person_is_brought_into_form() {
    let person = entity("person");
    let content = check_content(
        &person,
        &json!({
            "first_name": "  Anna ", "last_name": "L\u{301}ukasik", "email": "Anna@Example.PL", "phone": "600 100 200",
            "postal_code": "00950", "country": "pl", "tags": ["VIP", " vip ", "targi"], "pesel": "44051401359",
            "birthday": "1944-05-14", "job_title": "", "company": null, "linkedin": "linkedin.com/in/anna"
        }),
    )
    .unwrap();
    assert_eq!(content["name"], "Anna Ĺukasik");
    assert_eq!(content["sort_name"], "Ĺukasik Anna");
    assert_eq!(content["email"], "Anna@example.pl");
    assert_eq!(content["phone"], "+48600100200");
    assert_eq!(content["postal_code"], "00-950");
    assert_eq!(content["country"], "PL");
    assert_eq!(content["tags"], json!(["VIP", "targi"]));
    assert_eq!(content["linkedin"], "https://linkedin.com/in/anna");
    assert!(!content.contains_key("job_title") && !content.contains_key("company"));
}

#[test]
fn all_issues_are_told_at_once() {
    let person = entity("person");
    let got = issues(check_content(
        &person,
        &json!({
            "first_name": 7, "email": "jan", "phone": "12", "birthday": "2026-02-30", "company": "ACME",
            "language": "xx", "name": "Jan", "emial": "a@b.pl", "Nazwisko": "K", "zzz": 1, "description": "a\u{0}b"
        }),
    ));
    for wanted in [
        ("first_name", "wrong-type"),
        ("email", "not-email"),
        ("phone", "not-phone"),
        ("birthday", "not-a-date"),
        ("company", "not-an-id"),
        ("language", "not-a-choice"),
        ("name", "read-only"),
        ("emial", "unknown-field"),
        ("Nazwisko", "unknown-field"),
        ("zzz", "unknown-field"),
        ("last_name", "required"),
        ("description", "control-characters"),
    ] {
        assert!(got.contains(&pairs(&[wanted])[0]), "{wanted:?} not in {got:?}");
    }
    assert_eq!(got.len(), 12);
}

#[test]
fn unknown_fields_come_with_a_suggestion() {
    let person = entity("person");
    for (typed, meant) in [
        ("emial", Some("email")),
        ("Nazwisko", Some("last_name")),
        ("zip", Some("postal_code")),
        ("qqqqqq", None),
    ] {
        let fault = check_content(&person, &json!({"last_name": "K", typed: "x"})).unwrap_err();
        assert_eq!(fault.issues[0].example.as_deref(), meant, "{typed}");
    }
}

#[test]
fn every_issue_has_both_languages_and_repeats_no_value() {
    let secret = "SEKRET99";
    for entity in builtin() {
        for field in &entity.fields {
            for value in [json!(secret), json!([secret]), json!({ "amount": secret }), json!(1.5)] {
                let Err(fault) = check_content(&entity, &json!({ &field.name: value })) else {
                    continue;
                };
                for issue in fault.issues {
                    assert!(!issue.reason.pl.is_empty() && !issue.reason.en.is_empty());
                    assert_ne!(issue.reason.pl, issue.reason.en);
                    assert!(!format!("{issue:?}").contains(secret), "{issue:?}");
                }
            }
        }
    }
}

#[test]
fn examples_are_right_values() {
    for entity in builtin() {
        for field in entity.fields.iter().filter(|f| !f.flags.read_only) {
            let text = schema::example_of(field);
            let value = match field.kind {
                FieldKind::Money | FieldKind::Tags | FieldKind::Bool | FieldKind::Integer { .. } => {
                    serde_json::from_str(&text).unwrap()
                }
                _ => json!(text),
            };
            let mut input = json!({"last_name": "K", "name": "N", "title": "T", "body": "B"});
            input.as_object_mut().unwrap().retain(|k, _| entity.field(k).is_some_and(|f| !f.flags.read_only));
            input[&field.name] = value;
            check_content(&entity, &input).unwrap_or_else(|f| panic!("{}.{}: {f}", entity.name, field.name));
        }
    }
}

#[test]
fn money_is_exact_and_limited() {
    let deal = entity("deal");
    let value =
        |v: Value| check_content(&deal, &json!({"name": "D", "value": v})).map(|c| c["value"].clone());
    for (amount, kept) in [
        (json!("1234.5"), "1234.50"),
        (json!(0.1), "0.10"),
        (json!(12), "12.00"),
        (json!("0.1234"), "0.1234"),
        (json!("-0"), "0.00"),
        (json!("1000000000000"), "1000000000000.00"),
        (json!("007.10000000"), "7.10"),
        (json!("1.234"), "1.2340"),
    ] {
        assert_eq!(
            value(json!({"amount": amount, "currency": "pln"})).unwrap(),
            json!({"amount": kept, "currency": "PLN"})
        );
    }
    for amount in [
        json!("1.23456"),
        json!("1e5"),
        json!(1e300),
        json!("1,5"),
        json!(""),
        json!("1000000000000.01"),
        json!("NaN"),
        json!("--1"),
        json!("."),
        json!("1."),
        json!(null),
        json!(true),
        json!("9".repeat(500)),
    ] {
        assert!(value(json!({"amount": amount, "currency": "PLN"})).is_err(), "{amount}");
    }
    assert!(value(json!({"amount": "1", "currency": "XXX"})).is_err());
    assert!(value(json!({"amount": "1"})).is_err());
    assert!(value(json!({"amount": "1", "currency": "PLN", "rate": 1})).is_err());
    assert!(value(json!("12 PLN")).is_err());
}

#[test]
fn defaults_and_required() {
    let deal = check_content(&entity("deal"), &json!({"name": "D"})).unwrap();
    assert_eq!(deal["stage"], "lead_in");
    let activity =
        check_content(&entity("activity"), &json!({"title": "T", "due": "2026-11-23T10:30:00+01:00"}))
            .unwrap();
    assert_eq!((&activity["done"], &activity["kind"]), (&json!(false), &json!("task")));
    assert_eq!(activity["due"], "2026-11-23T09:30:00.000Z");
    assert_eq!(issues(check_content(&entity("lead"), &json!({}))), pairs(&[("name", "required")]));
    let lead = check_content(&entity("lead"), &json!({"company_name": "ACME"})).unwrap();
    assert_eq!((&lead["name"], &lead["status"]), (&json!("ACME"), &json!("new")));
    let note = check_content(&entity("note"), &json!({"body": "\r\n Pierwsza\r\nDruga"})).unwrap();
    assert_eq!((&note["body"], &note["title"]), (&json!("Pierwsza\nDruga"), &json!("Pierwsza")));
    assert!(check_content(&entity("note"), &json!([1])).is_err());
}

#[test]
fn a_patch_changes_only_what_it_names() {
    let person = entity("person");
    let mut current =
        check_content(&person, &json!({"first_name": "Jan", "last_name": "Kowalski", "phone": "600100200"}))
            .unwrap();
    current.insert("email".into(), json!("not an address any more"));
    let next = check_patch(&person, &current, &json!({"last_name": "Nowak", "phone": null})).unwrap();
    assert_eq!((&next["name"], &next["email"]), (&json!("Jan Nowak"), &current["email"]));
    assert!(!next.contains_key("phone"));
    assert_eq!(
        issues(check_patch(&person, &current, &json!({"last_name": null}))),
        pairs(&[("last_name", "required")])
    );
    assert_eq!(
        issues(check_patch(&person, &current, &json!({"last_name": " "}))),
        pairs(&[("last_name", "required")])
    );
    assert_eq!(
        issues(check_patch(&person, &current, &json!({"name": "X"}))),
        pairs(&[("name", "read-only")])
    );
    let gone = check_patch(&person, &current, &json!({"first_name": ""})).unwrap();
    assert_eq!(gone["name"], "Kowalski");
    // A read-only value cannot be removed either.
    assert_eq!(
        check_patch(&person, &current, &json!({"sort_name": null})).unwrap()["sort_name"],
        "Kowalski Jan"
    );
    assert_eq!(check_patch(&person, &current, &json!({})).unwrap(), current);

    let deal = entity("deal");
    let current =
        check_content(&deal, &json!({"name": "D", "value": {"amount": 5, "currency": "EUR"}})).unwrap();
    let next = check_patch(&deal, &current, &json!({"value": {"amount": "7.5"}})).unwrap();
    assert_eq!(next["value"], json!({"amount": "7.50", "currency": "EUR"}));
    assert!(check_patch(&deal, &current, &json!({"value": {"amount": null}})).is_err());
    let mut closed = current;
    closed.insert("closed_at".into(), json!("2026-01-01T00:00:00.000Z"));
    assert!(check_patch(&deal, &closed, &json!({"closed_at": null})).unwrap().contains_key("closed_at"));
}

#[test]
fn a_lead_keeps_some_name() {
    let lead = entity("lead");
    let current = check_content(&lead, &json!({"email": "a@b.pl"})).unwrap();
    assert_eq!(current["name"], "a@b.pl");
    assert_eq!(issues(check_patch(&lead, &current, &json!({"email": null}))), pairs(&[("name", "required")]));
    // A wrong source is told once, not as a missing name too.
    let wrong = check_content(&lead, &json!({"phone": "1"}));
    assert_eq!(issues(wrong), pairs(&[("phone", "not-phone")]));
    let next = check_patch(&lead, &current, &json!({"email": null, "phone": "600100200"})).unwrap();
    assert_eq!(next["sort_name"], "+48600100200");
}

#[test]
fn a_new_required_field_does_not_lock_old_records() {
    let mut person = entity("person");
    let current = check_content(&person, &json!({"last_name": "K"})).unwrap();
    person.fields.iter_mut().find(|f| f.name == "first_name").unwrap().flags.required = true;
    assert!(check_patch(&person, &current, &json!({"last_name": "N"})).is_ok());
    assert!(check_patch(&person, &current, &json!({"first_name": ""})).is_err());
    assert!(check_content(&person, &json!({"last_name": "N"})).is_err());
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        cell_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(
                prop_oneof![Just("amount".to_owned()), Just("currency".to_owned()), any::<String>()],
                inner,
                0..4
            )
            .prop_map(|m| Value::Object(m.into_iter().collect())),
        ]
    })
}

fn cell_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[-+0-9 .,/:zł€TZ'\u{a0}]{0,24}",
        "[0-9]{1,4}[-./][0-9]{1,4}[-./][0-9]{1,4}( [0-9:]{1,8})?",
        "(PLN|zł|EUR)? ?-?[0-9]{1,3}([ .,]?[0-9]{3}){0,3}([.,][0-9]{1,4})? ?(PLN|€)?",
        "\\PC{0,40}",
    ]
}

fn any_input() -> impl Strategy<Value = (usize, Value)> {
    (
        0usize..6,
        prop::collection::vec((any::<prop::sample::Index>(), any_json()), 0..8),
        prop::collection::btree_map(any::<String>(), any_json(), 0..2),
    )
        .prop_map(|(at, chosen, other)| {
            let entity = &builtin()[at];
            let mut object: serde_json::Map<String, Value> = other.into_iter().collect();
            for (index, value) in chosen {
                object.insert(entity.fields[index.index(entity.fields.len())].name.clone(), value);
            }
            (at, Value::Object(object))
        })
}

/// The values that a client may send, without what the engine computed.
fn writable(entity: &Entity, content: &Content) -> Value {
    let given = content.iter().filter(|(k, _)| entity.field(k).is_some_and(|f| !f.flags.read_only));
    Value::Object(given.map(|(k, v)| (k.clone(), v.clone())).collect())
}

proptest! {
    #[test]
    fn nothing_panics_on_any_record((at, input) in any_input(), any in any_json(), (_, patch) in any_input()) {
        let entity = &builtin()[at];
        let _ = check_content(entity, &any);
        let content = check_content(entity, &input).unwrap_or_default();
        let _ = check_patch(entity, &content, &patch);
        let _ = check_patch(entity, &content, &any);
    }

    #[test]
    fn what_one_cell_gives_is_accepted_and_stays((at, index, text) in (0usize..6, any::<prop::sample::Index>(), cell_text())) {
        let entity = &builtin()[at];
        let field = &entity.fields[index.index(entity.fields.len())];
        if let Ok(Some(value)) = parse_cell(field, &text) && !field.flags.read_only && !matches!(field.kind, FieldKind::PostalCode) {
            let mut one = entity.clone();
            one.fields.retain(|f| f.name == field.name);
            let content = check_content(&one, &json!({ &field.name: value.clone() })).unwrap();
            prop_assert_eq!(&content[&field.name], &value);
        }
    }

    #[test]
    fn checked_content_checks_to_itself((at, input) in any_input(), name in "[A-Za-zżŁ]{1,12}") {
        let entity = &builtin()[at];
        let mut object = input.as_object().unwrap().clone();
        object.retain(|k, v| {
            let mut one = entity.clone();
            one.fields.retain(|f| f.name == *k && !f.flags.read_only);
            check_content(&one, &json!({ k: v })).is_ok()
        });
        for must in ["last_name", "name", "title", "body", "company_name"] {
            if entity.field(must).is_some_and(|f| !f.flags.read_only) {
                object.entry(must.to_owned()).or_insert_with(|| json!(name));
            }
        }
        if let Ok(content) = check_content(entity, &Value::Object(object)) {
            let again = check_content(entity, &writable(entity, &content)).unwrap();
            prop_assert_eq!(&again, &content);
            let mut derived = content.clone();
            derive(entity, &mut derived);
            prop_assert_eq!(&derived, &content);
            prop_assert_eq!(check_patch(entity, &content, &writable(entity, &content)).unwrap(), content);
        }
    }
}
