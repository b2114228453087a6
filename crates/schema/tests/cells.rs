//! Cells of spreadsheets and of other programs' exports.

use schema::{Field, FieldKind, builtin, parse_cell, split_name};
use serde_json::{Value, json};

/// What a cell gives for a field of this kind; else the code of the refusal.
fn cell(kind: &FieldKind, text: &str) -> Result<Option<Value>, String> {
    let field = Field {
        name: "f".into(),
        label: kernel::Text::same("f"),
        kind: kind.clone(),
        flags: schema::Flags::default(),
    };
    parse_cell(&field, text).map_err(|i| i.code)
}

#[test]
fn money() {
    for (text, amount, currency) in [
        ("1 234,50 zł", "1234.50", "PLN"),
        ("1\u{a0}234,50 zł", "1234.50", "PLN"),
        ("1\u{202f}234", "1234.00", "PLN"),
        ("1.234,50", "1234.50", "PLN"),
        ("1,234.50", "1234.50", "PLN"),
        ("1,234,567", "1234567.00", "PLN"),
        ("EUR 12.00", "12.00", "EUR"),
        ("12€", "12.00", "EUR"),
        ("-5 PLN", "-5.00", "PLN"),
        ("\u{2212}5", "-5.00", "PLN"),
        ("1234,5", "1234.50", "PLN"),
        ("0.125", "0.1250", "PLN"),
        ("1'234.50", "1234.50", "PLN"),
        ("1.2340", "1.2340", "PLN"),
    ] {
        let kept = json!({"amount": amount, "currency": currency});
        assert_eq!(cell(&FieldKind::Money, text), Ok(Some(kept)), "{text}");
    }
    for wrong in ["zł", "12 abc", "1 23 4", "1.2.3,4,5", "EUR 12 PLN", "--5", "1,2 3", "5 5", "٣"] {
        assert!(cell(&FieldKind::Money, wrong).is_err(), "{wrong}");
    }
}

#[test]
fn an_amount_that_can_be_read_two_ways_is_refused() {
    for text in ["1,234", "1.234", "12.345 zł"] {
        assert_eq!(cell(&FieldKind::Money, text), Err("ambiguous-number".into()));
    }
}

#[test]
fn days() {
    for (text, day) in [
        ("23.11.2026", "2026-11-23"),
        ("3/1/2026", "2026-01-03"),
        ("3-1-2026", "2026-01-03"),
        ("2026-11-23 10:11", "2026-11-23"),
        ("2026/11/23", "2026-11-23"),
    ] {
        assert_eq!(cell(&FieldKind::Date, text), Ok(Some(json!(day))), "{text}");
    }
    for wrong in ["31.02.2026", "11/23/2026", "1.1.26", "2026", "--05-12", "2026-11", "1.2.3.2026"] {
        assert!(cell(&FieldKind::Date, wrong).is_err(), "{wrong}");
    }
}

#[test]
fn moments_without_an_offset_are_on_the_polish_clock() {
    for (text, at) in [
        ("2026-11-23T10:30:00Z", "2026-11-23T10:30:00.000Z"),
        ("2026-11-23 10:30", "2026-11-23T09:30:00.000Z"),
        ("23.07.2026 10:30:05", "2026-07-23T08:30:05.000Z"),
        ("23.07.2026", "2026-07-22T22:00:00.000Z"),
    ] {
        assert_eq!(cell(&FieldKind::DateTime, text), Ok(Some(json!(at))), "{text}");
    }
    for wrong in ["10:30", "2026-11-23 25:00", "2026-11-23 10", "2026-11-23 10:30 PM"] {
        assert!(cell(&FieldKind::DateTime, wrong).is_err(), "{wrong}");
    }
}

#[test]
fn other_kinds() {
    for (text, value) in [("tak", true), ("NIE", false), ("x", true), ("0", false), ("Fałsz", false)] {
        assert_eq!(cell(&FieldKind::Bool, text), Ok(Some(json!(value))));
    }
    assert!(cell(&FieldKind::Bool, "może").is_err());
    let tags = json!(["a", "b", "c", "d"]);
    assert_eq!(cell(&FieldKind::Tags, "a; b,c ::: * d;;A"), Ok(Some(tags)));
    assert_eq!(cell(&FieldKind::Country, "Republika Czeska"), Ok(Some(json!("CZ"))));
    assert_eq!(cell(&FieldKind::Decimal, "3,1415"), Ok(Some(json!("3.1415"))));
    let number = FieldKind::Integer { min: 0, max: 5000 };
    assert_eq!(cell(&number, "1 234,00"), Ok(Some(json!(1234))));
    assert_eq!(cell(&number, "5001"), Err("out-of-range".into()));
    let text = FieldKind::Text { max: 15 };
    assert_eq!(cell(&text, "Polna 1\r\nlok. 2"), Ok(Some(json!("Polna 1 lok. 2"))));
    assert_eq!(cell(&text, " \u{a0} "), Ok(None));
    assert_eq!(cell(&text, &"ł".repeat(15)), Ok(Some(json!("ł".repeat(15)))));
    assert_eq!(cell(&text, &"ł".repeat(16)), Err("too-long".into()));
}

#[test]
fn choices_by_code_label_and_foreign_word() {
    let entities = builtin();
    let deal = entities.iter().find(|e| e.name == "deal").unwrap();
    let stage = deal.field("stage").unwrap();
    for (text, code) in [
        ("złożona OFERTA", "offer"),
        ("closedwon", "won"),
        ("Closed Lost", "lost"),
        ("lead_in", "lead_in"),
        ("negotiation", "negotiation"),
    ] {
        assert_eq!(parse_cell(stage, text), Ok(Some(json!(code))), "{text}");
    }
    let issue = parse_cell(stage, "księżyc").unwrap_err();
    assert!(issue.reason.pl.contains("lead_in, contact"));
}

#[test]
fn whole_names() {
    let both = |first: &str, last: &str| (Some(first.to_owned()), last.to_owned());
    assert_eq!(split_name("Anna Maria  Łukasik"), both("Anna Maria", "Łukasik"));
    assert_eq!(split_name("Łukasik, Anna"), both("Anna", "Łukasik"));
    assert_eq!(split_name("Łukasik"), (None, "Łukasik".into()));
    assert_eq!(split_name(" , "), (None, String::new()));
}
