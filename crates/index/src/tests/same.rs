use super::*;
use crate::{Filter, Operator};

async fn world() -> World {
    let w = World::new();
    let person = |n: u32, email: &str, owner: u32| IndexRow {
        owner: user(owner),
        team: team(owner),
        content: [("email".to_owned(), json!(email)), ("name".to_owned(), json!("Łucja Łoś"))].into(),
        ..w.person(n, "Łucja Łoś")
    };
    let binned = IndexRow { archived: true, ..person(1, "a@firma.pl", 1) };
    w.put([binned, person(2, "a@firma.pl", 1), person(3, "b@firma.pl", 9), person(4, "c@firma.pl", 1)]).await;
    w
}

/// A file's values against the records, each looked up by itself and all at once.
#[tokio::test]
async fn many_values_find_what_each_finds() {
    let w = world().await;
    let own = policy(&w.catalog, &[("person", rights(Scope::Own))]);
    let own = own.list(&actor(), Action::Read, w.entity("person").code).unwrap();
    let values = ["A@firma.pl", "b@firma.pl", "c@firma.pl", "d@firma.pl", ""].map(|v| json!(v));
    for (permit, expected) in [(w.all("person"), vec![(0, 2), (1, 3), (2, 4)]), (own, vec![(0, 2), (2, 4)])] {
        let expected: Vec<(usize, RecordId)> = expected.into_iter().map(|(at, n)| (at, record(n))).collect();
        assert_eq!(w.index.find_many(&permit, "email", values.to_vec()).await.unwrap(), expected);
        for (at, value) in values.iter().enumerate().take(4) {
            let one = w.index.find(&permit, "email", value.clone(), 1).await.unwrap();
            let both = expected.iter().find(|(a, _)| *a == at).map(|(_, id)| *id);
            assert_eq!(one.first().copied(), both, "{value}");
        }
    }
    assert!(w.index.find_many(&w.all("person"), "city", vec![json!("x")]).await.is_err());
    assert!(w.index.find_many(&w.all("person"), "nothing", vec![json!("x")]).await.is_err());
}

/// Imports look up what a row refers to by its name.
#[tokio::test]
async fn a_title_is_looked_up_by_an_index() {
    let w = world().await;
    let filter =
        |value: &str| Filter { field: "name".to_owned(), op: Operator::Eq, values: vec![json!(value)] };
    let query = Query { filters: vec![filter("łucja łoś")], ..Query::default() };
    let plan = w.index.explain(&w.all("person"), query.clone()).await.unwrap().join("\n");
    assert!(plan.contains("e_person_f_name (f_name=? AND archived=?)"), "{plan}");
    assert_eq!(w.ids(&w.all("person"), query).await, [4, 3, 2]);
}
