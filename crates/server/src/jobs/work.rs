//! What jobs do, and what was done by jobs of earlier starts.

use super::{Detail, FileView, JobView, Jobs, Kind, Ordered, Outcome};
use crate::app::App;
use crate::export::Format;
use access::{Thing, Verb};
use axum::body::Bytes;
use intake::{Mapping, Source};
use kernel::{Fault, FaultKind, JobId, Result, Text};
use ledger::Act;
use records::{BulkOrder, Caller, ExportRequest, ImportOptions, Released};
use schema::Entity;
use tokio::sync::OwnedSemaphorePermit;

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
        let ordered = self.start(caller, Kind::Bulk, entity, |desk, caller| async move {
            let report = engine
                .bulk(&caller, &order, &desk.cancel(), &|done, total| desk.at(done, total))
                .await?
                .into_inner();
            Ok(Outcome::Bulk(report))
        })?;
        self.started(caller, ordered).await
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
        request.max_bytes = Some(super::FILE_MAX);
        let (name, of) = (format!("{}.{}", entity.plural, format.ending()), entity.clone());
        let ordered =
            self.start(caller, Kind::Export, Some(entity.name.clone()), |desk, caller| async move {
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
        self.started(caller, ordered).await
    }

    /// The file of a job of the caller's own.
    ///
    /// # Errors
    /// Not found, also when it is gone.
    pub(crate) async fn file(&self, caller: &Caller, id: JobId) -> Result<(FileView, Released<Bytes>)> {
        let policy = self.0.engine.policy();
        let found = {
            let mut state = self.state();
            let job = state.jobs.get_mut(&id).filter(|job| job.seen_by(&caller.actor));
            job.and_then(|job| {
                job.forget_stale(&self.0.engine, &policy);
                job.file.as_ref().map(|file| (file.view.clone(), file.bytes.clone()))
            })
        };
        let Some((view, bytes)) = found else { return Err(self.0.engine.no_such_job(caller).await) };
        Ok((view, self.0.engine.job_told(caller, Act::JobFile, id, None, bytes).await?))
    }

    /// Brings in a file that was opened before; `room` is what its bytes take up until then.
    ///
    /// # Errors
    /// Too many jobs.
    pub(crate) async fn import(
        &self,
        caller: &Caller,
        entity: &Entity,
        file: (Source, Mapping, OwnedSemaphorePermit),
        mut options: ImportOptions,
    ) -> Result<Released<JobView>> {
        let (engine, of) = (self.0.engine.clone(), entity.clone());
        let kind = if options.dry_run { Kind::ImportDryRun } else { Kind::Import };
        let ordered = self.start(caller, kind, Some(entity.name.clone()), |desk, caller| async move {
            let (source, mapping, _room) = file;
            options.cancel = desk.cancel();
            let caller = engine.present(&caller)?;
            let at = |done, total| desk.at(done, total);
            let report = engine.import(&caller, &of, source, mapping, &options, &at).await?;
            Ok(Outcome::Import(Box::new(report.into_inner())))
        })?;
        self.started(caller, ordered).await
    }

    /// Verifies the ledger and the rows.
    ///
    /// # Errors
    /// Forbidden without the right to read the ledger; too many jobs.
    pub(crate) async fn verify(&self, caller: &Caller) -> Result<Released<JobView>> {
        let engine = self.0.engine.clone();
        engine.check_verify(caller).await?;
        let ordered = self.start(caller, Kind::Verify, None, |desk, caller| async move {
            let (caller, cancel) = (engine.present(&caller)?, desk.cancel());
            let verified = engine.verify(&caller, cancel, move |done, total| desk.at(done, total)).await?;
            Ok(Outcome::Verified(verified.into_inner()))
        })?;
        self.started(caller, ordered).await
    }

    /// Builds the index anew. Whether the caller may, was decided.
    ///
    /// # Errors
    /// Too many jobs.
    pub(crate) async fn rebuild(&self, app: &App, caller: &Caller) -> Result<Released<JobView>> {
        let app = app.clone();
        let ordered = self.start(caller, Kind::Rebuild, None, |desk, caller| async move {
            let _place = app.tasks().upkeep()?;
            app.engine().admin(&app.engine().present(&caller)?, Thing::System, Verb::Manage).await?;
            let records = app.engine().rebuild(&|done, total| desk.at(done, total)).await?;
            Ok(Outcome::Rebuilt { records })
        })?;
        self.started(caller, ordered).await
    }

    /// Lets a job begin, once it is written down that it was ordered.
    pub(super) async fn started(&self, caller: &Caller, ordered: Ordered) -> Result<Released<JobView>> {
        let Ordered { id, kind, go } = ordered;
        let view = self.seen(&caller.actor, id, caller.lang, Detail::Counts);
        let view = view.ok_or_else(|| Fault::bug("a job vanished"))?;
        let told = self.0.engine.job_told(caller, Act::JobStart, id, Some(kind.name()), view).await?;
        // It listens, unless the server is at its end.
        let _ = go.send(());
        Ok(told)
    }

    /// A job that the caller sees, of an earlier start too. Shown only once that is written down.
    pub(super) async fn look(&self, caller: &Caller, id: JobId, detail: Detail) -> Result<JobView> {
        if let Some(view) = self.seen(&caller.actor, id, caller.lang, detail) {
            return Ok(view);
        }
        if caller.actor.token.is_none()
            && let Some(kept) = self.0.engine.bulk_kept(caller.actor.user, id.cast()).await?
        {
            return Ok(JobView::of_kept(kept, caller.lang));
        }
        if caller.actor.token.is_none()
            && let Some(kept) = self.0.engine.import_kept(caller.actor.user, id.cast()).await?
        {
            return Ok(JobView::of_import(kept));
        }
        Err(self.0.engine.no_such_job(caller).await)
    }

    /// One job of the caller's own.
    ///
    /// # Errors
    /// Not found.
    pub(crate) async fn read(&self, caller: &Caller, id: JobId) -> Result<Released<JobView>> {
        let view = self.look(caller, id, Detail::All).await?;
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
        self.look(caller, id, Detail::Course).await?;
        if !self.cancel(id) {
            let text = Text::of(
                "To zadanie już się skończyło albo nie da się go przerwać.",
                "This job has already ended, or cannot be stopped.",
            );
            return Err(Fault::new(FaultKind::Conflict, text));
        }
        let view = self.look(caller, id, Detail::Counts).await?;
        self.0.engine.job_told(caller, Act::JobCancel, id, None, view).await
    }
}
