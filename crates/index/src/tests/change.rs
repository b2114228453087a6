use super::*;
use crate::{Filter, Operator};
use schema::{Field, FieldKind, Flags};

fn own(w: &World, entities: &[&str], entity: &str) -> ListPermit {
    let rights: Vec<_> = entities.iter().map(|e| (*e, rights(Scope::Own))).collect();
    policy(&w.catalog, &rights).list(&actor(), Action::Read, w.entity(entity).code).unwrap()
}

#[tokio::test]
async fn children_follow_their_parent() {
    let w = World::new();
    let company = |version, owner| IndexRow {
        version,
        owner: user(owner),
        ..w.row("company", 1, &[("name", json!("A"))])
    };
    let note = IndexRow {
        parent: Some(record(1)),
        owner: user(2),
        ..w.row("note", 2, &[("body", json!("tekst")), ("title", json!("tekst"))])
    };
    let permit = own(&w, &["company", "note"], "note");
    // The note comes first: nobody sees it while its parent is unknown.
    w.put([note]).await;
    assert_eq!(w.ids(&permit, Query::default()).await, [] as [u32; 0]);
    assert_eq!(w.ids(&w.all("note"), Query::default()).await, [] as [u32; 0]);
    assert!(w.index.facts(vec![record(2)]).await.unwrap().is_empty());
    w.put([company(1, 1)]).await;
    assert_eq!(w.ids(&permit, Query::default()).await, [2]);
    assert_eq!(
        w.index.facts(vec![record(2)]).await.unwrap()[&record(2)].parent.as_ref().unwrap().owner,
        user(1)
    );
    w.put([company(2, 3)]).await;
    assert_eq!(w.ids(&permit, Query::default()).await, [] as [u32; 0]);
    w.put([company(3, 1)]).await;
    assert_eq!(w.ids(&permit, Query { parent: Some(record(1)), ..Query::default() }).await, [2]);
    w.index.apply(vec![(9, Op::Remove { id: record(1), entity: w.entity("company").code })]).await.unwrap();
    assert_eq!(w.ids(&permit, Query::default()).await, [] as [u32; 0]);
}

#[tokio::test]
async fn older_versions_and_late_puts_change_nothing() {
    let w = World::new();
    let row = |version, name: &str| IndexRow { version, ..w.person(1, name) };
    let entity = w.entity("person").code;
    w.index.apply(vec![(2, Op::Put(row(2, "Nowa")))]).await.unwrap();
    assert_eq!(w.index.applied(), 0);
    w.index.apply(vec![(1, Op::Put(row(1, "Stara")))]).await.unwrap();
    assert_eq!(w.index.applied(), 2);
    assert_eq!(w.find("person", "nowa").await, [1]);
    assert_eq!(w.find("person", "stara").await, [] as [u32; 0]);
    w.index.apply(vec![(4, Op::Remove { id: record(1), entity })]).await.unwrap();
    w.index.apply(vec![(3, Op::Put(row(3, "Powrót")))]).await.unwrap();
    assert_eq!(w.index.applied(), 4);
    assert_eq!(w.find("person", "powrot").await, [] as [u32; 0], "an erased record came back");
}

#[tokio::test]
async fn the_watermark_and_rows_survive_a_restart() {
    let w = World::new();
    w.put([w.person(1, "Anna"), w.person(2, "Jan")]).await;
    w.index.note_seen(vec![(7, vec![record(1), record(2)]), (9, vec![record(1)])]).await.unwrap();
    let World { dir, index, catalog } = w;
    drop(index);
    let index = open(&dir.path().join("index.db"), catalog.clone());
    assert_eq!((index.applied(), index.seen_upto()), (2, 9));
    let w = World { dir, index, catalog };
    assert_eq!(w.find("person", "anna").await, [1]);
    assert_eq!(w.index.seen(record(1), None, 9).await.unwrap(), [9, 7]);
    assert_eq!(w.index.seen(record(1), Some(9), 9).await.unwrap(), [7]);
    let path = w.path();
    let World { dir, index, catalog } = w;
    drop(index);
    std::fs::write(&path, b"no database").unwrap();
    assert_eq!(open(&path, catalog.clone()).applied(), 0);
    // Another set of entities: made anew.
    let fewer = Arc::new(Catalog::new(1, schema::builtin().into_iter().take(2).collect()));
    assert_eq!(open(&path, fewer).applied(), 0);
    drop(dir);
}

