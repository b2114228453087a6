//! What must hold of every built-in entity, and what headings of other programs mean.

use proptest::prelude::*;
use schema::{
    Catalog, Column, Entity, FieldKind, Outcome, SubjectRule, builtin, currency_heading, heading_of,
    map_headings, sources_of,
};
use std::collections::HashSet;

/// Names that a record's envelope uses.
const TAKEN: &[&str] = &[
    "id",
    "entity",
    "subject",
    "owner",
    "team",
    "parent",
    "version",
    "created_at",
    "updated_at",
    "archived",
    "access",
];

fn entity(name: &str) -> Entity {
    builtin().into_iter().find(|e| e.name == name).unwrap()
}

#[test]
fn descriptors_are_complete() {
    let all = builtin();
    let names: HashSet<_> = all.iter().map(|e| e.name.as_str()).collect();
    assert_eq!(names.len(), all.len());
    assert_eq!(all.iter().map(|e| e.code.0).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    assert_eq!(all.iter().map(|e| e.plural.as_str()).collect::<HashSet<_>>().len(), all.len());
    for e in &all {
        for text in [&e.label, &e.label_plural].into_iter().chain(e.fields.iter().map(|f| &f.label)) {
            assert!(!text.pl.trim().is_empty() && !text.en.trim().is_empty(), "{}", e.name);
        }
        let fields: HashSet<_> = e.fields.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(fields.len(), e.fields.len(), "{}", e.name);
        assert!(fields.iter().all(|f| !TAKEN.contains(f)), "{}", e.name);
        assert!(e.field(&e.title).is_some_and(|f| f.column() == Column::Text), "{}", e.name);
        assert!(e.parents.iter().all(|p| names.contains(p.as_str())));
        match &e.subject {
            SubjectRule::From(from) => {
                assert!(from.iter().all(|f| matches!(e.field(f).unwrap().kind, FieldKind::Reference { .. })));
            }
            SubjectRule::Parent => assert!(e.is_child()),
            SubjectRule::Own => assert!(!e.is_child()),
        }
        let mut labels = HashSet::new();
        for f in &e.fields {
            assert!(labels.insert(f.label.pl.clone()), "{}.{} has a label twice", e.name, f.name);
            assert!(sources_of(&e.name, &f.name).iter().all(|s| e.field(s).is_some()));
            assert!(sources_of(&e.name, &f.name).is_empty() || f.flags.read_only);
            match &f.kind {
                FieldKind::Reference { entity } => assert!(names.contains(entity.as_str())),
                FieldKind::Choice { choices } => {
                    assert_eq!(choices.iter().map(|c| &c.code).collect::<HashSet<_>>().len(), choices.len());
                    assert!(choices.iter().all(|c| !c.label.pl.is_empty() && !c.label.en.is_empty()));
                }
                FieldKind::Pesel | FieldKind::Iban => {
                    assert!(f.flags.special && !f.flags.searchable && !f.flags.unique);
                }
                _ => {}
            }
            let money = matches!(f.kind, FieldKind::Money);
            assert!(!money || f.flags.trade, "{}.{} is trade data", e.name, f.name);
        }
    }
}

#[test]
fn a_deal_can_be_won_and_lost() {
    let deal = entity("deal");
    let FieldKind::Choice { choices } = &deal.field("stage").unwrap().kind else { panic!("a choice") };
    let with = |o| choices.iter().filter(|c| c.outcome == o).count();
    assert_eq!((with(Some(Outcome::Won)), with(Some(Outcome::Lost))), (1, 1));
    assert!(choices.iter().all(|c| c.probability.is_some_and(|p| p <= 100)));
}

#[test]
fn descriptors_survive_json() {
    let all = builtin();
    let text = serde_json::to_string(&all).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Entity>>(&text).unwrap(), all);
    assert_eq!(Catalog::new(1, all).by_plural("people").unwrap().name, "person");
}

