//! What jobs do, and what was done by jobs of earlier starts.

use super::{FileView, JobView, Jobs, Kind, Outcome};
use crate::export::Format;
use axum::body::Bytes;
use kernel::{Fault, FaultKind, JobId, Result, Text};
use ledger::Act;
use records::{BulkOrder, Caller, ExportRequest, Released};
use schema::Entity;

/// Jobs that a list shows.
const LISTED: usize = 100;

impl Jobs {
    /// Changes many records.
    ///
    /// # Errors
    /// As [`records::Engine::check_bulk`]; too many jobs.
    pub(crate) async fn bulk(&self, caller: &Caller, order: BulkOrder) -> Result<Released<JobView>> {
        let engine = self.0.engine.clone();
        engine.check_bulk(caller, &order).await?;
        let entity = Some(order.entity.clone());
        let id = self.start(caller, Kind::Bulk, entity, |desk, caller| async move {
            let report = engine
                .bulk(&caller, &order, &desk.cancel(), &|done, total| desk.at(done, total))
                .await?
                .into_inner();
            Ok(Outcome::Bulk(report))
        })?;
        self.started(caller, Kind::Bulk, id).await
    }

    /// Makes a file of records.
    ///
    /// # Errors
    /// As [`records::Engine::check_export`]; too many jobs.
    pub(crate) async fn export(
        &self,
        caller: &Caller,
        entity: &Entity,
        format: Format,
        mut request: ExportRequest,
    ) -> Result<Released<JobView>> {
        let engine = self.0.engine.clone();
        engine.check_export(caller, entity, &request).await?;
        request.max_bytes = Some(super::file::MAX.0);
        let (name, of) = (format!("{}.{}", entity.plural, format.ending()), entity.clone());
        let id = self.start(caller, Kind::Export, Some(entity.name.clone()), |desk, caller| async move {
            let erasures = engine.erasures();
            // The policy of the beginning: what changes until the end, changes it for this too.
            let now = engine.present(&caller)?;
            let at = |done, total| desk.at(done, total);
            let table = engine.export(&now, &of, &request, &desk.cancel(), &at).await?.into_inner();
            let records = table.rows.len();
            let write = move || format.write(&table);
            let bytes = tokio::task::spawn_blocking(write).await.map_err(Fault::bug)??;
            desk.keep(&now, name, format.media_type(), bytes, erasures)?;
            Ok(Outcome::Export { records })
        })?;
        self.started(caller, Kind::Export, id).await
    }

    /// The file of a job of the caller's own.
    ///
    /// # Errors
    /// Not found, also when it is gone.
    pub(crate) async fn file(&self, caller: &Caller, id: JobId) -> Result<(FileView, Released<Bytes>)> {
        self.drop_stale_files();
        let found = {
            let state = self.state();
            let job = state.jobs.get(&id).filter(|job| job.seen_by(&caller.actor));
            job.and_then(|job| job.file.as_ref()).map(|file| (file.view.clone(), file.bytes.clone()))
        };
        let Some((view, bytes)) = found else { return Err(self.0.engine.no_such_job(caller).await) };
        Ok((view, self.0.engine.job_told(caller, Act::JobFile, id, None, bytes).await?))
    }

    /// Takes back what a job did.
    ///
    /// # Errors
    /// Not found; conflict if there is nothing to undo.
    pub(crate) async fn undo(&self, caller: &Caller, id: JobId) -> Result<Released<JobView>> {
        let view = self.look(caller, id).await?;
        if !view.can_undo {
            return Err(not_undoable(&view));
        }
        let (engine, jobs, user) = (self.0.engine.clone(), self.clone(), caller.actor.user);
        self.begin_undo(id)?;
        let started = self.start(caller, Kind::BulkUndo, view.entity, |desk, caller| async move {
            let report = engine
                .undo_bulk(&caller, id.cast(), &desk.cancel(), &|done, total| desk.at(done, total))
                .await;
            let undone = engine.bulk_kept(user, id.cast()).await.ok().flatten().is_some_and(|k| k.undone);
            jobs.change(id, |job| (job.undoing, job.undone) = (false, undone));
            Ok(Outcome::Bulk(report?.into_inner()))
        });
        match started {
            Ok(new) => self.started(caller, Kind::BulkUndo, new).await,
            Err(fault) => {
                self.change(id, |job| job.undoing = false);
                Err(fault)
            }
        }
    }

    /// One undo at a time of a job.
    fn begin_undo(&self, id: JobId) -> Result<()> {
        let mut state = self.state();
        // One that is not here is of an earlier start: its document says whether it was undone.
        let Some(job) = state.jobs.get_mut(&id) else { return Ok(()) };
        if !job.can_undo() {
            return Err(not_undoable(&job.view(kernel::Lang::default())));
        }
        job.undoing = true;
        Ok(())
    }

    async fn started(&self, caller: &Caller, kind: Kind, id: JobId) -> Result<Released<JobView>> {
        let view = self.seen(&caller.actor, id, caller.lang).ok_or_else(|| Fault::bug("a job vanished"))?;
        self.0.engine.job_told(caller, Act::JobStart, id, Some(kind.name()), view).await
    }

    /// A job that the caller sees, of an earlier start too. Shown only once that is written down.
    async fn look(&self, caller: &Caller, id: JobId) -> Result<JobView> {
        if let Some(view) = self.seen(&caller.actor, id, caller.lang) {
            return Ok(view);
        }
        if caller.actor.token.is_none()
            && let Some(kept) = self.0.engine.bulk_kept(caller.actor.user, id.cast()).await?
        {
            return Ok(JobView::of_kept(kept, caller.lang));
        }
        Err(self.0.engine.no_such_job(caller).await)
    }

    /// One job of the caller's own.
    ///
    /// # Errors
    /// Not found.
    pub(crate) async fn read(&self, caller: &Caller, id: JobId) -> Result<Released<JobView>> {
        let view = self.look(caller, id).await?;
        self.0.engine.job_told(caller, Act::JobRead, id, None, view).await
    }

    /// The caller's own jobs, newest first.
    ///
    /// # Errors
    /// Storage.
    pub(crate) async fn list(&self, caller: &Caller) -> Result<Released<Vec<JobView>>> {
        let mut all = self.all(&caller.actor, caller.lang);
        if caller.actor.token.is_none() {
            for kept in self.0.engine.bulks_kept(caller.actor.user).await? {
                if !all.iter().any(|job| job.id == kept.id.cast()) {
                    all.push(JobView::of_kept(kept, caller.lang));
                }
            }
            all.sort_by_key(|job| std::cmp::Reverse(job.id));
        }
        all.truncate(LISTED);
        self.0.engine.job_told(caller, Act::JobRead, JobId::NIL, None, all).await
    }

    /// Stops a job of the caller's own.
    ///
    /// # Errors
    /// Not found; conflict if it has ended.
    pub(crate) async fn halt(&self, caller: &Caller, id: JobId) -> Result<Released<JobView>> {
        self.look(caller, id).await?;
        if !self.cancel(id) {
            let text = Text::of("To zadanie już się skończyło.", "This job has ended already.");
            return Err(Fault::new(FaultKind::Conflict, text));
        }
        let view = self.look(caller, id).await?;
        self.0.engine.job_told(caller, Act::JobCancel, id, None, view).await
    }
}

fn not_undoable(view: &JobView) -> Fault {
    let text = if view.undone {
        Text::of("To zadanie już cofnięto.", "This job was undone before.")
    } else {
        Text::of("Tego zadania nie można teraz cofnąć.", "This job cannot be undone now.")
    };
    Fault::new(FaultKind::Conflict, text)
}
