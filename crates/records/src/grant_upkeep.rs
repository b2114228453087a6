//! What the program does about grants by itself, each minute: it tells of ends that come, and clears away what ended long
//! ago and what is over records that are gone. All of it is bounded, goes on after a restart, and is done by one server:
//! the version of each document lets one of several through.

use crate::Engine;
use crate::grant_notices::EndSide;
use access::Grant;
use identity::GrantEnd;
use kernel::{FaultKind, GrantId, RecordId, Result, Time, UserId};
use ledger::Act;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{MutexGuard, PoisonError};
use store::{Batch, DocWrite, Row};

const DAY_MS: i64 = 24 * 3_600_000;
/// How long before an end it is told, and under which code: the second time is the last.
const TOLD: [(i64, &str); 2] = [(7 * DAY_MS, "grant-ends-soon"), (DAY_MS, "grant-ends-tomorrow")];
/// Grants of one batch.
const AT_ONCE: usize = 200;
/// Notifications of one batch, beside those of a single grant: a partner has up to 200 users, each of whom is told.
const NOTICES: usize = 1_000;
/// Batches of one kind each minute.
const BATCHES: usize = 5;

/// How far the upkeep of grants is on this server. What is lost with it is found out again.
#[derive(Default)]
pub(crate) struct Kept {
    /// How often it was told of an end, by what this server knows.
    told: HashMap<GrantId, (Time, u8)>,
    /// The grant up to which it was looked whether their records are there.
    upto: Option<GrantId>,
}

