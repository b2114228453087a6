use super::*;
use crate::{CursorKey, CursorValue, Filter, Operator, Sort, SortBy};

const PARTIES: [&str; 4] = ["person", "company", "lead", "deal"];

async fn world() -> World {
    let w = World::new();
    w.put((1..40).map(|n| w.person(n, &format!("Osoba {n}")))).await;
    let task = |n| w.row("activity", n, &[("title", json!("Zadanie"))]);
    w.put((40..80).map(|n| IndexRow { parent: Some(record(n - 39)), ..task(n) })).await;
    w
}

fn permit(w: &World, entity: &str, own: Scope, parents: Scope) -> ListPermit {
    let mut all: Vec<_> = PARTIES.iter().map(|p| (*p, rights(parents))).collect();
    all.retain(|(name, _)| *name != entity);
    all.push((entity, rights(own)));
    policy(&w.catalog, &all).list(&actor(), Action::Read, w.entity(entity).code).unwrap()
}

fn after() -> Query {
    let next = CursorKey { value: CursorValue::Int(30), rid: 30 };
    Query { after: Some(next), ..Query::default() }
}

/// The plan; fails if a table is read from end to end. Walking an index whose first columns are not
/// compared is a scan, too; lists that the statement made itself are read whole.
async fn plan(w: &World, permit: &ListPermit, query: Query) -> String {
    let lines = w.index.explain(permit, query).await.unwrap();
    for line in &lines {
        let own = ["SCAN u", "SCAN m", "SCAN (subquery"].iter().any(|d| line.starts_with(d));
        let tokens = line.contains("VIRTUAL TABLE INDEX");
        assert!(!line.starts_with("SCAN") || own || tokens, "{line} in\n{}", lines.join("\n"));
    }
    lines.join("\n")
}

async fn uses(w: &World, permit: &ListPermit, query: Query, index: &str) {
    let plan = plan(w, permit, query).await;
    assert!(plan.contains(index), "{index} is not in\n{plan}");
    assert!(!plan.contains("TEMP B-TREE FOR ORDER BY") || plan.contains("UNION"), "sorted in\n{plan}");
}

#[tokio::test]
async fn lists_walk_the_index_of_what_is_visible() {
    let w = world().await;
    let none = Scope::None;
    for (scope, index) in [
        (Scope::All, "e_person_all (archived=?"),
        (Scope::Own, "e_person_own (owner=? AND archived=?"),
        (Scope::Team, "e_person_team (team=? AND archived=?"),
    ] {
        let permit = permit(&w, "person", scope, none);
        uses(&w, &permit, Query::default(), &format!("{index})")).await;
        uses(&w, &permit, after(), &format!("{index} AND updated=? AND rowid<?)")).await;
        uses(&w, &permit, after(), &format!("{index} AND updated<?)")).await;
    }
}

#[tokio::test]
async fn children_walk_the_index_of_their_parents_visibility() {
    let w = world().await;
    let all = permit(&w, "activity", Scope::All, Scope::All);
    uses(&w, &all, Query::default(), "e_activity_all (archived=?)").await;
    let own = permit(&w, "activity", Scope::Own, Scope::None);
    uses(&w, &own, Query::default(), "e_activity_own (owner=? AND archived=?)").await;
    let hung = Query { parent: Some(record(1)), ..Query::default() };
    uses(&w, &own, hung, "e_activity_parent (parent=? AND archived=?)").await;
    // Arms under two parents and one alone: each is walked in order, none is sorted.
    let rights: Vec<_> = ["person", "company", "activity"].map(|e| (e, rights(Scope::Own))).into();
    let entity = w.entity("activity").code;
    let permit = policy(&w.catalog, &rights).list(&actor(), Action::Read, entity).unwrap();
    let plan = plan(&w, &permit, Query::default()).await;
    assert_eq!(
        plan.matches("e_activity_p_own (p_entity=? AND p_owner=? AND archived=?)").count(),
        2,
        "{plan}"
    );
    assert_eq!(plan.matches("e_activity_own (owner=? AND archived=?)").count(), 1, "{plan}");
    assert!(!plan.contains("LAST TERM"), "{plan}");
}

#[tokio::test]
async fn names_references_ids_and_searches_use_theirs() {
    let w = world().await;
    let all = permit(&w, "person", Scope::All, Scope::None);
    let own = permit(&w, "person", Scope::Own, Scope::None);
    let sort = Sort { by: SortBy::Field("sort_name".to_owned()), descending: false };
    uses(&w, &all, Query { sort, ..Query::default() }, "e_person_k_sort_name (archived=?)").await;
    let sort = Sort { by: SortBy::Created, descending: true };
    let plan = w.index.explain(&all, Query { sort, ..Query::default() }).await.unwrap().join("\n");
    let walk = plan.split("SCAN u").next().unwrap_or_default();
    assert!(!walk.contains("TEMP B-TREE"), "the table is sorted, not walked, in\n{plan}");
    let company = json!(record(1).to_string());
    let filters = vec![Filter { field: "company".to_owned(), op: Operator::Eq, values: vec![company] }];
    uses(&w, &own, Query { filters, ..Query::default() }, "e_person_f_company (f_company=? AND archived=?)")
        .await;
    let search = |s: &str| Query { search: Some(s.to_owned()), ..Query::default() };
    let found = w.index.explain(&all, search("osoba 17")).await.unwrap().join("\n");
    assert!(found.contains("VIRTUAL TABLE INDEX") && found.contains("INTEGER PRIMARY KEY"), "{found}");
    uses(&w, &all, search("osoba"), "e_person_all (archived=?)").await;
    let ids = w.index.explain(&own, Query { ids: Some(vec![record(1)]), ..Query::default() }).await.unwrap();
    assert!(ids.join("\n").contains("e_person_id (id=?)"), "{ids:?}");
}

/// However much was done about a record, only what is not done yet is looked at.
#[tokio::test]
async fn what_comes_next_is_found_among_what_is_not_done() {
    let w = world().await;
    for (own, parents) in [(Scope::All, Scope::All), (Scope::Own, Scope::Own)] {
        let permit = permit(&w, "activity", own, parents);
        let plan = w.index.explain_next(w.entity("person").code, &permit).await.unwrap().join("\n");
        assert!(plan.contains("USING INDEX e_activity_open (parent=?)"), "{plan}");
        assert!(!plan.contains("SCAN e") && !plan.contains("SCAN p"), "{plan}");
    }
}
