//! What is found of grants and covers.

use super::{Finding, FindingKind, Looked, Remedy, no_place, told};
use crate::explain::as_user;
use crate::grant_checks::{beyond, gives};
use crate::rights_use::Uses;
use crate::{Caller, Engine};
use access::{Action, Grant, Grantee, Over};
use identity::Day;
use kernel::{GrantId, RecordId, Result, UserId};
use schema::EntityCode;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::Row;

/// Grants of one page whose records are looked at.
const LOOKED_AT: usize = 300;

impl Engine {
    pub(super) async fn found_grants(
        &self,
        caller: &Caller,
        kind: FindingKind,
        uses: &Uses,
        limit: usize,
        after: Option<&str>,
    ) -> Result<Looked> {
        let policy = caller.policy.clone();
        let after: Option<GrantId> = match after {
            Some(text) => Some(text.parse().map_err(|_| no_place())?),
            None => None,
        };
        let (now, before) = (self.now(), self.unused_before());
        let is_candidate =
            |grant: &&Grant| grant.lasts_at(now) && self.is_candidate(kind, grant, uses, before);
        let candidates = policy.grants.all().filter(is_candidate).map(|grant| (grant.id, grant));
        let (all, more) = next_after(candidates, after, LOOKED_AT);
        let mut chosen: Vec<&Grant> = Vec::new();
        let mut upto = all.last().filter(|_| more).map(|(place, _)| place.to_string());
        let rows =
            if kind == FindingKind::NeedlessGrant { self.rows_of(&all).await? } else { HashMap::new() };
        for (at, (place, grant)) in all.iter().enumerate() {
            if kind != FindingKind::NeedlessGrant || self.is_needless(caller, grant, &rows).await? {
                chosen.push(grant);
            }
            if chosen.len() >= limit {
                if more || at + 1 < all.len() {
                    upto = Some(place.to_string());
                }
                break;
            }
        }
        let (views, touches) = self.own_views(caller, &chosen).await?;
        let by_id: HashMap<_, &Grant> = chosen.into_iter().map(|grant| (grant.id, grant)).collect();
        let items = views.into_iter().filter_map(|view| {
            let grant = by_id.get(&view.grant.id)?;
            let user = match (kind, grant.to) {
                (FindingKind::GiverLeft, _) => Some(grant.by),
                (_, Grantee::User(user)) => Some(user),
                _ => None,
            };
            Some(Finding {
                since: Some(grant.from.rfc3339()),
                last_used: uses.last_of_grant(grant.id).map(told),
                grant: Some(view),
                remedies: vec![Remedy::EndGrant],
                ..self.found(kind, user)
            })
        });
        Ok(Looked { items: items.collect(), upto, touches })
    }

    /// What can be said of a grant without its record.
    fn is_candidate(&self, kind: FindingKind, grant: &Grant, uses: &Uses, before: Day) -> bool {
        match kind {
            FindingKind::UnusedGrant => {
                Day::of(grant.from) <= before && uses.last_of_grant(grant.id).is_none_or(|day| day <= before)
            }
            FindingKind::NeedlessGrant => {
                matches!((grant.to, grant.over), (Grantee::User(_), Over::Record(..) | Over::Tree(..)))
            }
            _ => !self.may_act(grant.by),
        }
    }

    async fn rows_of(&self, grants: &[(GrantId, &Grant)]) -> Result<HashMap<RecordId, Row>> {
        let ids: BTreeSet<RecordId> =
            grants.iter().filter_map(|(_, g)| g.record()).map(|(_, id)| id).collect();
        let rows = self.0.store.rows(ids.into_iter().collect()).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }

    /// Whether the roles of whoever has the grant give all of it, decided as when that one would give it away.
    async fn is_needless(
        &self,
        caller: &Caller,
        grant: &Grant,
        rows: &HashMap<RecordId, Row>,
    ) -> Result<bool> {
        let policy = &*caller.policy;
        let (Grantee::User(user), Some((_, record))) = (grant.to, grant.record()) else { return Ok(false) };
        let (Some(role), Some(row)) = (policy.roles.get(&grant.role), rows.get(&record)) else {
            return Ok(false);
        };
        let Some(entity) = policy.catalog.by_code(EntityCode(row.entity)) else { return Ok(false) };
        if !gives(role.entities.get(&entity.name), Action::Read) {
            return Ok(false);
        }
        let (facts, _) = self.facts(row).await?;
        let holder = as_holder(caller, user);
        Ok(beyond(policy, &holder, entity, &facts, role, grant).is_none())
    }
}

/// The first `n` after a place, in their order, and whether there are more. However many there are, no more than these are
/// held and put in order.
fn next_after<K: Ord + Copy, T>(
    all: impl Iterator<Item = (K, T)>,
    after: Option<K>,
    n: usize,
) -> (Vec<(K, T)>, bool) {
    let (mut first, mut more) = (BTreeMap::new(), false);
    for (place, item) in all.filter(|(place, _)| after.is_none_or(|after| *place > after)) {
        let last = first.last_key_value().map(|(last, _)| *last);
        if first.len() < n || last.is_some_and(|last| place < last) {
            first.insert(place, item);
        } else {
            more = true;
        }
        if first.len() > n {
            first.pop_last();
            more = true;
        }
    }
    (first.into_iter().collect(), more)
}

fn as_holder(caller: &Caller, user: UserId) -> Caller {
    Caller { actor: as_user(caller, user), ..caller.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_the_first_after_a_place_in_whatever_order_they_come() {
        let all: Vec<u32> = (0..1_000).map(|n| n * 7_919 % 1_000).collect();
        let page = |after, n| {
            let (page, more) = next_after(all.iter().map(|k| (*k, ())), after, n);
            (page.into_iter().map(|(k, ())| k).collect::<Vec<_>>(), more)
        };
        assert_eq!(page(None, 3), (vec![0, 1, 2], true));
        assert_eq!(page(Some(2), 3), (vec![3, 4, 5], true));
        assert_eq!(page(Some(996), 3), (vec![997, 998, 999], false));
        assert_eq!(page(Some(997), 3), (vec![998, 999], false));
        assert_eq!(page(Some(999), 3), (vec![], false));
        let (mut found, mut after) = (Vec::new(), None);
        while let (page, true) = page(after, 9) {
            after = page.last().copied();
            found.extend(page);
        }
        assert_eq!(found, (0..999).collect::<Vec<_>>());
    }
}
