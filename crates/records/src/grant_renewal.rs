//! Giving a grant for another while: everything is decided anew, as if it were given now.

use crate::grant_checks::{beyond, tidy};
use crate::grant_notices::GrantTold;
use crate::grants::TRIES;
use crate::read::about;
use crate::{Caller, Engine, GrantInput, GrantView, Masked, Released};
use access::{Action, Facts, Grant, Over, Policy, Role};
use identity::{ActKind, GrantEnd};
use kernel::{Fault, FaultKind, GrantId, RecordId, Result, Text, Time};
use ledger::Act;
use schema::Entity;
use serde::Deserialize;
use serde_json::json;
use store::{Batch, Row};

/// How long a grant is kept that has ended, in milliseconds: until then it can be renewed.
pub(crate) const KEPT_MS: i64 = 30 * 24 * 3_600_000;

/// Where a second person would have to approve that it goes on.
const ASK_ANEW: Text = Text::of(
    "Udostępnij ten rekord od nowa, na dłużej, i poproś tam o zgodę.",
    "Share the record anew, for longer, and ask for approval there.",
);

/// For how long a grant is to go on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenewalInput {
    /// Until then (RFC 3339).
    pub until: String,
    /// Why; as before if absent.
    pub reason: Option<String>,
}

impl Engine {
    /// Gives a grant for another while, in the name of whoever renews it.
    ///
    /// # Errors
    /// Not found, also for whoever may not share the record, and 30 days after its end; stale if the version is no longer
    /// current; otherwise as for [`Engine::grant`].
    pub async fn renew_grant(
        &self,
        caller: &Caller,
        id: GrantId,
        version: u64,
        input: RenewalInput,
    ) -> Result<Released<GrantView>> {
        self.not_by_token(caller).await?;
        for _ in 1..TRIES {
            match self.renew_grant_now(caller, id, version, input.clone()).await {
                Err(fault) if fault.kind == FaultKind::Stale => {}
                done => return done,
            }
        }
        self.renew_grant_now(caller, id, version, input).await
    }

    async fn renew_grant_now(
        &self,
        caller: &Caller,
        id: GrantId,
        version: u64,
        input: RenewalInput,
    ) -> Result<Released<GrantView>> {
        let held = self.administer().await?;
        let caller = &self.present(caller)?;
        let policy = &*caller.policy;
        let Some((grant, row, facts)) = self.to_renew(caller, id).await? else {
            return Err(self.refused(caller, 0, RecordId::NIL, Fault::not_found()).await);
        };
        not_in_bin(&row)?;
        let kept = self.kept_grant(id).await?.filter(|(_, kept)| *kept == version);
        let Some((before, _)) = kept else { return Err(Fault::stale()) };
        let entity = policy.catalog.by_code(facts.entity).ok_or_else(Fault::not_found)?;
        let (role, next) = match self.renewed(policy, caller, (entity, &facts), &grant, Some(input.until)) {
            Err(fault) if fault.kind == FaultKind::Forbidden => {
                return Err(self.refused(caller, row.entity, row.id, fault).await);
            }
            other => other?,
        };
        let reason = input.reason.as_deref().map(tidy).transpose()?;
        self.check_room(policy, &next)?;
        let along = match next.over {
            Over::Tree(_, record) => self.hanging_on(caller, entity, vec![record], next.role).await?,
            _ => 0,
        };
        let cleared = self.cleared_or(caller, (ActKind::BulkShare, along + 1), &ASK_ANEW).await?;
        let mut event = about(self.event(caller, Act::GrantRenew), &row);
        self.set_detail(
            &mut event,
            &json!({
                "grant": id,
                "to": next.to,
                "role": role.name,
                "until": next.until.map(Time::rfc3339),
                "was_until": grant.until.map(Time::rfc3339),
                "by_before": grant.by,
                "reason": reason,
            }),
        )?;
        let doc = before.renewed(&self.0.vault, next, row.subject, reason.as_deref())?;
        let mut batch = Batch::new(event);
        batch.docs.push(doc.put(&self.0.vault, self.now(), version)?);
        if let Some(until) = doc.grant.until {
            let (_, kept) = GrantEnd::kept(&self.0.store, &self.0.vault, id).await?;
            let end = GrantEnd { until, renewed_at: Some(self.now()), told: 0 };
            batch.docs.push(end.put(&self.0.vault, id, self.now(), kept)?);
        }
        batch.directory = held.at;
        batch.require.push((row.id, row.version));
        cleared.join(&mut batch);
        self.tell_of_grant(&mut batch, GrantTold::Renewed, &doc.grant, caller.actor.user).await?;
        let view = self.grant_view(caller, (&doc, version + 1), Some((entity, &facts)));
        let receipt = self.commit_grant(batch, id).await?;
        Ok(Masked::new(view).release(&receipt))
    }

