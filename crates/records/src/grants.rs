//! Sharing one record: a role on it for somebody else, from a time until another. Whoever may share a record gives at
//! most what that one may do and see there, and answers for it by name.

use crate::explain::{RoleName, role_name};
use crate::grant_checks::{beyond, tidy};
use crate::read::about;
use crate::{Caller, Engine, Masked, Released};
use access::{Action, Facts, Grant, Grantee, Over, Policy, Thing, Verb};
use identity::GrantDoc;
use kernel::{Fault, FaultKind, GrantId, Named, RecordId, Result, RoleId, TeamId, Text, Time, UserId};
use ledger::Act;
use schema::Entity;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;
use store::{Batch, DocKind, DocWrite, Row};
use tokio::sync::MutexGuard;
use tracing::Instrument;

/// Grants on one record.
const ON_RECORD: usize = 200;
/// Grants for one user, or for one team.
const FOR_ONE: usize = 5_000;

/// A grant to be given.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantInput {
    /// For whom: `{"user": id}` or `{"team": id}`.
    pub to: Grantee,
    /// The role on the record.
    pub role: RoleId,
    /// Whether over what hangs on the record too.
    #[serde(default)]
    pub with_related: bool,
    /// Of the record itself no other fields than these.
    pub fields: Option<Vec<String>>,
    /// Why.
    pub reason: String,
    /// From then on (RFC 3339); from now on if absent.
    pub from: Option<String>,
    /// Until then (RFC 3339); for as long as it may be, if absent.
    pub until: Option<String>,
}

/// What a grant answers: written with it or not at all.
pub(crate) struct Answered {
    /// The event of the answer.
    pub event: ledger::Event,
    /// What becomes of the question, and who is told.
    pub docs: Vec<DocWrite>,
}

/// How a grant stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantState {
    /// Its time has not come.
    Pending,
    /// It gives rights.
    InForce,
    /// Its time is over.
    Ended,
}

impl GrantState {
    pub(crate) fn of(grant: &Grant, now: Time) -> Self {
        match grant.until {
            Some(until) if until <= now => Self::Ended,
            _ if now < grant.from => Self::Pending,
            _ => Self::InForce,
        }
    }
}

/// A grant, to whoever may share the record.
#[derive(Clone, Debug, Serialize)]
pub struct GrantView {
    /// Its id.
    pub id: GrantId,
    /// For which user, if for one.
    pub user: Option<Named<UserId>>,
    /// For which team, if for one.
    pub team: Option<Named<TeamId>>,
    /// The role on the record; none if it is no more, and the grant gives nothing.
    pub role: Option<RoleName>,
    /// Whether over what hangs on the record too.
    pub with_related: bool,
    /// Of the record itself no other fields than these.
    pub fields: Option<BTreeSet<String>>,
    /// From when (RFC 3339).
    pub from: String,
    /// Until when (RFC 3339), if it ends by itself.
    pub until: Option<String>,
    /// How it stands.
    pub state: GrantState,
    /// Who gave it.
    pub by: Named<UserId>,
    /// When (RFC 3339).
    pub at: String,
    /// Why; none if the person that it is about was erased.
    pub reason: Option<String>,
}

impl Engine {
    /// Gives a role on one record.
    ///
    /// # Errors
    /// Not found; forbidden without the right to share the record, and of more than the caller may there; invalid, with
    /// each reason; too many grants on it.
    pub async fn grant(
        &self,
        caller: &Caller,
        entity: &Entity,
        id: RecordId,
        input: GrantInput,
    ) -> Result<Released<GrantView>> {
        self.grant_as(caller, entity, id, input, None).await
    }

    /// As [`Engine::grant`]; what is answered with it goes into the same commit.
    pub(crate) async fn grant_as(
        &self,
        caller: &Caller,
        entity: &Entity,
        id: RecordId,
        input: GrantInput,
        answered: Option<Answered>,
    ) -> Result<Released<GrantView>> {
        self.not_by_token(caller).await?;
        // What is decided from here on is decided on what holds now, and committed on the record as it was then.
        let held = self.administer().await?;
        let caller = &self.present(caller)?;
        let (row, facts) = self.to_share(caller, entity, id).await?;
        let policy = &*caller.policy;
        let (role, grant) = self.checked(policy, caller, entity, &facts, &input)?;
        let reason = tidy(&input.reason)?;
        self.check_room(policy, &grant)?;
        if let Some(fault) = beyond(policy, caller, entity, &facts, role, &grant) {
            return Err(self.refused(caller, row.entity, row.id, fault).await);
        }
        let id = grant.id;
        let doc = GrantDoc::new(&self.0.vault, grant.clone(), self.now(), row.subject, &reason)?;
        let mut event = about(self.event(caller, Act::GrantCreate), &row);
        self.set_detail(
            &mut event,
            &json!({
                "grant": grant.id,
                "to": grant.to,
                "role": role.name,
                "with_related": input.with_related,
                "fields": grant.fields,
                "from": grant.from.rfc3339(),
                "until": grant.until.map(Time::rfc3339),
                // Whoever asked gave it to those who decide, and to nobody else who reads the history.
                "reason": answered.is_none().then_some(&reason),
            }),
        )?;
        let mut batch = Batch::new(event);
        batch.docs.push(doc.put(&self.0.vault, self.now(), 0)?);
        batch.directory = held.at;
        batch.require.push((row.id, row.version));
        if let Some(Answered { event, docs }) = answered {
            batch.more_events.push(event);
            batch.docs.extend(docs);
        }
        let view = self.grant_view(caller, &doc);
        let receipt = self.commit_grant(batch, id).await?;
        Ok(Masked::new(view).release(&receipt))
    }

