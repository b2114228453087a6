use super::*;
use crate::{Sort, SortBy};

#[tokio::test]
async fn words_are_found_without_case_and_marks() {
    let w = World::new();
    w.put([
        w.row("company", 1, &[("name", json!("Żółć Sp. z o.o.")), ("nip", json!("5260250274"))]),
        w.row("company", 2, &[("name", json!("Łódź-Fabryczna S.A.")), ("phone", json!("+48601234567"))]),
        w.row(
            "company",
            3,
            &[
                ("name", json!("Kowalski i Syn")),
                ("email", json!("jan.kowalski@firma.pl")),
                ("description", json!("Zażółć gęślą jaźń. Umowa ramowa, termin 2026.")),
            ],
        ),
    ])
    .await;
    for (search, expected) in [
        ("zolc", vec![1]),
        ("ŻÓŁĆ", vec![1]),
        ("lodz", vec![2]),
        ("fabry", vec![2]),
        ("bryczn", vec![2]),
        ("walsk", vec![3]),
        ("kowalski syn", vec![3]),
        ("syn kowalski", vec![3]),
        ("syn nowak", vec![]),
        ("kowalski@firma", vec![3]),
        ("k", vec![3]),
        ("ko", vec![3]),
        ("ow", vec![]),
        ("601234567", vec![2]),
        ("601 234 567", vec![2]),
        ("+48 601-234-567", vec![2]),
        ("0048601234567", vec![2]),
        ("526-025-02-74", vec![1]),
        ("526 025 02 74", vec![1]),
        ("zazolc", vec![1 + 2]),
        ("gesla jazn", vec![3]),
        ("ramow", vec![3]),
        ("amowa", vec![]),
        ("kowalski ramowa", vec![3]),
        ("ra", vec![3]),
        ("2026", vec![3]),
        ("s", vec![1, 2, 3]),
    ] {
        assert_eq!(w.find("company", search).await, expected, "{search}");
    }
}

#[tokio::test]
async fn hostile_input_is_only_text() {
    let w = World::new();
    w.put([w.person(1, "Anna Nowak"), w.person(2, "NOT OR Null"), w.person(3, "日本 Иван \u{1F600}")]).await;
    let long = "a".repeat(10_000);
    let permit = w.all("person");
    assert!(w.index.query(&permit, Query { search: Some(long), ..Query::default() }).await.is_err());
    for (search, expected) in [
        ("\"", vec![]),
        ("' OR 1=1 --", vec![]),
        ("anna\" OR \"nowak", vec![]),
        ("nowak*", vec![1]),
        ("not or", vec![2]),
        ("^nowak", vec![1]),
        ("NEAR(anna nowak)", vec![]),
        ("t:nowak", vec![]),
        ("%", vec![]),
        ("_", vec![]),
        ("a%a", vec![]),
        ("\u{0}", vec![]),
        ("nowak\u{0}", vec![1]),
        ("\u{1F600}", vec![]),
        ("日本", vec![3]),
        ("本", vec![]),
        ("иван", vec![3]),
        ("{}()[]:+-^*\"", vec![]),
        ("\u{e000}", vec![]),
        ("=nowak", vec![1]),
        ("__n", vec![1, 2]),
        ("", vec![]),
        ("   ", vec![]),
    ] {
        assert_eq!(w.find("person", search).await, expected, "{search:?}");
    }
}

#[tokio::test]
async fn names_sort_in_polish() {
    let w = World::new();
    let names = ["Żak", "Lis", "Źródlak", "Łukasik", "Zięba", "Ćwik", "Cis"];
    w.put((1..).zip(names).map(|(n, name)| w.person(n, name))).await;
    let sort = Sort { by: SortBy::Field("sort_name".to_owned()), descending: false };
    let page = w.index.query(&w.all("person"), Query { sort, ..Query::default() }).await.unwrap();
    let sorted: Vec<String> =
        page.rows.iter().map(|r| content(r)["sort_name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(sorted, ["Cis", "Ćwik", "Lis", "Łukasik", "Zięba", "Źródlak", "Żak"]);
}

#[tokio::test]
async fn matches_do_not_span_fields() {
    let w = World::new();
    w.put([w.row("person", 1, &[("name", json!("Anna")), ("email", json!("nowak@x.pl"))])]).await;
    assert_eq!(w.find("person", "anna-nowak").await, [] as [u32; 0]);
    assert_eq!(w.find("person", "anna nowak").await, [1]);
}
