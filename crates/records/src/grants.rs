//! Sharing one record: a role on it for somebody else, from a time until another. Whoever may share a record gives at
//! most what that one may do and see there, and answers for it by name.

use crate::approvals::ASK;
use crate::grant_checks::{beyond, tidy};
use crate::grant_notices::GrantTold;
use crate::grant_renewal::not_in_bin;
use crate::read::about;
use crate::{Caller, Engine, Fresh, GrantView, Masked, Released};
use access::{Action, Facts, Grant, Grantee, Over, Role, Thing, Verb};
use identity::{ActKind, GrantDoc};
use kernel::{Fault, FaultKind, GrantId, RecordId, Result, RoleId, Text, Time};
use ledger::{Act, Event};
use schema::Entity;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Batch, DocKind, DocWrite, Row};

/// Ended grants that are shown of one record.
const ENDED_SHOWN: usize = 200;

/// A grant to be given.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantInput {
    /// For whom: `{"user": id}`, `{"team": id}` or `{"partner": id}`.
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

/// How often a change is tried that names no version: whoever is told may read a notification in that moment.
pub(crate) const TRIES: usize = 3;

/// What a grant answers: written with it or not at all.
pub(crate) struct Answered {
    /// The event of the answer.
    pub event: ledger::Event,
    /// What becomes of the question, and who is told.
    pub docs: Vec<DocWrite>,
}

/// A grant that is about to be given.
pub(crate) struct Gift {
    /// On which record.
    pub row: Row,
    /// What decisions on it rest on.
    pub facts: Facts,
    /// The role.
    pub role: Role,
    /// It.
    pub grant: Grant,
}