#[tokio::test]
async fn a_custom_field_is_added_while_running() {
    let mut w = World::new();
    w.put([w.person(1, "Anna")]).await;
    let field = Field {
        name: "cf_dzial".to_owned(),
        label: Text::same("Dział"),
        kind: FieldKind::Text { max: 100 },
        flags: Flags { searchable: true, ..Flags::default() },
    };
    w.catalog = Arc::new(w.catalog.with_field("person", field).unwrap());
    w.index.set_catalog(w.catalog.clone()).await.unwrap();
    let mut row = w.person(2, "Jan");
    row.content.insert("cf_dzial".to_owned(), json!("Księgowość"));
    w.put([row]).await;
    assert_eq!(w.find("person", "ksiegow").await, [2]);
    let filter = |op, values| Query {
        filters: vec![Filter { field: "cf_dzial".to_owned(), op, values }],
        ..Query::default()
    };
    let permit = w.all("person");
    assert_eq!(w.ids(&permit, filter(Operator::Eq, vec![json!("KSIĘGOWOŚĆ")])).await, [2]);
    assert_eq!(w.ids(&permit, filter(Operator::Empty, vec![])).await, [1]);
    let World { dir, index, catalog } = w;
    drop(index);
    let index = open(&dir.path().join("index.db"), catalog);
    assert_eq!(index.applied(), 2, "the same fields: nothing is made anew");
}

#[tokio::test]
async fn a_rebuild_starts_empty_and_ends_whole() {
    let w = World::new();
    w.put([w.person(1, "Anna"), w.person(2, "Jan")]).await;
    w.index.begin_rebuild().await.unwrap();
    assert_eq!(w.index.applied(), 0);
    let fault = w.index.query(&w.all("person"), Query::default()).await.unwrap_err();
    assert_eq!(fault.kind, kernel::FaultKind::Unavailable);
    let note =
        IndexRow { parent: Some(record(5)), ..w.row("note", 6, &[("body", json!("ważne ustalenia"))]) };
    w.index
        .apply_bulk(vec![Op::Put(note), Op::Put(w.row("deal", 5, &[("name", json!("Umowa"))]))])
        .await
        .unwrap();
    w.index.apply_bulk(vec![Op::Put(w.person(3, "Ewa"))]).await.unwrap();
    w.index.mark_applied(40).await.unwrap();
    assert_eq!(w.index.applied(), 40);
    assert_eq!(w.find("person", "ewa").await, [3]);
    assert_eq!(w.find("person", "anna").await, [] as [u32; 0]);
    let permit = own(&w, &["deal", "note"], "note");
    assert_eq!(w.ids(&permit, Query { search: Some("ustal".to_owned()), ..Query::default() }).await, [6]);
    // An interrupted one is begun again.
    w.index.begin_rebuild().await.unwrap();
    let World { dir, index, catalog } = w;
    drop(index);
    let index = open(&dir.path().join("index.db"), catalog);
    assert_eq!(index.applied(), 0);
}

#[tokio::test]
async fn totals_keep_currencies_apart() {
    let w = World::new();
    let deal = |n, stage: &str, amount: &str, currency: &str| {
        w.row(
            "deal",
            n,
            &[
                ("name", json!("x")),
                ("stage", json!(stage)),
                ("value", json!({"amount": amount, "currency": currency})),
            ],
        )
    };
    w.put([
        deal(1, "a", "1000.50", "PLN"),
        deal(2, "a", "0.25", "PLN"),
        deal(3, "a", "7", "EUR"),
        deal(4, "b", "900000000000000", "PLN"),
        deal(5, "b", "900000000000000", "PLN"),
        IndexRow { archived: true, ..deal(6, "a", "5", "PLN") },
        IndexRow { owner: user(2), ..deal(7, "a", "1", "PLN") },
    ])
    .await;
    let sums =
        w.index.sum_by(&own(&w, &["deal"], "deal"), "stage", false, Some("value"), vec![]).await.unwrap();
    let flat: Vec<_> = sums
        .iter()
        .map(|s| {
            (s.group.as_str().unwrap(), s.currency.as_deref().unwrap(), s.total.unwrap().to_string(), s.count)
        })
        .collect();
    assert_eq!(
        flat,
        [
            ("a", "EUR", "7".to_owned(), 1),
            ("a", "PLN", "1000.75".to_owned(), 2),
            ("b", "PLN", "1800000000000000".to_owned(), 2)
        ]
    );
}

#[tokio::test]
async fn titles_are_given_for_what_is_visible() {
    let w = World::new();
    w.put([
        w.person(1, "Anna Łoś"),
        IndexRow { owner: user(2), ..w.person(2, "Obca") },
        w.row("company", 3, &[("name", json!("Firma"))]),
    ])
    .await;
    let ids = || (1..5).map(record).collect::<Vec<_>>();
    let wanted = ["person", "company"].map(|e| (own(&w, &["person", "company"], e), ids())).to_vec();
    let titles = w.index.titles(wanted).await.unwrap();
    let mut texts: Vec<_> = titles.values().map(|t| t.text.as_str()).collect();
    texts.sort_unstable();
    assert_eq!(texts, ["Anna Łoś", "Firma"]);
}
