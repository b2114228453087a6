//! What comes of a job that is over, and how that is kept.

use super::file::Made;
use super::job::{Kind, Stop};
use super::kept::{Holds, Kept};
use super::order::{self, Head};
use super::{Jobs, Outcome};
use kernel::{Fault, FaultKind, JobId, Result};
use records::{Caller, JobPart, JobSeal};
use store::{JobHold, JobRow, JobWrite};

/// What a work came to, and the file that it made.
pub(super) type Worked = Result<(Outcome, Option<Made>)>;

/// What a work came to, and what of that is kept in parts.
pub(super) struct Sealed {
    outcome: Outcome,
    holds: Option<Holds>,
    parts: Vec<Vec<u8>>,
}

impl Sealed {
    /// One of which nothing is kept in parts.
    pub(super) const fn of(outcome: Outcome) -> Self {
        Self { outcome, holds: None, parts: Vec::new() }
    }
}

impl Jobs {
    /// Writes down how it ended.
    pub(super) async fn finish(
        &self,
        caller: &Caller,
        (row, head, hold): (&JobRow, &Head, JobHold),
        stop: &Stop,
        ended: Result<Sealed>,
    ) -> Result<()> {
        let engine = &self.0.engine;
        let kind = Kind::of_number(row.kind).ok_or_else(|| Fault::bug("a kind of job"))?;
        let (ended, holds, parts) = match ended {
            Ok(Sealed { outcome, holds, parts }) => (Ok(outcome), holds, parts),
            Err(fault) => (Err(fault), None, Vec::new()),
        };
        if let Err(Fault { internal: Some(note), .. }) = &ended {
            tracing::error!(job = %row.id, note, "a job failed");
        }
        let far = self.far(row.id).unwrap_or((row.done, row.total));
        let mut kept = Kept::of((row.id, kind), far, stop.asked(), &ended);
        if ended.is_err() {
            kept.changed = self.has_changed(row.id, kind).await?;
        }
        if ended.as_ref().is_err_and(|fault| kind.tries_again(fault)) && !stop.asked() {
            // Of one that is given up, what was ordered stays, so that it can be tried once more.
            kept.holds = Some(Holds { rights: head.rights, erased: head.erased, ..Holds::default() });
            let result = engine.seal_job(row.id, JobSeal::Result, &kept)?;
            let write = hold.failed(row.tries(), result, engine.random());
            let state = if matches!(write, JobWrite::GiveUp { .. }) { "dead" } else { "later" };
            tracing::Span::current().record("job.state", state);
            return engine.job_ended(caller, kind.name(), state, write).await;
        }
        tracing::Span::current().record("job.state", kept.state.name());
        kept.holds = holds;
        let own = kept.holds.as_ref().is_some_and(|holds| holds.open < parts.len());
        let result = engine.seal_job(row.id, JobSeal::Result, &kept)?;
        let write = JobWrite::End { hold, result, parts };
        match engine.job_ended(caller, kind.name(), kept.state.name(), write).await {
            Err(fault) if matches!(fault.kind, FaultKind::TooMany | FaultKind::Full) => {
                // No room for what it made or reported: it ends without.
                let ended = if matches!(ended, Ok(Outcome::Export { .. })) { Err(fault) } else { ended };
                let kept =
                    Kept { changed: kept.changed, ..Kept::of((row.id, kind), far, stop.asked(), &ended) };
                let result = engine.seal_job(row.id, JobSeal::Result, &kept)?;
                let write = JobWrite::End { hold, result, parts: Vec::new() };
                engine.job_ended(caller, kind.name(), kept.state.name(), write).await?;
                self.let_go(row.id).await;
            }
            Err(fault) => return Err(fault),
            Ok(()) if own => {}
            Ok(()) => self.let_go(row.id).await,
        }
        if kept.holds.is_some_and(|holds| holds.rows > 0)
            && let Err(fault) = self.limit_rows(row.user).await
        {
            tracing::warn!(%fault, "rows of reports beyond what is kept are still there");
        }
        // Somebody may have been erased while it was at it, or by it: taking back an import destroys keys.
        self.drop_stale().await;
        if let Some(of) = head.of {
            self.tell(row.user, of);
        }
        Ok(())
    }

    /// Whether one that was cut short, in this attempt or before, changed records.
    pub(super) async fn has_changed(&self, id: JobId, kind: Kind) -> Result<bool> {
        if !matches!(kind, Kind::Bulk | Kind::HandOver | Kind::Import) {
            return Ok(false);
        }
        let engine = &self.0.engine;
        let changed = !engine.store().changes_of_act(id.cast(), 0, 1).await?.is_empty();
        Ok(changed || engine.act_gave(id.cast()).await?)
    }

    /// Lets the key of a job go of which nothing is left that it seals.
    pub(super) async fn let_go(&self, id: JobId) {
        if let Err(fault) = self.0.engine.drop_job_keys(&[id]).await {
            // It goes with the job, in a day.
            tracing::warn!(%fault, job = %id, "the key of a job that is over is still kept");
        }
    }

    /// Seals what is kept in parts of what a work came to. A large file takes as long as a lease may last, so this
    /// is part of the work, and the lease is renewed beside it.
    pub(super) async fn sealed(&self, id: JobId, head: &Head, worked: Worked) -> Result<Sealed> {
        let (outcome, made) = worked?;
        let engine = self.0.engine.clone();
        if let Some(made) = made {
            let expires_at = engine.now().plus_s(super::file::KEPT_S);
            let Made { name, media_type, bytes, rights, erased } = made;
            let media_type = media_type.to_owned();
            let file = super::file::KeptFile { name, media_type, size: bytes.len(), expires_at };
            let holds = Some(Holds { rights, erased, file: Some(file), ..Holds::default() });
            let seal = move || order::seal_parts(&engine, id, JobPart::Made, 0, &[&bytes]);
            let parts = tokio::task::spawn_blocking(seal).await.map_err(Fault::bug)??;
            return Ok(Sealed { outcome, holds, parts });
        }
        let Some((rows, values)) = outcome.rows() else { return Ok(Sealed::of(outcome)) };
        let mut holds =
            Holds { rows: rows.len(), rights: head.rights, erased: head.erased, ..Holds::default() };
        let seal = move || {
            let rows = serde_json::to_vec(&rows).map_err(Fault::bug)?;
            let mut parts = order::seal_parts(&engine, id, JobPart::Report, 0, &[&rows])?;
            holds.open = parts.len();
            if values.iter().any(Option::is_some) {
                let values = serde_json::to_vec(&values).map_err(Fault::bug)?;
                parts.extend(order::seal_parts(&engine, id, JobPart::Made, holds.open, &[&values])?);
            }
            Ok::<_, Fault>((Some(holds), parts))
        };
        let (holds, parts) = tokio::task::spawn_blocking(seal).await.map_err(Fault::bug)??;
        Ok(Sealed { outcome, holds, parts })
    }
}