/// Where a request for access is answered and a second person would have to approve that.
const ASK_BY_SHARING: Text = Text::of(
    "Otwórz rekord, udostępnij go tej osobie i poproś tam o zgodę. Prośba o dostęp będzie wtedy spełniona.",
    "Open the record, share it with this person and ask for approval there. The request for access is answered by that.",
);

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
        for _ in 1..TRIES {
            match self.grant_as(caller, entity, id, input.clone(), None).await {
                Err(fault) if fault.kind == FaultKind::Stale => {}
                done => return done,
            }
        }
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
        let gift = self.gift(caller, entity, id, &input).await?;
        let reason = self.check_gift(caller, entity, &gift, &input).await?;
        let how = if answered.is_some() { &ASK_BY_SHARING } else { &ASK };
        // What hangs on it goes along, and counts.
        let along = match input.with_related {
            true => self.hanging_on(caller, entity, vec![id], input.role).await?,
            false => 0,
        };
        let cleared = self.cleared_or(caller, (ActKind::BulkShare, along + 1), how).await?;
        // Whoever asked gave the reason to those who decide, and to nobody else who reads the history.
        let told = answered.is_none();
        let (doc, mut batch) = self.giving(caller, &gift, (&reason, told), held.at)?;
        cleared.join(&mut batch);
        if let Some(Answered { event, docs }) = answered {
            // Whoever asked is told by the answer.
            batch.more_events.push(event);
            batch.docs.extend(docs);
        } else {
            self.answer_requests(caller, &gift.row, &doc.grant, &mut batch).await?;
            self.tell_of_grant(&mut batch, GrantTold::Given, &doc.grant, caller.actor.user).await?;
        }
        let view = self.grant_view(caller, (&doc, 1), Some((entity, &gift.facts)));
        let receipt = self.commit_grant(batch, gift.grant.id).await?;
        Ok(Masked::new(view).release(&receipt))
    }

    /// The grant that is asked for on a record, with what it rests on. To be judged and written while nobody else
    /// administers.
    ///
    /// # Errors
    /// Not found; forbidden without the right to share the record; conflict in the bin; invalid, with each reason.
    pub(crate) async fn gift(
        &self,
        caller: &Caller,
        entity: &Entity,
        id: RecordId,
        input: &GrantInput,
    ) -> Result<Gift> {
        let (row, facts) = self.to_share(caller, entity, id).await?;
        not_in_bin(&row)?;
        let (role, grant) = self.checked(&caller.policy, caller, entity, &facts, input)?;
        let role = role.clone();
        Ok(Gift { row, facts, role, grant })
    }

    /// The reason of a grant that may be given: there is room for it, and it gives nothing that the caller has not.
    ///
    /// # Errors
    /// Invalid; too many grants; forbidden.
    pub(crate) async fn check_gift(
        &self,
        caller: &Caller,
        entity: &Entity,
        gift: &Gift,
        input: &GrantInput,
    ) -> Result<String> {
        let Gift { row, facts, role, grant } = gift;
        let reason = tidy(&input.reason)?;
        self.check_room(&caller.policy, grant)?;
        match beyond(&caller.policy, caller, entity, facts, role, grant) {
            Some(fault) => Err(self.refused(caller, row.entity, row.id, fault).await),
            None => Ok(reason),
        }
    }

    /// The document of a grant, and the batch that gives it.
    pub(crate) fn giving(
        &self,
        caller: &Caller,
        gift: &Gift,
        (reason, told): (&str, bool),
        directory: Option<u64>,
    ) -> Result<(GrantDoc, Batch)> {
        let Gift { row, role, grant, .. } = gift;
        let doc = GrantDoc::new(&self.0.vault, grant.clone(), self.now(), row.subject, reason)?;
        let mut event = about(self.event(caller, Act::GrantCreate), row);
        self.set_detail(
            &mut event,
            &json!({
                "grant": grant.id,
                "to": grant.to,
                "role": role.name,
                "with_related": matches!(grant.over, Over::Tree(..)),
                "fields": grant.fields,
                "from": grant.from.rfc3339(),
                "until": grant.until.map(Time::rfc3339),
                "reason": told.then_some(reason),
            }),
        )?;
        let mut batch = Self::batch(caller, event);
        batch.docs.push(doc.put(&self.0.vault, self.now(), 0)?);
        batch.directory = directory;
        batch.require.push((row.id, row.version));
        Ok((doc, batch))
    }

    /// Grants on one record that were not ended by somebody: all whose time is not over, and the newest of the others.
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
        let over = Some((entity, &facts));
        let (lasting, ended): (Vec<&Grant>, Vec<&Grant>) =
            caller.policy.grants.on(id).into_iter().partition(|grant| grant.lasts_at(self.now()));
        let newest = ended.len().saturating_sub(ENDED_SHOWN);
        for grant in ended.into_iter().skip(newest).chain(lasting) {
            if let Some((doc, version)) = self.kept_grant(grant.id).await? {
                let view = self.grant_view(caller, (&doc, version), over);
                // Nothing is given on a record in the bin.
                views.push(GrantView { may_renew: view.may_renew && row.deleted_at.is_none(), ..view });
            }
        }
        let receipt = self.receipt(about(self.event(caller, Act::AccessExplain), &row)).await?;
        Ok(Masked::new(views).release(&receipt))
    }

    /// Ends a grant at once: by whoever gave it, has it, may share the record, or manages users; of cover also by the user
    /// whose records it is over. Whoever ends what is not the own alone proves to be there.
    ///
    /// # Errors
    /// Not found, also for whoever may not end it; a proof is needed and there is none of the last minutes.
    pub async fn end_grant(&self, caller: &Caller, id: GrantId, is_fresh: bool) -> Result<()> {
        self.not_by_token(caller).await?;
        for _ in 1..TRIES {
            match self.end_grant_now(caller, id, is_fresh).await {
                Err(fault) if fault.kind == FaultKind::Stale => {}
                done => return done,
            }
        }
        self.end_grant_now(caller, id, is_fresh).await
    }

    async fn end_grant_now(&self, caller: &Caller, id: GrantId, is_fresh: bool) -> Result<()> {
        let held = self.administer().await?;
        let found = self.policy().grants.find(id).cloned();
        let Some((grant, row)) = (match found {
            Some(grant) => self.may_end(caller, &grant).await?.map(|row| (grant, row)),
            None => None,
        }) else {
            return Err(self.refused(caller, 0, RecordId::NIL, Fault::not_found()).await);
        };
        if grant.to != Grantee::User(caller.actor.user) {
            self.check_fresh(caller, Fresh::Yes, is_fresh).await?;
        }
        let event = self.event(caller, Act::GrantEnd);
        let Some((event, docs)) = self.grant_end(event, &grant, row.as_ref()).await? else {
            self.forget_grants(vec![grant]).await;
            return Err(Fault::not_found());
        };
        let mut batch = Self::batch(caller, event);
        batch.docs = docs;
        batch.directory = held.at;
        if grant.lasts_at(self.now()) {
            self.tell_of_grant(&mut batch, GrantTold::Ended, &grant, caller.actor.user).await?;
        }
        self.commit_grant(batch, id).await.map(drop)
    }

    /// What is written when a grant ends before its time, over this record if that is there; nothing if it was ended a
    /// moment ago. The event says by whom.
    pub(crate) async fn grant_end(
        &self,
        event: Event,
        grant: &Grant,
        row: Option<&Row>,
    ) -> Result<Option<(Event, Vec<DocWrite>)>> {
        let Some(kept) = self.0.store.doc(DocKind::Grant, *grant.id.bytes()).await? else { return Ok(None) };
        let mut event = match (row, grant.record()) {
            (Some(row), _) => about(event, row),
            // A record that is gone has no key any more.
            (None, Some((entity, record))) => Event { entity: entity.0, record, ..event },
            (None, None) => event,
        };
        self.set_detail(&mut event, &json!({ "grant": grant.id, "to": grant.to, "by": grant.by }))?;
        Ok(Some((event, self.grant_gone(grant.id, kept.version).await?)))
    }

    /// The record of the grant, if it is over one that is there; nothing if the caller may not end it.
    async fn may_end(&self, caller: &Caller, grant: &Grant) -> Result<Option<Option<Row>>> {
        let row = match grant.record() {
            Some((_, record)) => self.0.store.row(record).await?,
            None => None,
        };
        let facts = match &row {
            Some(row) => Some(self.facts(row).await?.0),
            None => None,
        };
        Ok(ends(caller, grant, facts.as_ref()).then_some(row))
    }

    /// A grant as it is kept, and its version; nothing if it was ended a moment ago.
    pub(crate) async fn kept_grant(&self, id: GrantId) -> Result<Option<(GrantDoc, u64)>> {
        let Some(doc) = self.0.store.doc(DocKind::Grant, *id.bytes()).await? else { return Ok(None) };
        Ok(Some((GrantDoc::open(&self.0.vault, &doc)?, doc.version)))
    }

    /// A record that the caller may share.
    pub(crate) async fn to_share(
        &self,
        caller: &Caller,
        entity: &Entity,
        id: RecordId,
    ) -> Result<(Row, Facts)> {
        let (row, facts, _) = self.lookup(caller, entity, id).await?;
        if caller.policy.decide(&caller.actor, Action::Share, &facts).allow {
            return Ok((row, facts));
        }
        let fault = access::lacks_action(&caller.actor, Action::Share, entity);
        Err(self.refused(caller, row.entity, row.id, fault).await)
    }
}

/// Whether the caller may end a grant that is over a record with these facts, or over one that is gone, or over none.
pub(crate) fn ends(caller: &Caller, grant: &Grant, facts: Option<&Facts>) -> bool {
    let (me, policy) = (caller.actor.user, &*caller.policy);
    grant.to == Grantee::User(me)
        || grant.by == me
        || grant.over == Over::OwnedBy(me)
        || facts.is_some_and(|facts| policy.decide(&caller.actor, Action::Share, facts).allow)
        || policy.admin(&caller.actor, Thing::Users, Verb::Manage).is_ok()
}
