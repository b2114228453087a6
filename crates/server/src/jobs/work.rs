//! What can be ordered, and how it is done.

use super::ended::Worked;
use super::file::Made;
use super::job::{Course, State};
use super::order::{self, Head, ImportOrder, Order};
use super::{Desk, Detail, JobView, Jobs, Outcome};
use crate::export::Format;
use crate::routes::views::parse;
use axum::body::Bytes;
use kernel::{ApprovalId, Fault, JobId, Result};
use ledger::Act;
use records::{BulkOrder, Caller, ExportRequest, ImportOptions, ManyAct, Released, Taken, rights_held_by};
use schema::Entity;
use serde_json::json;
use store::{JobRow, JobWrite};

/// How often something approved is tried again.
const AGAIN: u32 = 3;

impl Jobs {
    /// Puts an order in the queue, with the event that tells of it. Its key is made before.
    ///
    /// # Errors
    /// Too many jobs of one user; no room; storage.
    pub(super) async fn order(
        &self,
        caller: &Caller,
        order: Order,
        head: Head,
        file: Vec<u8>,
    ) -> Result<Released<JobView>> {
        let id = self.0.engine.id();
        self.order_as(id, caller, order, head, file).await
    }

    async fn order_as(
        &self,
        id: JobId,
        caller: &Caller,
        order: Order,
        head: Head,
        file: Vec<u8>,
    ) -> Result<Released<JobView>> {
        let (engine, user) = (&self.0.engine, caller.actor.user);
        let head = Head {
            session: caller.actor.session,
            lang: caller.lang,
            rights: rights_held_by(&caller.policy, user, caller.actor.at),
            erased: engine.erased().await?,
            approved: caller.approved.as_deref().cloned(),
            ..head
        };
        let kind = order.kind();
        let course = Course {
            id,
            user,
            session: head.session,
            kind,
            entity: head.entity.clone(),
            state: State::Queued,
            done: 0,
            total: None,
            created_at: engine.now(),
            finished_at: None,
            stopping: false,
            of: head.of,
            parts: 0,
            kept: None,
        };
        let view = course.told(caller.lang, Detail::Counts, Default::default(), Default::default(), None);
        engine.make_job_key(id).await?;
        let ordered = async {
            let add = JobWrite::Add(order::sealed(engine, (id, user), order, head, file).await?);
            let detail = Some(json!({ "kind": kind.name() }));
            engine.job_told(caller, Act::JobStart, id, detail, vec![add], view).await
        };
        let ordered = ordered.await;
        match &ordered {
            Ok(_) => self.tell(user, id),
            Err(_) => engine.drop_job_keys(&[id]).await?,
        }
        ordered
    }

    /// Changes many records.
    ///
    /// # Errors
    /// As [`records::Engine::check_bulk`]; too many jobs.
    pub(crate) async fn bulk(&self, caller: &Caller, order: BulkOrder) -> Result<Released<JobView>> {
        self.0.engine.check_bulk(caller, &order).await?;
        self.0.engine.check_size(caller, &ManyAct::Bulk(order.clone())).await?;
        let head = Head::about(order.entity.clone());
        self.order(caller, Order::Bulk(order), head, Vec::new()).await
    }

    /// Hands over what a user owns, or only looks at what would become of it.
    ///
    /// # Errors
    /// As [`records::Engine::check_bulk`]; too many jobs.
    pub(crate) async fn hand_over_of(
        &self,
        caller: &Caller,
        order: BulkOrder,
        dry_run: bool,
    ) -> Result<Released<JobView>> {
        self.0.engine.check_bulk(caller, &order).await?;
        if !dry_run {
            self.0.engine.check_size(caller, &ManyAct::HandOver(order.clone())).await?;
        }
        let head = Head::about(order.entity.clone());
        let order = if dry_run { Order::HandOverCheck(order) } else { Order::HandOver(order) };
        self.order(caller, order, head, Vec::new()).await
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
        self.0.engine.check_export(caller, entity, &request).await?;
        request.max_bytes = Some(super::FILE_MAX);
        let request = Box::new(request);
        let (name, ending) = (entity.name.clone(), format.ending().to_owned());
        let act = ManyAct::Export { entity: name, format: ending, request: request.clone() };
        self.0.engine.check_size(caller, &act).await?;
        let head = Head::about(Some(entity.name.clone()));
        self.order(caller, Order::Export { format, request }, head, Vec::new()).await
    }

    /// Approves a request: what it asks for is done at once, or ordered, in the name of whoever asked.
    ///
    /// # Errors
    /// Not found for whoever cannot decide on it, and once somebody did; conflict if it cannot be done any more.
    pub(crate) async fn approve(&self, caller: &Caller, id: ApprovalId) -> Result<()> {
        let engine = &self.0.engine;
        let mut again = AGAIN;
        let done = loop {
            let job = engine.id();
            let taken = engine.take_approval(caller, id, job).await?;
            let done = self.do_approved(job, &taken).await;
            // Something beside it was written at that moment: once more as things are now. If it is the approved thing
            // itself that is another one, that is so the next time, too.
            if again > 0 && matches!(&done, Err(fault) if fault.kind == kernel::FaultKind::Stale) {
                again -= 1;
                continue;
            }
            break engine.finish_approval(caller, taken, done).await;
        };
        // Whatever came of it, no file may go on holding what was to be erased.
        self.drop_stale().await;
        done
    }

