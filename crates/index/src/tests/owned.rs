//! What somebody owns, by the facts of decisions.

use super::*;
use access::{Facts, ParentFacts};
use kernel::SubjectId;

/// A record keeps its team, and is told apart by whose and in which team what it hangs on is.
#[tokio::test]
async fn what_somebody_owns_is_counted_by_where_it_is() {
    let w = World::new();
    let company = |n: u32, owner, at| IndexRow {
        owner: user(owner),
        team: team(at),
        ..w.row("company", n, &[("name", json!(format!("Firma {n}")))])
    };
    let note = |n: u32, on: Option<u32>| IndexRow {
        owner: user(2),
        team: team(3),
        parent: on.map(record),
        ..w.row("note", n, &[("text", json!("Notatka"))])
    };
    w.put([company(1, 2, 3), company(2, 2, 3), company(3, 2, 4), company(4, 5, 6)]).await;
    w.put([IndexRow { archived: true, ..company(5, 2, 3) }]).await;
    // One hangs on what the index does not know: nobody sees it.
    w.put([note(6, Some(4)), note(7, Some(4)), note(8, Some(1)), note(9, None), note(10, Some(99))]).await;
    let (companies, notes) = (w.entity("company").code, w.entity("note").code);
    let facts = |entity, at, parent: Option<(u32, u32)>| Facts {
        record: RecordId::NIL,
        entity,
        subject: SubjectId::NIL,
        owner: user(2),
        team: team(at),
        parent: parent.map(|(owner, at)| ParentFacts {
            record: RecordId::NIL,
            entity: companies,
            owner: user(owner),
            team: team(at),
        }),
    };
    let rights: Vec<_> =
        ["note", "person", "company", "lead", "deal"].map(|e| (e, rights(Scope::All))).into();
    let all = policy(&w.catalog, &rights);
    let permit = |entity| all.list(&actor(), Action::Read, entity).unwrap();
    let found = w.index.owned(&permit(companies), user(2)).await.unwrap();
    assert_eq!(found, [(facts(companies, 3, None), 3), (facts(companies, 4, None), 1)]);
    let mut found = w.index.owned(&permit(notes), user(2)).await.unwrap();
    assert_eq!(found.remove(0), (facts(notes, 3, Some((5, 6))), 2), "most first");
    found.sort_by_key(|(facts, _)| facts.parent.is_some());
    assert_eq!(found, [(facts(notes, 3, None), 1), (facts(notes, 3, Some((2, 3))), 1)]);
    // No more than the permit shows.
    let own = policy(&w.catalog, &[("company", super::rights(Scope::Own))]);
    let own = own.list(&actor(), Action::Read, companies).unwrap();
    assert!(w.index.owned(&own, user(2)).await.unwrap().is_empty());
    assert!(w.index.owned(&permit(companies), user(7)).await.unwrap().is_empty());
}
