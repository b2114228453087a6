//! Lists of whoever has records by grants: in order, page by page, as they are after each change.

use super::{World, actor, policy, record, rights, user};
use crate::{IndexRow, Op, Query, Sort, SortBy};
use access::{Action, Grant, Grantee, ListPermit, Over, Scope};
use kernel::{Id, Time};

/// The people with even numbers are granted, of those that are there and some that are not.
const GRANTED: u32 = 60;

fn permit(w: &World) -> ListPermit {
    let mut policy = policy(&w.catalog, &[("person", rights(Scope::Own))]);
    let role = *policy.roles.keys().next().unwrap();
    let person = w.entity("person").code;
    for n in (0..GRANTED).step_by(2) {
        policy.grants.put(Grant {
            id: record(n).cast(),
            to: Grantee::User(actor().user),
            by: user(9),
            role,
            over: Over::Record(person, record(n)),
            fields: None,
            from: Time(i64::MIN),
            until: None,
            most: None,
        });
    }
    policy.list(&actor(), Action::Read, person).unwrap()
}

fn of_others(row: IndexRow) -> IndexRow {
    IndexRow { owner: user(9), team: Id::from_bytes([9; 16]), ..row }
}

/// All pages, in this order.
async fn pages(w: &World, permit: &ListPermit, descending: bool, archived: bool) -> Vec<u32> {
    let sort = Sort { by: SortBy::Updated, descending };
    let mut query = Query { sort, archived, limit: 3, ..Query::default() };
    let mut found = Vec::new();
    loop {
        let page = w.index.query(permit, query.clone()).await.unwrap();
        found.extend(page.rows.iter().map(super::number));
        let Some(next) = page.next else { return found };
        query.after = Some(next);
    }
}

#[tokio::test]
async fn what_is_granted_is_listed_in_order_and_as_it_is_after_each_change() {
    let w = World::new();
    // Of the caller's own there is number 1; the rest is of others.
    let mut rows: Vec<IndexRow> = (0..50).map(|n| of_others(w.person(n, "Nowak"))).collect();
    rows[1].owner = actor().user;
    w.put(rows.clone()).await;
    let permit = permit(&w);
    let mut expected: Vec<u32> = (0..50).filter(|n| n % 2 == 0 || *n == 1).collect();
    assert_eq!(pages(&w, &permit, false, false).await, expected);
    expected.reverse();
    assert_eq!(pages(&w, &permit, true, false).await, expected);
    // Changed: it comes first. Asked for before and after, so that it was known.
    let change = |n: usize, updated: i64, archived: bool| IndexRow {
        version: 2,
        updated_at: Time(updated),
        archived,
        ..rows[n].clone()
    };
    w.put([change(4, 100, false)]).await;
    let moved = |from: &[u32], n: u32| -> Vec<u32> {
        [n].into_iter().chain(from.iter().copied().filter(|other| *other != n)).collect()
    };
    expected = moved(&expected, 4);
    assert_eq!(pages(&w, &permit, true, false).await, expected);
    // Into the bin, out of the index, and one that was not there yet.
    w.put([change(6, 101, true)]).await;
    let seq = w.index.applied() + 1;
    let person = w.entity("person").code;
    w.index.apply(vec![(seq, Op::Remove { id: record(8), entity: person })]).await.unwrap();
    w.put([of_others(IndexRow { updated_at: Time(200), ..w.person(58, "Nowak") })]).await;
    expected.retain(|n| *n != 6 && *n != 8);
    expected = moved(&expected, 58);
    assert_eq!(pages(&w, &permit, true, false).await, expected);
    assert_eq!(pages(&w, &permit, true, true).await, [6]);
    // What is changed many at once, and all of it anew.
    w.index.apply_bulk(vec![Op::Put(change(10, 300, false))]).await.unwrap();
    expected = moved(&expected, 10);
    assert_eq!(pages(&w, &permit, true, false).await, expected);
    w.index.begin_rebuild().await.unwrap();
    w.index.apply_bulk(rows[..4].iter().cloned().map(Op::Put).collect()).await.unwrap();
    w.index.mark_applied(seq + 9).await.unwrap();
    assert_eq!(pages(&w, &permit, true, false).await, [2, 1, 0]);
}
