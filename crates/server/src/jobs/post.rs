//! Letters: jobs of the program, handed to the mail server one after the other.

use super::Jobs;
use super::job::Kind;
use super::kept::Kept;
use super::outcome::Outcome;
use crate::config::Config;
use crate::link::link;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use kernel::{Fault, FaultKind, JobId, Result, Text, UserId};
use ledger::Act;
use mail::{Envelope, Refusal, Relay};
use records::{JobSeal, Posted, RESET_MS};
use std::num::NonZeroU32;
use std::time::Duration;
use store::{Batch, JobHold, JobRow, JobWrite, Take};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Others may take a letter that nothing was heard of for so long: longer than handing it over can last.
const LEASE: Duration = Duration::from_secs(120);
/// The queue is looked into at least so often.
const LOOK: Duration = Duration::from_secs(1);
/// And where no mail leaves from here but the store can be shared, so that a server from which it does is there first.
/// Whether there is one is not known: none says that it is there.
const LOOK_WITHOUT: Duration = Duration::from_secs(60);
/// And where no mail leaves and there can be no other server.
const LOOK_ALONE: Duration = Duration::from_secs(5);

/// How long a letter that is on its way may keep a server from stopping.
const PATIENCE: Duration = Duration::from_secs(3);

/// Where letters go from here.
pub(crate) struct PostOffice {
    relay: Option<Relay>,
    /// Where links lead.
    address: String,
    rate: DefaultDirectRateLimiter,
}

impl PostOffice {
    /// As it is set.
    ///
    /// # Errors
    /// The settings do not fit together, or a file of theirs cannot be used.
    pub(crate) fn new(config: &Config) -> Result<Self> {
        let (relay, address) = (config.relay()?, config.address()?);
        let a_minute = config.mail.as_ref().and_then(|mail| NonZeroU32::new(mail.per_minute));
        let rate = RateLimiter::direct(Quota::per_minute(a_minute.unwrap_or(NonZeroU32::MIN)));
        Ok(Self { relay, address, rate })
    }
}

