//! To whom a request for access goes: found out by a job, after whoever asked was answered.

use super::Order;
use crate::{Engine, JobPart, JobSeal};
use access::{Action, Actor, Facts, Policy, Scope};
use identity::{AccessQuestion, AccessRequest, AccessState, NoticeDoc, bare_doc, put_doc};
use kernel::{Fault, Result, SessionId, TeamId, Text, Time, UserId};
use ledger::{Act, Event};
use schema::{Entity, EntityCode};
use serde_json::json;
use std::collections::HashSet;
use store::{Batch, DocKind, DocWrite, JobHold, JobRow, JobWrite, Row};
use zeroize::Zeroizing;

/// People who are told of one request.
const TOLD: usize = 10;

impl Engine {
    /// Ends the job of a request for access: if there is such a record, the request comes before those who can decide on
    /// it. `result` is what is kept of the job.
    ///
    /// # Errors
    /// Stale if it is not held any more; storage.
    pub async fn route_access_request(&self, row: &JobRow, hold: JobHold, result: Vec<u8>) -> Result<()> {
        let order: Order = self.open_job(row.id, JobSeal::Head, &row.sealed)?;
        let end = JobWrite::End { hold, result, parts: Vec::new() };
        let reason = self.job_part(row.id, JobPart::Order, 0).await?.map(Zeroizing::new);
        let request = self.0.store.doc(DocKind::AccessRequest, *order.request.bytes()).await?;
        let request = request.map(|doc| AccessRequest::open(&self.0.vault, &doc)).transpose()?;
        let (Some(reason), Some(request)) = (reason, request) else {
            return self.job_left(row.id, end).await;
        };
        let open = request.state(self.now()) == AccessState::Asked && self.may_act(request.user);
        let record = self.0.store.row(request.record).await?.filter(|r| open && r.entity == request.entity);
        let Some(record) = record else { return self.job_left(row.id, end).await };
        let reason = std::str::from_utf8(&reason).map_err(Fault::bug)?;
        let mut batch = self.routed(row, request, &record, reason).await?;
        batch.jobs.push(end);
        self.0.store.commit(batch).await.map(drop)
    }

    async fn routed(
        &self,
        job: &JobRow,
        request: AccessRequest,
        record: &Row,
        reason: &str,
    ) -> Result<Batch> {
        let (facts, _) = self.facts(record).await?;
        let policy = self.policy();
        let entity = policy.catalog.by_code(EntityCode(record.entity));
        let told =
            entity.map_or_else(Vec::new, |entity| self.who_decides(&policy, entity, &facts, request.user));
        // The record's history does not tell who decides on what, nor that somebody does.
        let mut event = Event { part_of: job.id.cast(), ..self.system_event(Act::AccessRoute) };
        self.set_detail(&mut event, &json!({ "request": request.id, "user": request.user, "to": told }))?;
        let mut batch = Batch::new(event);
        if record.deleted_at.is_none() {
            batch.require.push((record.id, record.version));
        }
        let who = self.user_name(request.user).name;
        let title = Text::new(format!("Prośba o dostęp: {who}"), format!("Request for access: {who}"));
        let label = entity.map_or(Text::of("rekord", "record"), |entity| entity.label.clone());
        let body = Text::new(
            format!(
                "{who} prosi o dostęp do rekordu, który możesz udostępnić ({}). Powód i odpowiedź: strona „Prośby”. Prośba wygasa po 14 dniach.",
                label.pl.to_lowercase()
            ),
            format!(
                "{who} asks for access to a record that you may share ({}). Reason and answer: the page “Requests”. The request ends after 14 days.",
                label.en.to_lowercase()
            ),
        );
        for user in &told {
            batch.docs.push(self.access_notice(*user, "access-asked", title.clone(), body.clone())?);
        }
        let question = AccessQuestion::new(&self.0.vault, request, told, record.subject, reason)?;
        batch.docs.push(question.put(&self.0.vault, self.now())?);
        Ok(batch)
    }

    /// Who is told: the owner if that one may share the record; else whoever leads the team that it is of, or one above;
    /// else whoever may share it.
    fn who_decides(&self, policy: &Policy, entity: &Entity, facts: &Facts, asks: UserId) -> Vec<UserId> {
        let (now, directory) = (self.now(), self.directory());
        let able = |user: UserId| {
            let actor = Actor { user, session: SessionId::NIL, token: None, at: now };
            policy.decide(&actor, Action::Share, facts).allow.then_some(actor)
        };
        let people = directory.users.values();
        let people = people.filter(|user| user.id != asks && !user.is_service() && user.may_act(now));
        let mut able: Vec<(UserId, TeamId, Scope)> = people
            .filter_map(|user| able(user.id).map(|actor| (user, actor)))
            .map(|(user, actor)| (user.id, user.team, policy.scope(&actor, Action::Share, &entity.name)))
            .collect();
        able.sort_unstable();
        if able.iter().any(|(user, ..)| *user == facts.owner) {
            return vec![facts.owner];
        }
        let (mut team, mut passed) = (Some(facts.team), HashSet::new());
        while let Some(at) = team.filter(|team| !team.is_nil() && passed.insert(*team)) {
            let leads = able.iter().filter(|(_, of, scope)| *of == at && *scope >= Scope::Below);
            let leads: Vec<UserId> = leads.map(|(user, ..)| *user).take(TOLD).collect();
            if !leads.is_empty() {
                return leads;
            }
            team = policy.teams.get(&at).and_then(|team| team.parent);
        }
        able.into_iter().map(|(user, ..)| user).take(TOLD).collect()
    }

    /// A notification about a request for access. It names no record and quotes no reason: those go with the subject.
    pub(super) fn access_notice(&self, to: UserId, code: &str, title: Text, body: Text) -> Result<DocWrite> {
        let now: Time = self.now();
        let notice = NoticeDoc::new(code, title, body, now);
        let id: kernel::RecordId = self.id();
        put_doc(&self.0.vault, bare_doc(DocKind::Notice, *id.bytes(), 1, now, Some(to)), &notice)
    }
}
