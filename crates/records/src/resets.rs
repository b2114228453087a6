//! Forgotten passwords: whoever asks learns nothing, and a letter goes to the user with that name, if there is one.

use crate::post::{Posting, RESET, RESETS_WAITING};
use crate::{Engine, JobSeal};
use identity::{
    Client, Link, LinkDoc, Purpose, User, fold_login, has_confirmed, link_id, load_user, login_key,
};
use kernel::{JobId, Result, UserId};
use ledger::{Act, Event, Who};
use mail::Letter;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Batch, DocKind, JobHold, JobRow, JobWrite, NewJob};

/// Milliseconds for which a link to a new password is good.
pub const RESET_MS: i64 = 30 * 60_000;
/// Milliseconds before another one is made for the same user. It doubles with each that is not used, up to the time
/// for which one is good: whoever asks in somebody else's name fills no mailbox, and the last letter opens.
const AGAIN_MS: i64 = 5 * 60_000;
/// Milliseconds after which it is forgotten that any were made.
const FORGET_MS: i64 = 24 * 3_600_000;

impl Engine {
    /// Somebody forgot a password. Nothing is looked up: the same is written whoever it is, and a job finds out.
    ///
    /// # Errors
    /// Too many if the queue is full; storage.
    pub async fn ask_reset(&self, login: &str, client: &Client) -> Result<()> {
        let id: JobId = self.id();
        let name = hex::encode(self.0.vault.mac("attempts", fold_login(login).as_bytes()));
        let event = Event { who: Who::Nobody, part_of: id.cast(), ..self.system_event(Act::ResetAsk) };
        let mut batch = Batch::new(self.by_client(event, json!({ "name": name }), client)?);
        let order = ResetOrder { key: login_key(&self.0.vault, login) };
        batch.jobs.push(JobWrite::Add(NewJob {
            id,
            kind: RESET,
            user: UserId::NIL,
            created_at: self.now(),
            after_ms: 0,
            most: RESETS_WAITING,
            sealed: self.seal_job(id, JobSeal::Head, &order)?,
            parts: Vec::new(),
        }));
        self.0.store.commit(batch).await.map(drop)
    }

    /// Ends the job of somebody who forgot a password: a letter with a link goes to the user with this name, if
    /// there is one that is not suspended, has a password that counts and was reached by mail before, and got none just now.
    /// `result` is what is kept of the job.
    ///
    /// # Errors
    /// Stale if it is not held any more; storage.
    pub async fn answer_reset(
        &self,
        row: &JobRow,
        hold: JobHold,
        result: Vec<u8>,
        mails: bool,
    ) -> Result<()> {
        let order: ResetOrder = self.open_job(row.id, JobSeal::Head, &row.sealed)?;
        let end = JobWrite::End { hold, result, parts: Vec::new() };
        let user = self.0.store.doc_by_key(DocKind::User, order.key).await?;
        let user = user.map(|doc| load_user(&self.0.vault, &doc)).transpose()?;
        let user = match user {
            Some(user) if mails => self.gets_reset(&user).await?.map(|unused| (user, unused)),
            _ => None,
        };
        let Some((user, unused)) = user else { return self.job_left(row.id, end).await };
        let now = self.now();
        let ends_at = now.plus_ms(RESET_MS);
        let doc = LinkDoc { unused, ..LinkDoc::of(&user, Purpose::Reset, true, (now, ends_at)) };
        let (_, write, posting) = self.new_link(&user, &doc, Letter::Reset { ends_at }).await?;
        let mut event = Event { part_of: row.id.cast(), ..self.system_event(Act::ResetSend) };
        self.set_detail(&mut event, &json!({ "user": user.doc.id, "ends_at": ends_at.rfc3339() }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(write);
        let job = posting.as_ref().map(Posting::job);
        batch.jobs.push(end);
        batch.jobs.extend(posting.map(|p| p.add));
        let done = self.0.store.commit(batch).await;
        self.posted(job, done).await.map(drop)
    }

    /// Whether a user gets a link now: after how many that were not used.
    async fn gets_reset(&self, user: &User) -> Result<Option<u32>> {
        let (inner, now) = (&self.0, self.now());
        let counts = user.doc.password.is_some() && inner.identity.password_counts(&user.doc.login);
        if !user.doc.may_act(now) || !counts {
            return Ok(None);
        }
        let id = link_id(&inner.vault, Purpose::Reset, user.doc.id);
        let last = inner.store.doc(DocKind::Link, id).await?;
        let last = last.map(|doc| Link::open(&inner.vault, &doc)).transpose()?.map(|link| link.doc);
        // One that a change of the user ended neither opens nor counts.
        let stood = |link: &LinkDoc| {
            link.is_good(user, link.made_at) && (link.made_at..link.made_at.plus_ms(FORGET_MS)).contains(&now)
        };
        let unused = match last.filter(stood) {
            Some(link) if now < link.made_at.plus_ms(pause_ms(link.unused)) => return Ok(None),
            Some(link) => link.unused.saturating_add(1),
            None => 0,
        };
        Ok(has_confirmed(&inner.store, &inner.vault, user).await?.then_some(unused))
    }
}

/// How long nobody gets another link after one, if so many before it were not used.
pub(crate) fn pause_ms(unused: u32) -> i64 {
    (AGAIN_MS << unused.min(8)).min(RESET_MS)
}

/// Whom a new password is for: the key under which the user is found, if there is one.
#[derive(Serialize, Deserialize)]
struct ResetOrder {
    key: [u8; 32],
}