    /// All grants on one record that were not ended by somebody.
    ///
    /// # Errors
    /// Not found; forbidden without the right to share the record or to look at users.
    pub async fn grants(
        &self,
        caller: &Caller,
        entity: &Entity,
        id: RecordId,
    ) -> Result<Released<Vec<GrantView>>> {
        let (row, facts, _) = self.lookup(caller, entity, id).await?;
        let shares = caller.policy.decide(&caller.actor, Action::Share, &facts).allow;
        if !shares && caller.policy.admin(&caller.actor, Thing::Users, Verb::Read).is_err() {
            let fault = access::lacks_action(&caller.actor, Action::Share, entity);
            return Err(self.refused(caller, row.entity, row.id, fault).await);
        }
        let mut views = Vec::new();
        for grant in caller.policy.grants.on(id) {
            // One that was ended a moment ago has gone.
            if let Some(doc) = self.0.store.doc(DocKind::Grant, *grant.id.bytes()).await? {
                views.push(self.grant_view(caller, &GrantDoc::open(&self.0.vault, &doc)?));
            }
        }
        let receipt = self.receipt(about(self.event(caller, Act::AccessExplain), &row)).await?;
        Ok(Masked::new(views).release(&receipt))
    }

    /// Ends a grant at once: by whoever gave it, has it, may share the record, or manages users; cover also by the user
    /// whose records it is over.
    ///
    /// # Errors
    /// Not found, also for whoever may not end it.
    pub async fn end_grant(&self, caller: &Caller, id: GrantId) -> Result<()> {
        self.not_by_token(caller).await?;
        let held = self.administer().await?;
        let found = self.policy().grants.find(id).cloned();
        let Some((grant, row)) = (match found {
            Some(grant) => self.may_end(caller, &grant).await?.map(|row| (grant, row)),
            None => None,
        }) else {
            return Err(self.refused(caller, 0, id.cast(), Fault::not_found()).await);
        };
        let Some(kept) = self.0.store.doc(DocKind::Grant, *id.bytes()).await? else {
            self.forget_grants(vec![grant]).await;
            return Err(Fault::not_found());
        };
        let event = self.event(caller, Act::GrantEnd);
        let mut event = match &row {
            Some(row) => about(event, row),
            None => event,
        };
        self.set_detail(&mut event, &json!({ "grant": id, "to": grant.to, "by": grant.by }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(DocWrite::Remove(DocKind::Grant, *id.bytes(), kept.version));
        batch.directory = held.at;
        self.commit_grant(batch, id).await.map(drop)
    }

    /// The record of the grant, if it is over one; nothing if the caller may not end it.
    async fn may_end(&self, caller: &Caller, grant: &Grant) -> Result<Option<Option<Row>>> {
        let me = caller.actor.user;
        let may = grant.to == Grantee::User(me)
            || grant.by == me
            || grant.over == Over::OwnedBy(me)
            || caller.policy.admin(&caller.actor, Thing::Users, Verb::Manage).is_ok();
        let (Over::Record(_, record) | Over::Tree(_, record)) = grant.over else {
            return Ok(may.then_some(None));
        };
        let Some(row) = self.0.store.row(record).await? else { return Ok(None) };
        let (facts, _) = self.facts(&row).await?;
        let may = may || caller.policy.decide(&caller.actor, Action::Share, &facts).allow;
        Ok(may.then_some(Some(row)))
    }

    /// A record that the caller may share.
    async fn to_share(&self, caller: &Caller, entity: &Entity, id: RecordId) -> Result<(Row, Facts)> {
        let (row, facts, _) = self.lookup(caller, entity, id).await?;
        if caller.policy.decide(&caller.actor, Action::Share, &facts).allow {
            return Ok((row, facts));
        }
        let fault = access::lacks_action(&caller.actor, Action::Share, entity);
        Err(self.refused(caller, row.entity, row.id, fault).await)
    }

    fn grant_view(&self, caller: &Caller, doc: &GrantDoc) -> GrantView {
        let (grant, now) = (&doc.grant, self.now());
        let (user, team) = match grant.to {
            Grantee::User(user) => (Some(self.user_name(user)), None),
            Grantee::Team(team) => (None, Some(self.team_name(team))),
        };
        let state = GrantState::of(grant, now);
        GrantView {
            id: grant.id,
            user,
            team,
            role: self.policy().roles.get(&grant.role).map(|role| role_name(role, caller.lang)),
            with_related: matches!(grant.over, Over::Tree(..)),
            fields: grant.fields.as_deref().cloned(),
            from: grant.from.rfc3339(),
            until: grant.until.map(Time::rfc3339),
            state,
            by: self.user_name(grant.by),
            at: doc.at.rfc3339(),
            reason: doc.reason(&self.0.vault),
        }
    }

    /// Grants on records that are about to be erased: they go in the same batch.
    pub(crate) async fn grants_on(&self, rows: &[Row], batch: &mut Batch) -> Result<Vec<Grant>> {
        let policy = self.policy();
        let ended: Vec<Grant> = rows.iter().flat_map(|row| policy.grants.on(row.id)).cloned().collect();
        for grant in &ended {
            let id = *grant.id.bytes();
            if let Some(doc) = self.0.store.doc(DocKind::Grant, id).await? {
                batch.docs.push(DocWrite::Remove(DocKind::Grant, id, doc.version));
            }
        }
        Ok(ended)
    }

    pub(crate) async fn forget_grants(&self, ended: Vec<Grant>) {
        if !ended.is_empty() {
            self.change_grants(move |grants| ended.iter().for_each(|grant| grants.remove(grant))).await;
        }
    }

    /// Commits a change of one grant, and puts it in force as it is then: another server may have changed it again.
    pub(crate) async fn commit_grant(&self, batch: Batch, id: GrantId) -> Result<ledger::Receipt> {
        let engine = self.clone();
        let committed = async move {
            let done = engine.0.store.commit(batch).await;
            // Whatever became of it; and what is not known to be in force is not.
            if let Err(fault) = engine.look_at_grants(&[id]).await {
                tracing::error!(%fault, grant = %id, "a grant could not be looked at, and gives nothing until it can");
                engine.forget_grants(engine.policy().grants.find(id).cloned().into_iter().collect()).await;
            }
            Ok(done?.receipt)
        };
        tokio::spawn(committed.in_current_span()).await.map_err(Fault::bug)?
    }

    /// Refuses one grant too many on a record, or for one user or team. Those that have ended do not count.
    fn check_room(&self, policy: &Policy, grant: &Grant) -> Result<()> {
        let now = self.now();
        let lasts = |g: &&Grant| g.until.is_none_or(|until| now < until);
        let record = match grant.over {
            Over::Record(_, id) | Over::Tree(_, id) => policy.grants.on(id).into_iter().filter(lasts).count(),
            Over::OwnedBy(_) => 0,
        };
        let (most, text) = if record >= ON_RECORD {
            (ON_RECORD, Text::of("tego rekordu", "of this record"))
        } else if policy.grants.to(grant.to).filter(lasts).count() >= FOR_ONE {
            (FOR_ONE, Text::of("dla tej osoby albo zespołu", "for this person or team"))
        } else {
            return Ok(());
        };
        let text = Text::new(
            format!("Jest już {most} udostępnień {}. Zakończ któreś z nich.", text.pl),
            format!("There are {most} grants {} already. End some of them.", text.en),
        );
        Err(Fault::new(FaultKind::Conflict, text))
    }

    async fn change_grants(&self, change: impl FnOnce(&mut access::Grants)) {
        let alone = self.0.reloading.lock().await;
        self.put_in_force(&alone, change);
    }

    fn put_in_force(&self, _alone: &MutexGuard<'_, ()>, change: impl FnOnce(&mut access::Grants)) {
        let next = self.directory().with_grants(change);
        self.0.directory.store(Arc::new(next));
        self.tell(crate::News::Policy);
    }

    /// Looks again at all grants.
    pub(crate) async fn look_at_all_grants(&self) -> Result<()> {
        // What is read must not replace what this server changes meanwhile.
        let alone = self.0.reloading.lock().await;
        let all = identity::load_grants(&self.0.store, &self.0.vault).await?;
        self.put_in_force(&alone, move |grants| *grants = all);
        Ok(())
    }

    /// Looks again at grants that another server gave or ended.
    pub(crate) async fn look_at_grants(&self, ids: &[GrantId]) -> Result<()> {
        let alone = self.0.reloading.lock().await;
        let mut now = Vec::new();
        for id in ids {
            let doc = self.0.store.doc(DocKind::Grant, *id.bytes()).await?;
            now.push((*id, doc.map(|doc| GrantDoc::open(&self.0.vault, &doc)).transpose()?));
        }
        self.put_in_force(&alone, move |grants| {
            for (id, doc) in now {
                if let Some(before) = grants.find(id).cloned() {
                    grants.remove(&before);
                }
                if let Some(doc) = doc {
                    grants.put(doc.grant);
                }
            }
        });
        Ok(())
    }
}