impl Engine {
    /// Ends what agreements go on for no more, tells of ends that come, and clears away grants that are over.
    ///
    /// # Errors
    /// Storage.
    pub async fn keep_grants(&self) -> Result<()> {
        self.end_uncovered().await?;
        self.clear_ended().await?;
        self.clear_orphans().await?;
        for _ in 0..BATCHES {
            if !self.tell_of_ends().await? {
                break;
            }
        }
        Ok(())
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.grants_kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn clear_ended(&self) -> Result<()> {
        for _ in 0..BATCHES {
            let policy = self.policy();
            let due = policy.grants.all().filter(|grant| self.is_long_over(grant));
            let due: Vec<Grant> = due.take(AT_ONCE).cloned().collect();
            if due.is_empty() || !self.clear(due, "ended").await? {
                break;
            }
        }
        Ok(())
    }

    /// Looks at some grants each time, at all of them one after the other.
    async fn clear_orphans(&self) -> Result<()> {
        let (policy, upto) = (self.policy(), self.kept().upto);
        let mut some: Vec<&Grant> = policy
            .grants
            .all()
            .filter(|grant| grant.record().is_some() && upto.is_none_or(|upto| grant.id > upto))
            .collect();
        some.sort_unstable_by_key(|grant| grant.id);
        some.truncate(AT_ONCE);
        self.kept().upto = some.last().map(|grant| grant.id);
        self.clear_without_record(some.into_iter().cloned().collect()).await
    }

    /// Clears grants away that came to be on records while those were being removed. No more can come: a grant needs its
    /// record. What cannot be cleared now is found later.
    pub(crate) async fn clear_late_grants(&self, removed: &[Row]) {
        let cleared = async {
            // What this server, or another one, gave before the records went is known from here on.
            let _held = self.administer().await?;
            let policy = self.policy();
            let late = removed.iter().flat_map(|row| policy.grants.on(row.id)).cloned().collect();
            self.clear_without_record(late).await
        };
        if let Err(fault) = cleared.await {
            tracing::warn!(%fault, "grants on records that are gone are still there");
        }
    }

    async fn clear_without_record(&self, grants: Vec<Grant>) -> Result<()> {
        let records: BTreeSet<RecordId> = grants.iter().filter_map(Grant::record).map(|(_, id)| id).collect();
        if records.is_empty() {
            return Ok(());
        }
        let there: BTreeSet<RecordId> =
            self.0.store.rows(records.into_iter().collect()).await?.iter().map(|row| row.id).collect();
        let gone = |grant: &Grant| grant.record().is_some_and(|(_, id)| !there.contains(&id));
        let gone: Vec<Grant> = grants.into_iter().filter(gone).collect();
        if !gone.is_empty() {
            self.clear(gone, "record-gone").await?;
        }
        Ok(())
    }

    /// Clears grants away; whether it was this server that did.
    async fn clear(&self, grants: Vec<Grant>, why: &str) -> Result<bool> {
        let mut docs = Vec::new();
        let mut cleared = Vec::new();
        for grant in &grants {
            let Some((doc, version)) = self.kept_grant(grant.id).await? else { continue };
            // It may have been renewed a moment ago, on another server.
            if doc.grant == *grant {
                docs.extend(self.grant_gone(grant.id, version).await?);
                cleared.push(grant.id);
            }
        }
        if !docs.is_empty() {
            let mut event = self.system_event(Act::GrantClear);
            self.set_detail(&mut event, &json!({ "why": why, "count": cleared.len(), "grants": cleared }))?;
            let mut batch = Batch::new(event);
            batch.docs = docs;
            match self.0.store.commit(batch).await {
                // Another server was faster.
                Err(fault) if fault.kind == FaultKind::Stale => return Ok(false),
                done => done.map(drop)?,
            }
        }
        let ids: Vec<GrantId> = grants.iter().map(|grant| grant.id).collect();
        self.look_at_grants(&ids).await?;
        Ok(true)
    }

    /// Tells both sides of some grants that they end soon; whether there may be more.
    async fn tell_of_ends(&self) -> Result<bool> {
        let now = self.now();
        let mut due = self.due_to_tell(now);
        let fit = fitting(&due, |grant| self.told_of_it(grant.to));
        let more = due.len() >= AT_ONCE || fit < due.len();
        due.truncate(fit);
        let binned = self.binned_of(&due).await?;
        let (mut seen, mut telling, mut docs) = (Vec::new(), Vec::new(), Vec::new());
        for (grant, stage) in due {
            let Some((doc, _)) = self.kept_grant(grant.id).await? else { continue };
            // As it is kept: it may end earlier than that by an agreement.
            let same = Grant { until: grant.until, ..doc.grant.clone() } == grant;
            let Some(until) = grant.until.filter(|_| same) else { continue };
            seen.push((grant.id, (until, stage)));
            // In the bin it cannot be renewed: there is nothing to do about its end.
            if grant.record().is_some_and(|(_, id)| binned.contains(&id)) {
                continue;
            }
            let (end, version) = GrantEnd::kept(&self.0.store, &self.0.vault, grant.id).await?;
            let end = end.filter(|end| end.until == until);
            let mut end = end.unwrap_or(GrantEnd { until, renewed_at: None, told: 0 });
            if end.told < stage {
                // Whoever gives or renews for a day knows when that ends.
                let since = doc.grant.from.max(end.renewed_at.unwrap_or(doc.at));
                if until.0 - since.0 > TOLD[usize::from(stage) - 1].0 {
                    telling.push((grant.clone(), stage));
                }
                end.told = stage;
                docs.push(end.put(&self.0.vault, grant.id, now, version)?);
            }
        }
        if !docs.is_empty() {
            match self.commit_told(docs, &telling).await {
                // Another server was faster, or a grant was changed meanwhile: it is looked at again in a minute.
                Err(fault) if fault.kind == FaultKind::Stale => return Ok(false),
                done => done?,
            }
        }
        self.kept().told.extend(seen);
        Ok(more)
    }

    /// Those of their records that lie in the bin.
    async fn binned_of(&self, due: &[(Grant, u8)]) -> Result<BTreeSet<RecordId>> {
        let ids: BTreeSet<RecordId> =
            due.iter().filter_map(|(grant, _)| grant.record()).map(|(_, id)| id).collect();
        let rows = self.0.store.rows(ids.into_iter().collect()).await?;
        Ok(rows.iter().filter(|row| row.deleted_at.is_some()).map(|row| row.id).collect())
    }

    /// Grants of which it may have to be told that they end, when that is, and how often it is told by then.
    fn due_to_tell(&self, now: Time) -> Vec<(Grant, u8)> {
        let policy = self.policy();
        let mut kept = self.kept();
        kept.told.retain(|_, (until, _)| *until > now);
        let stage = |until: Time| match until.0 - now.0 {
            left if left <= TOLD[1].0 => 2,
            left if left <= TOLD[0].0 => 1,
            _ => 0,
        };
        let due = policy.grants.all().filter(|grant| grant.holds_at(now)).filter_map(|grant| {
            let until = policy.ends(grant)?;
            let stage = stage(until);
            let known = kept.told.get(&grant.id).filter(|known| known.0 == until).map_or(0, |known| known.1);
            (known < stage).then(|| (Grant { until: Some(until), ..grant.clone() }, stage))
        });
        due.take(AT_ONCE).collect()
    }

    async fn commit_told(&self, docs: Vec<DocWrite>, telling: &[(Grant, u8)]) -> Result<()> {
        let mut sides: BTreeMap<(UserId, u8, bool), Vec<&Grant>> = BTreeMap::new();
        for (grant, stage) in telling {
            for user in self.told_of_it(grant.to) {
                sides.entry((user, *stage, false)).or_default().push(grant);
            }
            sides.entry((grant.by, *stage, true)).or_default().push(grant);
        }
        sides.retain(|(user, ..), _| self.may_act(*user));
        let count = sides.len();
        let mut event = self.system_event(Act::NoticeCreate);
        let ids: Vec<GrantId> = telling.iter().map(|(grant, _)| grant.id).collect();
        self.set_detail(&mut event, &json!({ "code": "grant-ends", "count": count, "grants": ids }))?;
        let mut batch = Batch::new(event);
        batch.docs = docs;
        let sides: Vec<EndSide<'_>> = sides
            .into_iter()
            .map(|((to, stage, gave), grants)| {
                let code = TOLD[usize::from(stage) - 1].1;
                EndSide { to, code, gave, grants }
            })
            .collect();
        batch.docs.extend(self.notices_of_ends(&sides).await?);
        self.0.store.commit(batch).await.map(drop)
    }
}

/// How many of these grants, one at least, make no more notifications than one batch may; `told` says who of those who
/// have a grant is told. What somebody is told of several is one notification.
fn fitting(due: &[(Grant, u8)], told: impl Fn(&Grant) -> Vec<UserId>) -> usize {
    let mut sides = BTreeSet::new();
    let fits = |(grant, stage): &&(Grant, u8)| {
        sides.extend(told(grant).into_iter().map(|user| (user, *stage, false)));
        sides.insert((grant.by, *stage, true));
        sides.len() <= NOTICES
    };
    due.iter().take_while(fits).count().max(due.len().min(1))
}

#[cfg(test)]
mod tests {
    use super::{NOTICES, fitting};
    use access::{Grant, Grantee, Over};
    use kernel::{Id, Kind, Time, UserId};
    use schema::EntityCode;