    /// The grant and its record, if the caller may share that and it is not too late.
    async fn to_renew(&self, caller: &Caller, id: GrantId) -> Result<Option<(Grant, Row, Facts)>> {
        let policy = self.policy();
        let Some(grant) = policy.grants.find(id).filter(|grant| !self.is_long_over(grant)) else {
            return Ok(None);
        };
        let Some((_, record)) = grant.record() else { return Ok(None) };
        let Some(row) = self.0.store.row(record).await? else { return Ok(None) };
        let (facts, _) = self.facts(&row).await?;
        let may = |action| caller.policy.decide(&caller.actor, action, &facts).allow;
        Ok((may(Action::Read) && may(Action::Share)).then(|| (grant.clone(), row, facts)))
    }

    /// Whether a grant ended so long ago that it is cleared away.
    pub(crate) fn is_long_over(&self, grant: &Grant) -> bool {
        grant.until.is_some_and(|until| until.plus_ms(KEPT_MS) <= self.now())
    }

    /// Whether the caller may renew a grant over a record with these facts, for as long as it may be.
    pub(crate) fn may_renew(&self, caller: &Caller, entity: &Entity, facts: &Facts, grant: &Grant) -> bool {
        let policy = &*caller.policy;
        policy.decide(&caller.actor, Action::Share, facts).allow
            && caller.actor.token.is_none()
            && !self.is_long_over(grant)
            && self.renewed(policy, caller, (entity, facts), grant, None).is_ok()
    }

    /// A grant as the caller could give it now, and its role. One that has ended begins anew.
    fn renewed<'p>(
        &self,
        policy: &'p Policy,
        caller: &Caller,
        (entity, facts): (&Entity, &Facts),
        grant: &Grant,
        until: Option<String>,
    ) -> Result<(&'p Role, Grant)> {
        let now = self.now();
        let input = GrantInput {
            to: grant.to,
            role: grant.role,
            with_related: matches!(grant.over, Over::Tree(..)),
            fields: grant.fields.as_deref().map(|fields| fields.iter().cloned().collect()),
            reason: String::new(),
            from: (now < grant.from).then(|| grant.from.rfc3339()),
            until,
        };
        let (role, next) = self.checked(policy, caller, entity, facts, &input)?;
        let goes_on = grant.lasts_at(now) && !policy.is_uncovered(grant, now);
        let from = if goes_on { grant.from } else { next.from };
        let next = Grant { id: grant.id, from, ..next };
        match beyond(policy, caller, entity, facts, role, &next) {
            Some(fault) => Err(fault),
            None => Ok((role, next)),
        }
    }
}

/// Nothing is given on a record that lies in the bin.
///
/// # Errors
/// Conflict, which says so.
pub(crate) fn not_in_bin(row: &Row) -> Result<()> {
    if row.deleted_at.is_none() {
        return Ok(());
    }
    let text = Text::of(
        "Ten rekord jest w koszu. Przywróć go, zanim go udostępnisz.",
        "This record is in the bin. Restore it before you share it.",
    );
    Err(Fault::new(FaultKind::Conflict, text))
}