    async fn do_approved(&self, job: JobId, taken: &Taken) -> Result<()> {
        let (engine, asking) = (&self.0.engine, &taken.caller);
        engine.check_asked_act(asking, &taken.act).await?;
        let (order, entity) = match taken.act.clone() {
            ManyAct::Bulk(order) => (Order::Bulk(order.clone()), order.entity),
            ManyAct::HandOver(order) => (Order::HandOver(order.clone()), order.entity),
            ManyAct::Export { entity, format, mut request } => {
                let known = Format::ALL.into_iter().find(|one| one.ending() == format);
                let format = known.ok_or_else(|| Fault::bug("a format of files"))?;
                request.max_bytes = Some(super::FILE_MAX);
                (Order::Export { format, request }, Some(entity))
            }
            _ => return engine.carry_out(taken).await,
        };
        self.order_as(job, asking, order, Head::about(entity), Vec::new()).await.map(drop)
    }

    /// Brings in a file that was opened and looked at before.
    ///
    /// # Errors
    /// Too many jobs; no room for the file.
    pub(crate) async fn import(
        &self,
        caller: &Caller,
        entity: &Entity,
        order: ImportOrder,
        file: &Bytes,
    ) -> Result<Released<JobView>> {
        let head = Head::about(Some(entity.name.clone()));
        self.order(caller, Order::Import(order), head, file.to_vec()).await
    }

    /// Verifies the ledger and the rows.
    ///
    /// # Errors
    /// Forbidden without the right to read the ledger; too many jobs.
    pub(crate) async fn verify(&self, caller: &Caller) -> Result<Released<JobView>> {
        self.0.engine.check_verify(caller).await?;
        self.order(caller, Order::Verify, Head::about(None), Vec::new()).await
    }
}

impl Desk {
    /// Does a job, or goes on with it, under the rights of this moment.
    pub(super) async fn carry_out(self, caller: Caller, row: &JobRow, head: &Head) -> Worked {
        let engine = self.jobs.0.engine.clone();
        // It may have been ordered on another server.
        engine.refresh().await?;
        let caller = engine.present(&caller)?;
        let (order, file) = order::opened(&engine, row, head).await?;
        match order {
            Order::HandOverCheck(order) => {
                let at = |done, total| self.at(done, total);
                let report = engine.preview_hand_over(&caller, &order, &parse, &self.stop.0, &at).await?;
                Ok((Outcome::Bulk(report.into_inner()), None))
            }
            Order::Bulk(order) | Order::HandOver(order) => {
                let at = |done, total| self.at(done, total);
                let report = engine.bulk(&caller, &order, &parse, &self.stop.0, &at).await?;
                Ok((Outcome::Bulk(report.into_inner()), None))
            }
            Order::BulkUndo(act) => self.take_bulk(&caller, act).await,
            Order::ImportUndo(act) => self.take_import(&caller, act).await,
            Order::Export { format, request } => self.take_out(&caller, head, format, *request).await,
            Order::Import(order) => self.bring_in(&caller, head, order, file).await,
            Order::Verify => {
                let (desk, cancel) = (self.clone(), self.stop.0.clone());
                let verified = engine.verify(&caller, cancel, move |done, total| desk.at(done, total));
                Ok((Outcome::Verified(verified.await?.into_inner()), None))
            }
        }
    }

    async fn take_out(&self, caller: &Caller, head: &Head, format: Format, request: ExportRequest) -> Worked {
        let engine = &self.jobs.0.engine;
        let erased = engine.erased().await?;
        let of = entity(caller, head)?;
        let at = |done, total| self.at(done, total);
        let table = engine.export(caller, of, &request, &self.stop.0, &at).await?.into_inner();
        let (records, left_out) = (table.rows.len(), table.left_out);
        let name = format!("{}.{}", of.plural, format.ending());
        let write = move || format.write(&table);
        let bytes = tokio::task::spawn_blocking(write).await.map_err(Fault::bug)??;
        // The policy of the beginning: what changed until the end, changed it for this too.
        let rights = rights_held_by(&caller.policy, caller.actor.user, caller.actor.at);
        let made = Made { name, media_type: format.media_type(), bytes, rights, erased }.check()?;
        Ok((Outcome::Export { records, left_out }, Some(made)))
    }

    async fn bring_in(&self, caller: &Caller, head: &Head, order: ImportOrder, file: Vec<u8>) -> Worked {
        let of = entity(caller, head)?;
        let ImportOrder { name, sheet, mapping, mode, dry_run, resume } = order;
        let how = intake::Options { sheet, ..intake::Options::default() };
        let opened = name.clone();
        let open = move || intake::open_bytes(file, &opened, &how);
        let source = tokio::task::spawn_blocking(open).await.map_err(Fault::bug)??;
        let options = ImportOptions { name, mode, dry_run, resume, cancel: self.stop.0.clone() };
        let at = |done, total| self.at(done, total);
        let report = self.jobs.0.engine.import(caller, of, source, mapping, &options, &at).await?;
        Ok((Outcome::Import(Box::new(report.into_inner())), None))
    }
}

/// The entity that a job is about, as it is now.
fn entity<'a>(caller: &'a Caller, head: &Head) -> Result<&'a Entity> {
    head.entity.as_ref().and_then(|name| caller.policy.catalog.get(name)).ok_or_else(Fault::not_found)
}
