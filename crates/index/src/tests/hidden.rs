use super::*;
use crate::{Body, Filter, Operator, Sort, SortBy};
use serde_json::Value;

/// Whoever may not read these fields of a company, though all of the rest.
fn blind(w: &World, fields: &[(&str, Level)]) -> ListPermit {
    let mut rights = rights(Scope::All);
    rights.fields = fields.iter().map(|(n, l)| ((*n).to_owned(), *l)).collect();
    policy(&w.catalog, &[("company", rights)]).list(&actor(), Action::Read, w.entity("company").code).unwrap()
}

async fn world() -> World {
    let w = World::new();
    w.put([
        w.row(
            "company",
            1,
            &[
                ("name", json!("Jawna")),
                ("email", json!("tajny@x.pl")),
                ("phone", json!("+48601234567")),
                ("city", json!("Łódź")),
                ("description", json!("poufny opis")),
                ("bank_account", json!("PL61109010140000071219812874")),
            ],
        ),
        w.row("company", 2, &[("name", json!("Tajna druga"))]),
    ])
    .await;
    w
}

#[tokio::test]
async fn a_hidden_field_is_asked_about_as_one_that_does_not_exist() {
    let w = world().await;
    for level in [Level::Hidden, Level::Masked] {
        let permit = blind(&w, &[("email", level)]);
        for field in ["email", "does_not_exist"] {
            let filter =
                Filter { field: field.to_owned(), op: Operator::Eq, values: vec![json!("tajny@x.pl")] };
            let by = Sort { by: SortBy::Field(field.to_owned()), descending: true };
            let faults = [
                w.index
                    .query(&permit, Query { filters: vec![filter.clone()], ..Query::default() })
                    .await
                    .unwrap_err(),
                w.index.query(&permit, Query { sort: by, ..Query::default() }).await.unwrap_err(),
                w.index
                    .count(&permit, Query { filters: vec![filter.clone()], ..Query::default() }, 9)
                    .await
                    .unwrap_err(),
                w.index.find(&permit, field, json!("tajny@x.pl"), 9).await.unwrap_err(),
                w.index.sum_by(&permit, field, false, None, vec![]).await.unwrap_err(),
                w.index.sum_by(&permit, "city", false, Some(field), vec![]).await.unwrap_err(),
                w.index.sum_by(&permit, "city", false, None, vec![filter]).await.unwrap_err(),
            ];
            for fault in faults {
                assert_eq!(fault.issues.len(), 1, "{fault}");
                assert_eq!(fault.issues[0].field, field);
                assert_eq!(fault.issues[0].code, "unknown-field");
            }
        }
    }
}

#[tokio::test]
async fn search_does_not_see_hidden_fields() {
    let w = world().await;
    let search = |s: &str| Query { search: Some(s.to_owned()), ..Query::default() };
    for level in [Level::Hidden, Level::Masked] {
        let permit = blind(&w, &[("email", level), ("phone", level), ("description", level)]);
        for (text, expected) in [
            ("tajny", vec![]),
            ("tajn", vec![2]),
            ("601234567", vec![]),
            ("ta", vec![2]),
            ("poufny", vec![]),
            ("jawna", vec![1]),
            ("jawna tajny", vec![]),
            ("jawna opis", vec![]),
        ] {
            assert_eq!(w.ids(&permit, search(text)).await, expected, "{text}");
            assert_eq!(w.index.count(&permit, search(text), 9).await.unwrap() as usize, expected.len());
        }
        let none = blind(
            &w,
            &["name", "nip", "regon", "krs", "vat_eu", "email", "phone", "description"].map(|f| (f, level)),
        );
        assert_eq!(w.ids(&none, search("jawna")).await, [] as [u32; 0]);
    }
    assert_eq!(w.find("company", "tajny").await, [1]);
    assert_eq!(w.find("company", "poufny").await, [1]);
}

#[tokio::test]
async fn rows_are_masked_before_they_leave() {
    let w = world().await;
    let permit = blind(&w, &[("email", Level::Masked), ("phone", Level::Hidden)]);
    let page =
        w.index.query(&permit, Query { ids: Some(vec![record(1)]), ..Query::default() }).await.unwrap();
    let Body::Fields { content, masked } = &page.rows[0].body else { panic!("not masked") };
    assert_eq!(masked, &["email"]);
    assert_eq!(content.keys().collect::<Vec<_>>(), ["city", "name"]);
    let open = w
        .index
        .query(&w.all("company"), Query { ids: Some(vec![record(1)]), ..Query::default() })
        .await
        .unwrap();
    let Body::Json(text) = &open.rows[0].body else { panic!("parsed for nothing") };
    assert!(text.contains("tajny@x.pl"));
    assert!(!text.contains("poufny") && !text.contains("PL61"), "long and special fields are not in lists");
}

#[tokio::test]
async fn a_computed_field_is_hidden_with_its_sources() {
    let w = World::new();
    w.put([w.person(1, "Nowak")]).await;
    let mut rights = rights(Scope::All);
    rights.fields = [("last_name".to_owned(), Level::Masked)].into();
    let policy = policy(&w.catalog, &[("person", rights)]);
    let permit = policy.list(&actor(), Action::Read, w.entity("person").code).unwrap();
    assert_eq!(
        w.ids(&permit, Query { search: Some("nowak".to_owned()), ..Query::default() }).await,
        [] as [u32; 0]
    );
    assert!(w.index.find(&permit, "sort_name", json!("Nowak"), 1).await.is_err());
    assert!(w.index.titles(vec![(permit.clone(), vec![record(1)])]).await.unwrap().is_empty());
    let page = w.index.query(&permit, Query::default()).await.unwrap();
    assert!(content(&page.rows[0]).is_empty());
}

#[tokio::test]
async fn special_fields_serve_equality_alone() {
    let w = world().await;
    let mut rights = rights(Scope::All);
    rights.special = Some(Level::Read);
    let policy = policy(&w.catalog, &[("company", rights)]);
    let permit = policy.list(&actor(), Action::Read, w.entity("company").code).unwrap();
    let account = |v: Value| w.index.find(&permit, "bank_account", v, 9);
    assert_eq!(account(json!("PL61 1090 1014 0000 0712 1981 2874")).await.unwrap(), [record(1)]);
    assert_eq!(account(json!("PL27114020040000300201355387")).await.unwrap(), []);
    for op in [Operator::Starts, Operator::Lt, Operator::Contains] {
        let filters = vec![Filter { field: "bank_account".to_owned(), op, values: vec![json!("PL")] }];
        assert!(w.index.query(&permit, Query { filters, ..Query::default() }).await.is_err());
    }
    let sort = Sort { by: SortBy::Field("bank_account".to_owned()), descending: true };
    assert!(w.index.query(&permit, Query { sort, ..Query::default() }).await.is_err());
}
