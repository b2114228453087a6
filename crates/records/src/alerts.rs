//! Letters that say what a notice about a user's own account does.

use crate::{Engine, JobSeal, Posted};
use identity::{Alert, NoticeDoc, has_confirmed, load_user, open_doc};
use kernel::{FaultKind, Result};
use ledger::{Act, Event};
use mail::Letter;
use store::{Batch, DocKind, JobHold, JobRow, JobWrite};

/// Milliseconds for which such a letter is of use.
const NEWS_MS: i64 = 24 * 3_600_000;
/// Letters that wait with which such a one is left out: those that users act on keep their room.
const WAITING: u32 = 250;

impl Engine {
    /// Ends the job of a notice: a letter goes to the user whose it is, if mail reached that user at the present address,
    /// and the notice is there. `result` is what is kept of the job.
    ///
    /// # Errors
    /// Stale if it is not held any more; storage.
    pub async fn answer_alert(
        &self,
        row: &JobRow,
        hold: JobHold,
        result: Vec<u8>,
        mails: bool,
    ) -> Result<()> {
        let alert: Alert = self.open_job(row.id, JobSeal::Head, &row.sealed)?;
        let end = JobWrite::End { hold, result, parts: Vec::new() };
        let posted = if mails { self.posted_of(&alert, row).await? } else { None };
        let Some(posted) = posted else { return self.job_left(row.id, end).await };
        let mut posting = self.posting(&posted).await?;
        if let JobWrite::Add(letter) = &mut posting.add {
            letter.most = WAITING;
        }
        let job = posting.job();
        let mut batch = Batch::new(Event { part_of: row.id.cast(), ..self.system_event(Act::JobEnd) });
        batch.jobs.extend([end.clone(), posting.add]);
        let done = self.0.store.commit(batch).await;
        match self.posted(Some(job), done).await {
            // The notice is there all the same.
            Err(fault) if fault.kind == FaultKind::TooMany => self.job_left(row.id, end).await,
            done => done.map(drop),
        }
    }

    async fn posted_of(&self, alert: &Alert, row: &JobRow) -> Result<Option<Posted>> {
        let (store, vault) = (&self.0.store, &self.0.vault);
        let Some(user) = store.doc(DocKind::User, *alert.user.bytes()).await? else { return Ok(None) };
        let user = load_user(vault, &user)?;
        let Some(doc) = store.doc(DocKind::Notice, *alert.notice.bytes()).await? else { return Ok(None) };
        if doc.user != Some(alert.user) || !has_confirmed(store, vault, &user).await? {
            return Ok(None);
        }
        let notice: NoticeDoc = open_doc(vault, &doc)?;
        Ok(Some(Posted {
            letter: Letter::Alert { title: notice.title, body: notice.letter.unwrap_or(notice.body) },
            user: alert.user,
            to: user.doc.email,
            lang: user.doc.lang,
            secret: None,
            purpose: None,
            until: row.created_at.plus_ms(NEWS_MS),
        }))
    }
}
