//! Asking for access to a record. Whoever asks learns nothing of what there is: the same is written and answered
//! whatever stands under the id, and a job finds out who can decide. That a request was declined is not told either.

mod answer;
mod lapse;
mod route;

use crate::beside::seen;
use crate::grant_checks::tidy;
use crate::grant_terms::{moment_of, until_in_reach};
use crate::prepare::issue;
use crate::{Caller, Engine, JobPart, JobSeal, Masked, Released};
use access::{Action, Facts};
use identity::{AccessQuestion, AccessRequest, AccessState};
use kernel::{AccessRequestId, Fault, FaultKind, JobId, Named, RecordId, Result, Text, Time, UserId};
use ledger::{Act, Event};
use schema::{Entity, EntityCode};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Batch, DocKind, JobWrite, NewJob, Row};

pub use answer::ApproveInput;

/// Number of jobs that find out who can decide on a request for access.
pub const ACCESS_REQUEST: u16 = 22;
/// Requests of one user that nobody has granted and whose time is not over.
const OPEN: usize = 20;
/// Requests of one user that are looked at: more than can be kept of those that are open or were not granted.
const OF_ONE: u32 = 500;
/// Jobs that wait.
const WAITING: u32 = 2_000;
/// Times that a request is written anew, because its user asked for something else at the same moment.
const RACES: usize = 5;
/// Requests that are looked at for a list.
const LOOKED: usize = 5_000;
/// Requests in a list.
const LISTED: usize = 200;

/// What is asked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskInput {
    /// Why.
    pub reason: String,
    /// Until when access is wanted (RFC 3339).
    pub until: Option<String>,
}

/// A request for access.
#[derive(Clone, Debug, Serialize)]
pub struct AccessRequestView {
    /// Its id.
    pub id: AccessRequestId,
    /// The kind of record; none if there is no such kind any more.
    pub entity: Option<String>,
    /// Which.
    pub record: RecordId,
    /// How it stands.
    pub state: AccessState,
    /// When it was asked (RFC 3339).
    pub at: String,
    /// Until when it can be decided on (RFC 3339).
    pub ends_at: String,
    /// Until when access is wanted (RFC 3339).
    pub until: Option<String>,
    /// Who asks: to those who decide.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Named<UserId>>,
    /// Why: to those who decide.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What the job is to look for.
#[derive(Serialize, Deserialize)]
struct Order {
    request: AccessRequestId,
}

impl Engine {
    /// Asks for access to whatever stands under this id. Nothing is looked up but the caller's own requests: the answer
    /// and the work are the same whatever there is. Asked again while a request is open, nothing happens.
    ///
    /// # Errors
    /// Forbidden for a token; invalid without a reason; conflict with 20 open requests; too many if the queue is full.
    pub async fn ask_access(
        &self,
        caller: &Caller,
        entity: &Entity,
        record: RecordId,
        input: &AskInput,
    ) -> Result<Released<AccessRequestView>> {
        self.not_by_token(caller).await?;
        let now = self.now();
        let reason = tidy(&input.reason)?;
        let until = match moment_of("until", input.until.as_ref()).map_err(|i| Fault::fields(vec![i]))? {
            Some(until) if !until_in_reach(now, now, until) => return Err(wrong_until()),
            until => until,
        };
        for _ in 0..RACES {
            let asked = (entity, record, &*reason, until);
            if let Some(view) = self.ask_once(caller, asked).await? {
                return Ok(view);
            }
        }
        let text = Text::of(
            "Wysyłasz zbyt wiele próśb naraz. Spróbuj ponownie.",
            "You send too many requests at the same moment. Try again.",
        );
        Err(Fault::new(FaultKind::Conflict, text))
    }

