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

#[tokio::test]
async fn what_hangs_on_records_is_counted_as_far_as_it_is_seen() {
    let w = World::new();
    let company = |n: u32| w.row("company", n, &[("name", json!(format!("Firma {n}")))]);
    let note = |n: u32, on: u32| IndexRow {
        parent: Some(record(on)),
        ..w.row("note", n, &[("text", json!("Notatka"))])
    };
    w.put((1..=3).map(company)).await;
    w.put([note(11, 1), note(12, 1), IndexRow { archived: true, ..note(13, 1) }, note(14, 2)]).await;
    w.put((100..1_700).map(|n| w.row("note", n, &[("text", json!("Luzem"))]))).await;
    let rights: Vec<_> = ["note", "company"].map(|e| (e, rights(Scope::All))).into();
    let all = policy(&w.catalog, &rights);
    let permit = |entity: &str| all.list(&actor(), Action::Read, w.entity(entity).code).unwrap();
    let on = async |permit: &ListPermit, ids: &[u32]| {
        w.index.hanging(permit, ids.iter().map(|n| record(*n)).collect()).await.unwrap()
    };
    let notes = permit("note");
    assert_eq!((on(&notes, &[1]).await, on(&notes, &[1, 2, 3]).await, on(&notes, &[]).await), (3, 4, 0));
    assert_eq!(on(&notes, &[3, 99]).await, 0);
    // Nothing hangs by a company, and more are looked under than fit into one statement.
    assert_eq!(on(&permit("company"), &[1, 2]).await, 0);
    let many: Vec<u32> = (1..1_700).collect();
    assert_eq!(on(&notes, &many).await, 4);
    // No more than the permit shows.
    let none =
        policy(&w.catalog, &[("note", super::rights(Scope::None)), ("company", super::rights(Scope::All))]);
    assert!(none.list(&actor(), Action::Read, w.entity("note").code).is_err());
    let theirs = IndexRow { owner: user(9), ..company(4) };
    w.put([theirs, note(15, 4)]).await;
    let own = policy(&w.catalog, &["note", "company"].map(|entity| (entity, super::rights(Scope::Own))));
    let own = own.list(&actor(), Action::Read, w.entity("note").code).unwrap();
    assert_eq!((on(&own, &[1, 4]).await, on(&notes, &[1, 4]).await), (3, 4), "a company is another's");
}