impl Jobs {
    /// Hands over the letters in the queue, and finds out who forgot a password, until it is dropped.
    pub(crate) async fn deliver(self, post: PostOffice) {
        let mut bell = self.0.engine.store().bell();
        while !self.state().closed {
            if post.relay.is_none() {
                let maybe_others = self.0.engine.store().is_shared();
                tokio::time::sleep(if maybe_others { LOOK_WITHOUT } else { LOOK_ALONE }).await;
            }
            match self.deliver_next(&post).await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(fault) => tracing::warn!(%fault, "letters"),
            }
            let _ = timeout(LOOK, bell.changed()).await;
        }
    }

    /// Ends that. A letter on its way is waited for a little; then it is another server's at once.
    pub(crate) async fn stop_delivering(&self, mut task: JoinHandle<()>) {
        let under_way = self.state().letter.is_some();
        if !(under_way && timeout(PATIENCE, &mut task).await.is_ok()) {
            task.abort();
            let _ = task.await;
        }
        let left = self.state().letter.take();
        if let Some(hold) = left {
            self.put_away(JobWrite::Leave(hold), (hold.id, UserId::NIL)).await;
        }
    }

    /// Whether there was anything to do.
    async fn deliver_next(&self, post: &PostOffice) -> Result<bool> {
        let lease_ms = i64::try_from(LEASE.as_millis()).map_err(Fault::bug)?;
        let kinds = Kind::POSTED.map(|kind| kind as u16).to_vec();
        let take = Take { server: self.0.server, lease_ms, kinds, of_user: 1 };
        let Some(row) = self.0.engine.store().take_job(take).await? else { return Ok(false) };
        let hold = JobHold { id: row.id, server: self.0.server, attempt: row.attempts };
        self.state().letter = Some(hold);
        let done = if row.is_spent() {
            Err(Fault::bug("its servers ended while they were at it"))
        } else if row.kind != Kind::Mail as u16 {
            self.answer(post, &row, hold).await
        } else {
            self.hand_over(post, &row, hold).await
        };
        let ended = self.end_letter(&row, hold, done).await;
        self.state().letter = None;
        ended
    }

    async fn end_letter(&self, row: &JobRow, hold: JobHold, done: Result<()>) -> Result<bool> {
        match done {
            // Another server has it.
            Err(fault) if fault.kind == FaultKind::Stale => Ok(true),
            Err(fault) => {
                let result = self.kept(row, &Err(fault.clone()))?;
                // What cannot be read never can be; whatever else is in the way may be away for as long as the
                // letter is wanted.
                let random = self.0.engine.random();
                if matches!(fault.kind, FaultKind::Corrupt | FaultKind::Internal) {
                    let write = hold.failed(row.tries(), result, random);
                    let over = matches!(write, JobWrite::GiveUp { .. });
                    self.put_away(write, (row.id, row.user)).await;
                    if over {
                        self.forget_letter(row.id).await;
                    }
                } else {
                    self.put_away(hold.put_off(result, random), (row.id, row.user)).await;
                }
                Err(fault)
            }
            Ok(()) => Ok(true),
        }
    }

    async fn answer(&self, post: &PostOffice, row: &JobRow, hold: JobHold) -> Result<()> {
        self.0.engine.refresh().await?;
        let result = self.kept(row, &Ok(Outcome::Nothing))?;
        let maybe_others = self.0.engine.store().is_shared();
        if post.relay.is_none() && maybe_others && self.0.engine.now() < row.created_at.plus_ms(RESET_MS) {
            // Mail may leave from another server of the database, if there is one.
            let later = hold.put_off(result, self.0.engine.random());
            return self.0.engine.job_left(row.id, later).await;
        }
        let (engine, mails) = (&self.0.engine, post.relay.is_some());
        if row.kind == Kind::Alert as u16 {
            return engine.answer_alert(row, hold, result, mails).await;
        }
        engine.answer_reset(row, hold, result, mails).await
    }

    async fn hand_over(&self, post: &PostOffice, row: &JobRow, hold: JobHold) -> Result<()> {
        let engine = &self.0.engine;
        let wanted = match engine.letter(row).await? {
            Some(posted) if engine.is_wanted(&posted).await? => Some(posted),
            _ => None,
        };
        let ended = match &wanted {
            Some(posted) => self.try_letter(post, (row, hold), posted).await?,
            None => Ok(()),
        };
        let (over, given_up) =
            (!matches!(ended, Err(Refusal::ForNow(_))), matches!(ended, Err(Refusal::ForGood(_))));
        let write = match ended {
            Ok(()) => {
                let result = self.kept(row, &Ok(Outcome::Nothing))?;
                JobWrite::End { hold, result, parts: Vec::new() }
            }
            Err(Refusal::ForGood(code)) => {
                JobWrite::GiveUp { hold, result: self.kept(row, &Err(refused(code)))? }
            }
            Err(Refusal::ForNow(note)) => {
                tracing::warn!(note, job = %row.id, "the mail server did not take a letter");
                hold.put_off(self.kept(row, &Err(not_now()))?, engine.random())
            }
        };
        engine.job_left(row.id, write).await?;
        match (over, given_up) {
            (_, true) => self.forget_letter(row.id).await,
            (true, false) => self.let_go(row.id).await,
            _ => {}
        }
        Ok(())
    }

    /// Leaves nothing of a letter that was given up but how it went.
    pub(super) async fn forget_letter(&self, id: JobId) {
        self.let_go(id).await;
        let event = ledger::Event { part_of: id.cast(), ..self.0.engine.system_event(Act::JobForget) };
        let mut batch = Batch::new(event);
        batch.jobs.push(JobWrite::Cut { id, parts: 0 });
        match self.0.engine.store().commit(batch).await {
            Err(fault) if fault.kind != FaultKind::Stale => {
                tracing::warn!(%fault, job = %id, "a letter that was given up is still kept, and nobody can open it");
            }
            _ => {}
        }
    }

    async fn try_letter(
        &self,
        post: &PostOffice,
        (row, hold): (&JobRow, JobHold),
        posted: &Posted,
    ) -> Result<std::result::Result<(), Refusal>> {
        let Some(relay) = &post.relay else {
            return Ok(Err(Refusal::ForNow("none is set".to_owned())));
        };
        if post.rate.check().is_err() {
            return Ok(Err(Refusal::ForNow("as many letters went out in this minute as may".to_owned())));
        }
        let engine = &self.0.engine;
        engine.note_sending(row, hold, posted).await?;
        let address = posted.secret.as_ref().map(|secret| link(&post.address, secret));
        let whose = engine.directory();
        let told = posted.letter.told(posted.lang, (&whose.organisation, engine.zone()), address);
        let envelope = Envelope { to: posted.to.clone(), id: row.id.to_string(), at: row.created_at };
        Ok(relay.send(&envelope, &told).await)
    }

    /// What is kept of a letter: how it went, nothing of what it says.
    pub(super) fn kept(&self, row: &JobRow, ended: &Result<Outcome>) -> Result<Vec<u8>> {
        let kind = Kind::of_number(row.kind).ok_or_else(|| Fault::bug("a kind of job"))?;
        self.0.engine.seal_job(row.id, JobSeal::Result, &Kept::of((row.id, kind), (0, None), false, ended))
    }
}

fn refused(code: u16) -> Fault {
    Fault::invalid(Text::new(
        format!("Serwer poczty odmówił przyjęcia listu: {code}. Sprawdź adres odbiorcy i nadawcy."),
        format!(
            "The mail server refused the letter: {code}. Check the recipient's address and the sender's."
        ),
    ))
}

fn not_now() -> Fault {
    let text = Text::of("Serwer poczty nie przyjął listu.", "The mail server did not take the letter.");
    Fault::new(FaultKind::Unavailable, text)
}