    /// Asks, with what the caller asked before as it is now; nothing if the caller asked for more meanwhile.
    async fn ask_once(
        &self,
        caller: &Caller,
        (entity, record, reason, until): (&Entity, RecordId, &str, Option<Time>),
    ) -> Result<Option<Released<AccessRequestView>>> {
        let (now, user) = (self.now(), caller.actor.user);
        let own = self.own_requests(user).await?;
        let open = |r: &&AccessRequest| r.state(now) == AccessState::Asked;
        let mut event = Event { entity: entity.code.0, record, ..self.event(caller, Act::AccessAsk) };
        if let Some(before) =
            own.iter().filter(open).find(|r| (r.entity, r.record) == (entity.code.0, record))
        {
            self.set_detail(&mut event, &json!({ "request": before.id, "again": true }))?;
            let view = Masked::new(self.request_view(caller, before));
            return Ok(Some(view.release(&self.receipt(event).await?)));
        }
        if own.iter().filter(open).count() >= OPEN {
            return Err(too_many_open());
        }
        let id = self.id();
        let (entity, granted, told) = (entity.code.0, false, false);
        let request = AccessRequest { id, user, entity, record, at: now, until, granted, told };
        self.set_detail(&mut event, &json!({ "request": id, "until": until.map(Time::rfc3339) }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(request.put_new(&self.0.vault, now, &own)?);
        let (job, add) = self.looking(&request, reason).await?;
        batch.jobs.push(add);
        let done = self.0.store.commit(batch).await;
        match self.posted(Some(job), done).await {
            Err(fault) if fault.kind == FaultKind::Conflict => Ok(None),
            done => {
                let view = Masked::new(self.request_view(caller, &request));
                Ok(Some(view.release(&done?.receipt)))
            }
        }
    }

    /// The job that finds out who can decide. The reason is under a key of the job's own, which goes with it.
    async fn looking(&self, request: &AccessRequest, reason: &str) -> Result<(JobId, JobWrite)> {
        let job: JobId = self.id();
        self.make_job_key(job).await?;
        let sealed = || {
            Ok(NewJob {
                id: job,
                kind: ACCESS_REQUEST,
                user: UserId::NIL,
                created_at: self.now(),
                after_ms: 0,
                most: WAITING,
                sealed: self.seal_job(job, JobSeal::Head, &Order { request: request.id })?,
                parts: vec![self.seal_job_part(job, JobPart::Order, 0, reason.as_bytes())?],
            })
        };
        match sealed() {
            Ok(add) => Ok((job, JobWrite::Add(add))),
            Err(fault) => {
                self.drop_job_keys(&[job]).await?;
                Err(fault)
            }
        }
    }

    async fn own_requests(&self, user: UserId) -> Result<Vec<AccessRequest>> {
        let docs = self.0.store.docs_of_user(DocKind::AccessRequest, user, OF_ONE).await?;
        docs.iter().map(|doc| AccessRequest::open(&self.0.vault, doc)).collect()
    }

    /// The caller's own requests, newest first. What is told of one does not depend on what there is.
    ///
    /// # Errors
    /// Forbidden for a token; storage.
    pub async fn my_access_requests(&self, caller: &Caller) -> Result<Released<Vec<AccessRequestView>>> {
        self.not_by_token(caller).await?;
        let now = self.now();
        let own = self.own_requests(caller.actor.user).await?;
        let kept = own.iter().filter(|r| !r.is_over(now)).take(LISTED);
        let views = Masked::new(kept.map(|r| self.request_view(caller, r)).collect::<Vec<_>>());
        let receipt = self.receipt(self.event(caller, Act::AccessRequests)).await?;
        Ok(views.release(&receipt))
    }

    /// Requests that the caller can decide on, those first that end first.
    ///
    /// # Errors
    /// Forbidden for a token; storage.
    pub async fn access_requests_to_decide(
        &self,
        caller: &Caller,
    ) -> Result<Released<Vec<AccessRequestView>>> {
        self.not_by_token(caller).await?;
        let mut docs = self.0.store.docs(DocKind::AccessQuestion).await?;
        // Before any is opened: how long it takes does not tell whether there is something to decide on the caller's own.
        docs.retain(|doc| doc.user != Some(caller.actor.user));
        docs.sort_unstable_by_key(|doc| doc.id);
        let (mut views, mut touches) = (Vec::new(), Vec::new());
        for doc in docs.into_iter().take(LOOKED) {
            let question = AccessQuestion::open(&self.0.vault, &doc)?;
            let Some((row, _)) = self.to_decide(caller, &question).await? else { continue };
            let request = &question.request;
            touches.push(seen(row.entity, row.id));
            views.push(AccessRequestView {
                user: Some(self.user_name(request.user)),
                reason: question.reason(&self.0.vault),
                ..self.request_view(caller, request)
            });
            if views.len() == LISTED {
                break;
            }
        }
        let event = Event { touches, ..self.event(caller, Act::AccessRequests) };
        let receipt = self.receipt(event).await?;
        Ok(Masked::new(views).release(&receipt))
    }

    /// The record that a request is about, if the caller can decide on it now: it is open, whoever asks may act, and the
    /// caller is somebody else who may share the record.
    async fn to_decide(&self, caller: &Caller, question: &AccessQuestion) -> Result<Option<(Row, Facts)>> {
        let request = &question.request;
        let open = self.now() < request.ends_at() && self.may_act(request.user);
        let policy = &*caller.policy;
        let Some(entity) = policy.catalog.by_code(EntityCode(request.entity)) else { return Ok(None) };
        let shares = policy.scope(&caller.actor, Action::Share, &entity.name) > access::Scope::None;
        if !open || !shares || request.user == caller.actor.user {
            return Ok(None);
        }
        let Some(row) = self.0.store.row(request.record).await?.filter(|r| r.entity == request.entity) else {
            return Ok(None);
        };
        let (facts, _) = self.facts(&row).await?;
        let may = policy.decide(&caller.actor, Action::Share, &facts).allow;
        Ok(may.then_some((row, facts)))
    }

    fn request_view(&self, caller: &Caller, request: &AccessRequest) -> AccessRequestView {
        let entity = caller.policy.catalog.by_code(EntityCode(request.entity));
        AccessRequestView {
            id: request.id,
            entity: entity.map(|entity| entity.name.clone()),
            record: request.record,
            state: request.state(self.now()),
            at: request.at.rfc3339(),
            ends_at: request.ends_at().rfc3339(),
            until: request.until.map(Time::rfc3339),
            user: None,
            reason: None,
        }
    }
}

fn wrong_until() -> Fault {
    let text = Text::of(
        "Podaj datę w przyszłości, najwyżej za dwa lata.",
        "Give a time in the future, at most two years from now.",
    );
    issue("until", "out-of-range", text)
}

fn too_many_open() -> Fault {
    let text = Text::of(
        "Masz już 20 otwartych próśb o dostęp. Poczekaj na odpowiedź albo aż któraś wygaśnie po 14 dniach.",
        "You have 20 open requests for access already. Wait for an answer, or until one ends after 14 days.",
    );
    Fault::new(FaultKind::Conflict, text)
}