    fn id<K: Kind>(n: usize) -> Id<K> {
        Id::from_bytes((n as u128 + 1).to_be_bytes())
    }

    /// Grants to as many partners, all given by one.
    fn due(partners: usize) -> Vec<(Grant, u8)> {
        let grant = |n| Grant {
            id: id(n),
            to: Grantee::Partner(id(n)),
            by: id(0),
            role: id(0),
            over: Over::Record(EntityCode(1), id(n)),
            fields: None,
            from: Time(0),
            until: Some(Time(1)),
            most: None,
        };
        (0..partners).map(|n| (grant(n), 1)).collect()
    }

    fn users(of: usize, count: usize) -> Vec<UserId> {
        (0..count).map(|user| id(1 + of * 1_000 + user)).collect()
    }

    fn fit(due: &[(Grant, u8)], count: usize) -> usize {
        fitting(due, |grant| {
            let of = due.iter().position(|(other, _)| other.id == grant.id).expect("one of them");
            users(of, count)
        })
    }

    #[test]
    fn one_batch_makes_no_more_notifications_than_it_may() {
        let many = due(200);
        assert_eq!(fit(&many, 1), 200, "whoever gave them all is told once");
        let fits = fit(&many, 200);
        assert_eq!(fits, (NOTICES - 1) / 200);
        assert_eq!(fit(&many[..fits], 200), fits);
        // What one partner alone is told always fits, and what the same people are told is told together.
        assert_eq!(fit(&many, NOTICES + 1), 1);
        assert_eq!(fitting(&many, |_| users(0, 200)), 200);
        assert_eq!(fit(&[], 1), 0);
    }
}
