//! Deciding on a request for access: it is granted as any grant is given, or declined without a word.

use super::OF_ONE;
use crate::grants::{Answered, TRIES};
use crate::read::about;
use crate::{Caller, Engine, GrantInput, GrantView, Released};
use access::{Grant, Grantee};
use identity::{AccessQuestion, AccessRequest, AccessState};
use kernel::{AccessRequestId, Fault, FaultKind, RecordId, Result, RoleId, Text, Time};
use ledger::Act;
use schema::EntityCode;
use serde::Deserialize;
use serde_json::json;
use store::{Batch, Doc, DocKind, DocWrite, Row};

/// What is granted to whoever asked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApproveInput {
    /// The role on the record.
    pub role: RoleId,
    /// Whether over what hangs on the record too.
    #[serde(default)]
    pub with_related: bool,
    /// Of the record itself no other fields than these.
    pub fields: Option<Vec<String>>,
    /// Until then (RFC 3339).
    pub until: String,
}

impl Engine {
    /// Grants what was asked for: with every check of a grant, and in the same commit as the end of the request.
    ///
    /// # Errors
    /// Not found for whoever cannot decide on it, and once somebody did; as [`Engine::grant`].
    pub async fn approve_access(
        &self,
        caller: &Caller,
        id: AccessRequestId,
        input: ApproveInput,
    ) -> Result<Released<GrantView>> {
        for _ in 1..TRIES {
            match self.approve_access_now(caller, id, input.clone()).await {
                Err(fault) if fault.kind == FaultKind::Stale => {}
                done => return done,
            }
        }
        self.approve_access_now(caller, id, input).await
    }

    async fn approve_access_now(
        &self,
        caller: &Caller,
        id: AccessRequestId,
        input: ApproveInput,
    ) -> Result<Released<GrantView>> {
        let (doc, question, row) = self.asked(caller, id).await?;
        let request = &question.request;
        let kept = self.0.store.doc(DocKind::AccessRequest, doc.id).await?.ok_or_else(Fault::not_found)?;
        let reason = question.reason(&self.0.vault).ok_or_else(Fault::not_found)?;
        let entity = caller.policy.catalog.by_code(EntityCode(request.entity));
        let entity = entity.ok_or_else(|| Fault::bug("a record of no entity"))?;
        let ends = Time::parse(&input.until);
        let granted = AccessRequest { granted: true, ..request.clone() };
        let mut event = about(self.event(caller, Act::AccessApprove), &row);
        self.set_detail(&mut event, &json!({ "request": id, "user": request.user }))?;
        let docs = vec![
            DocWrite::Remove(DocKind::AccessQuestion, doc.id, doc.version),
            granted.put(&self.0.vault, self.now(), kept.version)?,
            self.granted_notice(caller, request, ends)?,
        ];
        let input = GrantInput {
            to: Grantee::User(request.user),
            role: input.role,
            with_related: input.with_related,
            fields: input.fields,
            reason,
            from: None,
            until: Some(input.until),
        };
        self.grant_as(caller, entity, row.id, input, Some(Answered { event, docs })).await
    }

    fn granted_notice(
        &self,
        caller: &Caller,
        request: &AccessRequest,
        ends: Option<Time>,
    ) -> Result<DocWrite> {
        let who = self.user_name(caller.actor.user).name;
        let (at, end) = (self.moment(request.at), ends.map(|at| self.moment(at)).unwrap_or_default());
        let body = Text::new(
            format!(
                "Prośba z {}. Dostępu udziela {who}. Wygaśnie: {}. Rekord otworzysz ze strony „Prośby”.",
                at.pl, end.pl
            ),
            format!(
                "Asked on {}. {who} gives you access. It ends: {}. Open the record from the page “Requests”.",
                at.en, end.en
            ),
        );
        let title =
            Text::of("Masz dostęp do rekordu, o który prosisz", "You have access to a record you asked for");
        self.access_notice(request.user, "access-granted", title, body)
    }

    /// What a user asked for and is given unasked needs no answer any more: in the same batch as the grant.
    pub(crate) async fn answer_requests(
        &self,
        caller: &Caller,
        row: &Row,
        grant: &Grant,
        batch: &mut Batch,
    ) -> Result<()> {
        let Grantee::User(user) = grant.to else { return Ok(()) };
        let now = self.now();
        for doc in self.0.store.docs_of_user(DocKind::AccessRequest, user, OF_ONE).await? {
            let request = AccessRequest::open(&self.0.vault, &doc)?;
            let about_it = (request.entity, request.record) == (row.entity, row.id);
            if !about_it || request.state(now) != AccessState::Asked {
                continue;
            }
            let mut event = about(self.event(caller, Act::AccessApprove), row);
            self.set_detail(&mut event, &json!({ "request": request.id, "user": user }))?;
            batch.more_events.push(event);
            if let Some(kept) = self.0.store.doc(DocKind::AccessQuestion, doc.id).await? {
                batch.docs.push(DocWrite::Remove(DocKind::AccessQuestion, kept.id, kept.version));
            }
            let granted = AccessRequest { granted: true, ..request };
            batch.docs.push(granted.put(&self.0.vault, now, doc.version)?);
        }
        Ok(())
    }

    /// Declines a request. Whoever asked is not told before its time is over, and then as of what does not exist.
    ///
    /// # Errors
    /// Not found for whoever cannot decide on it, and once somebody did.
    pub async fn decline_access(&self, caller: &Caller, id: AccessRequestId) -> Result<()> {
        let (doc, question, _) = self.asked(caller, id).await?;
        // The record's history does not tell of it: whoever asked may see that.
        let mut event = self.event(caller, Act::AccessDecline);
        self.set_detail(&mut event, &json!({ "request": id, "user": question.request.user }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(DocWrite::Remove(DocKind::AccessQuestion, doc.id, doc.version));
        self.0.store.commit(batch).await.map(drop)
    }

    /// A request that the caller can decide on.
    async fn asked(&self, caller: &Caller, id: AccessRequestId) -> Result<(Doc, AccessQuestion, Row)> {
        self.not_by_token(caller).await?;
        if let Some(doc) = self.0.store.doc(DocKind::AccessQuestion, *id.bytes()).await? {
            let question = AccessQuestion::open(&self.0.vault, &doc)?;
            if let Some((row, _)) = self.to_decide(caller, &question).await? {
                return Ok((doc, question, row));
            }
        }
        Err(self.refused(caller, 0, RecordId::NIL, Fault::not_found()).await)
    }
}
