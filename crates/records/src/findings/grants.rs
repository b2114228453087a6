//! What is found of grants and covers.

use super::{Finding, FindingKind, Looked, Remedy, told};
use crate::explain::as_user;
use crate::grant_checks::{beyond, gives};
use crate::rights_use::Uses;
use crate::{Caller, Engine};
use access::{Action, Grant, Grantee, Over};
use identity::Day;
use kernel::{RecordId, Result, UserId};
use schema::EntityCode;
use std::collections::{BTreeSet, HashMap};
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
        let mut all: Vec<(String, &Grant)> = policy
            .grants
            .all()
            .filter(|grant| grant.lasts_at(self.now()) && self.is_candidate(kind, grant, uses))
            .map(|grant| (grant.id.to_string(), grant))
            .filter(|(place, _)| after.is_none_or(|after| place.as_str() > after))
            .collect();
        all.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let more = all.len() > LOOKED_AT;
        all.truncate(LOOKED_AT);
        let mut chosen: Vec<&Grant> = Vec::new();
        let mut upto = all.last().filter(|_| more).map(|(place, _)| place.clone());
        let rows =
            if kind == FindingKind::NeedlessGrant { self.rows_of(&all).await? } else { HashMap::new() };
        for (at, (place, grant)) in all.iter().enumerate() {
            if kind != FindingKind::NeedlessGrant || self.is_needless(caller, grant, &rows).await? {
                chosen.push(grant);
            }
            if chosen.len() >= limit {
                if more || at + 1 < all.len() {
                    upto = Some(place.clone());
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
    fn is_candidate(&self, kind: FindingKind, grant: &Grant, uses: &Uses) -> bool {
        let before = self.unused_before();
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

    async fn rows_of(&self, grants: &[(String, &Grant)]) -> Result<HashMap<RecordId, Row>> {
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

fn as_holder(caller: &Caller, user: UserId) -> Caller {
    Caller { actor: as_user(caller, user), ..caller.clone() }
}