#[test]
fn own_names_and_labels_are_headings() {
    for e in builtin() {
        for f in &e.fields {
            assert_eq!(heading_of(&e, &f.name).unwrap().name, f.name);
            assert_eq!(heading_of(&e, &f.label.pl).unwrap().name, f.name, "{}", f.label.pl);
            assert_eq!(heading_of(&e, &f.label.en).unwrap().name, f.name, "{}", f.label.en);
        }
    }
}

#[test]
fn headings_of_other_programs() {
    for (name, heading, field) in [
        ("person", "E-mail 1 - Value", "email"),
        ("person", "Organization 1 - Name", "company"),
        ("person", "Phone 1 - Value", "phone"),
        ("person", "Phone 2 - Value", "mobile"),
        ("person", "Given Name", "first_name"),
        ("person", "Organization Title", "job_title"),
        ("person", "Group Membership", "tags"),
        ("person", "Address 1 - Postal Code", "postal_code"),
        ("person", "IMIĘ", "first_name"),
        ("person", "Adres e-mail", "email"),
        ("person", "Telefon służbowy", "phone"),
        ("person", "Telefon komórkowy", "mobile"),
        ("person", "Kod pocztowy (adres służbowy)", "postal_code"),
        ("person", "Adres służbowy – ulica", "street"),
        ("person", "Business Country/Region", "country"),
        ("person", "E-mail 2 Address", "email2"),
        ("person", "Mailing Zip/Postal Code", "postal_code"),
        ("person", "Account Name", "company"),
        ("person", "Person - Email - Work", "email"),
        ("person", "Person - Organization", "company"),
        ("person", "Mobile Phone Number", "mobile"),
        ("person", "Associated Company", "company"),
        ("person", "Imię i nazwisko", "name"),
        ("company", "Company name", "name"),
        ("company", "Company Domain Name", "website"),
        ("company", "Organization - Name", "name"),
        ("company", "Number of Employees", "employees"),
        ("company", "Billing Zip/Postal Code", "postal_code"),
        ("company", "Nr NIP", "nip"),
        ("company", "Phone Number", "phone"),
        ("deal", "Deal Name", "name"),
        ("deal", "Deal - Title", "name"),
        ("deal", "Opportunity Name", "name"),
        ("deal", "Amount", "value"),
        ("deal", "Deal - Value", "value"),
        ("deal", "Close Date", "expected_close"),
        ("deal", "Deal - Contact person", "person"),
        ("deal", "Deal Stage", "stage"),
        ("deal", "Firma", "company"),
        ("lead", "Lead Status", "status"),
        ("lead", "Company", "company_name"),
        ("lead", "Lead Source", "source"),
        ("lead", "Title", "job_title"),
    ] {
        assert_eq!(
            heading_of(&entity(name), heading).map(|f| f.name.clone()).as_deref(),
            Some(field),
            "{name}: {heading}"
        );
    }
    for heading in ["Record ID", "", "---", "Create Date", "Deal owner", "Last Activity Date"] {
        assert_eq!(heading_of(&entity("deal"), heading), None, "{heading}");
    }
}

#[test]
fn one_column_for_a_field() {
    let person = entity("person");
    let fields = map_headings(&person, &["Title", "Job Title", "E-mail", "Email", "x", "Last Name"]);
    let names: Vec<_> = fields.iter().map(|f| f.map(|f| f.name.as_str())).collect();
    assert_eq!(names, [None, Some("job_title"), Some("email"), None, None, Some("last_name")]);
}

#[test]
fn columns_of_currency() {
    let deal = entity("deal");
    for heading in ["Currency", "Deal - Currency of Value", "Waluta", "Waluta wartość", "value_currency"] {
        assert_eq!(currency_heading(&deal, heading).map(|f| f.name.as_str()), Some("value"), "{heading}");
    }
    assert!(currency_heading(&deal, "Kwota").is_none());
    assert!(currency_heading(&entity("person"), "Currency").is_none());
}

proptest! {
    #[test]
    fn any_heading_is_harmless(heading in any::<String>()) {
        for e in builtin() {
            let _ = heading_of(&e, &heading);
            let _ = currency_heading(&e, &heading);
            let _ = map_headings(&e, &[&heading, &heading]);
        }
    }
}
