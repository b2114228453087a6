//! Letters on their way: each is a job of the program, sealed under a key of its own that goes when the letter has
//! left, so that no old copy of the data holds a link that opens.

use crate::{Engine, JobPart, JobSeal};
use identity::{Link, Purpose, link_id, load_user};
use kernel::{Fault, JobId, Lang, Result, Time, UserId};
use ledger::{Act, Event};
use mail::Letter;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Batch, DocKind, JobHold, JobRow, JobWrite, NewJob};
use zeroize::Zeroizing;

/// Number of jobs that are letters.
pub const MAIL: u16 = 20;
/// Number of jobs that look for whoever forgot a password.
pub const RESET: u16 = 21;
/// Jobs of the program that wait or run.
const WAITING: u32 = 2_000;
/// Of them, with how many nobody may ask for another password any more: anybody can ask, and letters that users act
/// on keep their room.
pub(crate) const RESETS_WAITING: u32 = 500;

/// A letter to a user.
#[derive(Clone, Serialize, Deserialize)]
pub struct Posted {
    /// What it says.
    pub letter: Letter,
    /// To whom.
    pub user: UserId,
    /// At which address.
    pub to: String,
    /// In which language.
    pub lang: Lang,
    /// The secret of the link in it.
    pub secret: Option<Zeroizing<String>>,
    /// What that link is good for: once it is not, nobody needs the letter.
    pub purpose: Option<Purpose>,
    /// After that it is not sent.
    pub until: Time,
}

/// A letter that goes into the queue with a batch.
pub(crate) struct Posting {
    job: JobId,
    pub add: JobWrite,
}

impl Engine {
    /// Seals a letter for the queue. Its key is made before.
    pub(crate) async fn posting(&self, posted: &Posted) -> Result<Posting> {
        let job = self.id();
        self.make_job_key(job).await?;
        let sealed = || {
            let plain = Zeroizing::new(serde_json::to_vec(posted).map_err(Fault::bug)?);
            let part = self.seal_job_part(job, JobPart::Order, 0, &plain)?;
            Ok(NewJob {
                id: job,
                kind: MAIL,
                user: UserId::NIL,
                created_at: self.now(),
                after_ms: 0,
                most: WAITING,
                sealed: self.seal_job(job, JobSeal::Head, &json!({}))?,
                parts: vec![part],
            })
        };
        match sealed() {
            Ok(add) => Ok(Posting { job, add: JobWrite::Add(add) }),
            Err(fault) => {
                self.drop_job_keys(&[job]).await?;
                Err(fault)
            }
        }
    }

    /// Lets the key of a letter go if its batch did not commit.
    pub(crate) async fn posted<T>(&self, posting: Option<JobId>, done: Result<T>) -> Result<T> {
        // What failed may have failed after the commit: then the letter is on its way.
        if let (Some(job), Err(_)) = (posting, &done)
            && self.0.store.job(job).await?.is_none()
        {
            self.drop_job_keys(&[job]).await?;
        }
        done
    }

    /// As [`Engine::posted`], of several.
    pub(crate) async fn posted_all<T>(&self, jobs: &[JobId], mut done: Result<T>) -> Result<T> {
        for job in jobs {
            done = self.posted(Some(*job), done).await;
        }
        done
    }

    /// The letter that a job is; nothing once its key or its content is gone.
    ///
    /// # Errors
    /// Corrupt; storage.
    pub async fn letter(&self, row: &JobRow) -> Result<Option<Posted>> {
        let Some(plain) = self.job_part(row.id, JobPart::Order, 0).await?.map(Zeroizing::new) else {
            return Ok(None);
        };
        let posted = serde_json::from_slice(&plain).map_err(|e| {
            Fault::corrupt(format!("letter {}: line {} column {}", row.id, e.line(), e.column()))
        })?;
        Ok(Some(posted))
    }

    /// Whether a letter still has its reason: it is not too late, the user is not suspended and has this address,
    /// and the link in it is good.
    ///
    /// # Errors
    /// Corrupt; storage.
    pub async fn is_wanted(&self, posted: &Posted) -> Result<bool> {
        let inner = &self.0;
        let Some(doc) = inner.store.doc(DocKind::User, *posted.user.bytes()).await? else { return Ok(false) };
        let user = load_user(&inner.vault, &doc)?;
        // What is about an address goes to one that is not, or may soon not be, the user's.
        let elsewhere = matches!(posted.purpose, Some(Purpose::Email | Purpose::EmailRefusal));
        let reached = match posted.letter {
            // Unless it was set back meanwhile.
            Letter::EmailChanged => user.doc.email != posted.to,
            _ => elsewhere || user.doc.email == posted.to,
        };
        if self.now() >= posted.until || !user.doc.may_act(self.now()) || !reached {
            return Ok(false);
        }
        let (Some(purpose), Some(secret)) = (posted.purpose, &posted.secret) else { return Ok(true) };
        let id = link_id(&inner.vault, purpose, posted.user);
        let Some(doc) = inner.store.doc(DocKind::Link, id).await? else { return Ok(false) };
        let own = doc.key == Some(inner.vault.mac("link", secret.as_bytes()));
        Ok(own && Link::open(&inner.vault, &doc)?.doc.is_good(&user, self.now()))
    }

    /// Writes that a letter is about to be handed over: nothing leaves before that is durable, and nothing by whom it
    /// is no longer held.
    ///
    /// # Errors
    /// Stale if another server has it; storage.
    pub async fn note_sending(&self, row: &JobRow, hold: JobHold, posted: &Posted) -> Result<()> {
        let mut event = Event { part_of: row.id.cast(), ..self.system_event(Act::MailSend) };
        self.set_detail(&mut event, &json!({ "user": posted.user, "letter": posted.letter.name() }))?;
        let mut batch = Batch::new(event);
        batch.jobs.push(JobWrite::Held(hold));
        self.0.store.commit(batch).await.map(drop)
    }
}

impl Posting {
    pub(crate) const fn job(&self) -> JobId {
        self.job
    }
}
