//! Looking at jobs and stopping them.

use super::file::Stays;
use super::job::{Course, Marks};
use super::kept::Kept;
use super::order::open_parts;
use super::{Detail, FileView, JobView, Jobs};
use access::Actor;
use axum::body::Bytes;
use kernel::{Fault, FaultKind, JobId, Lang, Result, Text, UserId};
use ledger::Act;
use records::{Caller, JobPart, JobSeal, Released};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use store::JobWrite;

use super::job::Kind;

/// Jobs that a list shows.
const LISTED: usize = 100;

/// A job that was looked for.
pub(super) struct Found {
    pub(super) view: JobView,
    /// The act that it is.
    pub(super) act: JobId,
    /// As the queue has it, if it still does.
    pub(super) course: Option<Course>,
}

impl Jobs {
    /// A job of this user, wherever it is done.
    async fn find(&self, user: UserId, id: JobId) -> Result<Option<Course>> {
        if let Some(course) = self.here(id) {
            return Ok(Some(course).filter(|course| course.user == user));
        }
        let row = self.0.engine.store().job(id).await?.filter(|row| row.user == user);
        let course = row.map(|row| self.course(&row)).transpose()?;
        // It may have been taken, or have ended, between the two looks.
        Ok(self.here(id).or(course))
    }

    /// A job that is done here.
    fn here(&self, id: JobId) -> Option<Course> {
        self.state().runs.get(&id).map(|run| Course { stopping: run.stop.asked(), ..run.course.clone() })
    }

    /// How a job of this user goes; not what came of it.
    ///
    /// # Errors
    /// Storage.
    pub async fn get(&self, user: UserId, id: JobId) -> Result<Option<JobView>> {
        let Some(course) = self.find(user, id).await? else { return Ok(None) };
        self.told(course, Lang::default(), Detail::Course).await.map(Some)
    }

    /// The ids of the newest jobs that an actor sees.
    ///
    /// # Errors
    /// Storage.
    pub(crate) async fn ids(&self, actor: &Actor) -> Result<Vec<JobId>> {
        Ok(self.courses(actor).await?.into_iter().map(|course| course.id).collect())
    }

    /// The newest jobs that an actor sees, newest first.
    async fn courses(&self, actor: &Actor) -> Result<Vec<Course>> {
        let rows = self.0.engine.store().jobs_of_user(actor.user, LISTED as u32).await?;
        let mut all: HashMap<JobId, Course> = HashMap::new();
        for row in rows {
            match self.course(&row) {
                Ok(course) => drop(all.insert(row.id, course)),
                Err(fault) => tracing::error!(%fault, job = %row.id, "a job cannot be opened"),
            }
        }
        let here: Vec<JobId> = self.state().runs.keys().copied().collect();
        all.extend(here.into_iter().filter_map(|id| self.here(id)).map(|course| (course.id, course)));
        let mut all: Vec<Course> = all.into_values().filter(|course| course.seen_by(actor)).collect();
        all.sort_by_key(|course| std::cmp::Reverse(course.id));
        Ok(all)
    }

    /// Whether it was undone, or is being.
    async fn marks(&self, course: &Course) -> Result<Marks> {
        let (engine, user, act) = (&self.0.engine, course.user, course.act());
        let undone = match course.kind {
            Kind::Bulk | Kind::HandOver => {
                engine.bulk_kept(user, act.cast()).await?.is_some_and(|kept| kept.undone)
            }
            Kind::Import => engine.import_kept(user, act.cast()).await?.is_some_and(|kept| kept.undone),
            _ => return Ok(Marks::default()),
        };
        let changed = course.kept.as_ref().is_some_and(|kept| kept.changed);
        let undoing = changed && !undone && self.undoing(user).await?.contains(&act);
        Ok(Marks { undone, undoing })
    }

    /// The acts of a user that are being taken back, or wait for it.
    pub(super) async fn undoing(&self, user: UserId) -> Result<HashSet<JobId>> {
        let rows = self.0.engine.store().jobs_of_user(user, LISTED as u32).await?;
        let open = rows.iter().filter(|row| row.state.is_open());
        Ok(open.filter_map(|row| self.head(row).ok()?.of).collect())
    }

    async fn told(&self, course: Course, lang: Lang, detail: Detail) -> Result<JobView> {
        let marks = self.marks(&course).await?;
        let stays = match course.kept.as_ref().is_some_and(|kept| kept.holds.is_some()) {
            true => self.stays(&course, &self.moment().await?),
            false => Stays::default(),
        };
        let rows = if detail == Detail::All { self.rows(&course, stays).await? } else { None };
        Ok(course.told(lang, detail, marks, stays, rows))
    }

    /// The rows of a report, as far as they may still be shown; none of a job that has no such report.
    async fn rows(&self, course: &Course, stays: Stays) -> Result<Option<Value>> {
        if !course.kind.imports() {
            return Ok(None);
        }
        let none = Some(Value::Array(Vec::new()));
        let holds = course.kept.as_ref().and_then(|kept| kept.holds.as_ref());
        let Some(holds) = holds.filter(|holds| stays.open && holds.rows > 0) else { return Ok(none) };
        let engine = &self.0.engine;
        let Some(rows) = open_parts(engine, course.id, JobPart::Report, 0..holds.open).await? else {
            return Ok(none);
        };
        let mut rows: Vec<Value> = serde_json::from_slice(&rows).map_err(Fault::bug)?;
        let values = if stays.own { self.bytes(course, holds).await? } else { None };
        if let Some(values) = values {
            let values: Vec<Option<String>> = serde_json::from_slice(&values).map_err(Fault::bug)?;
            for (row, value) in rows.iter_mut().zip(values) {
                if let (Some(row), Some(value)) = (row.as_object_mut(), value) {
                    row.insert("value".to_owned(), Value::String(value));
                }
            }
        }
        Ok(Some(Value::Array(rows)))
    }

    /// A job that the caller sees, also one that is kept as an act alone. Shown only once that is written down.
    pub(super) async fn look(&self, caller: &Caller, id: JobId, detail: Detail) -> Result<Found> {
        let engine = &self.0.engine;
        let user = caller.actor.user;
        if let Some(course) = self.find(user, id).await? {
            if !course.seen_by(&caller.actor) {
                return Err(engine.no_such_job(caller).await);
            }
            let act = course.act();
            let view = self.told(course.clone(), caller.lang, detail).await?;
            return Ok(Found { view, act, course: Some(course) });
        }
        if caller.actor.token.is_none() {
            let bulk = engine.bulk_kept(user, id.cast()).await?;
            let mut view = match bulk {
                Some(kept) => Some(JobView::of_kept(kept, caller.lang)),
                None => engine.import_kept(user, id.cast()).await?.map(JobView::of_import),
            };
            if let Some(view) = view.as_mut().filter(|view| view.can_undo) {
                view.can_undo = !self.undoing(user).await?.contains(&id);
            }
            if let Some(view) = view {
                return Ok(Found { view, act: id, course: None });
            }
        }
        Err(engine.no_such_job(caller).await)
    }

    /// One job of the caller's own.
    ///
    /// # Errors
    /// Not found.
    pub(crate) async fn read(&self, caller: &Caller, id: JobId) -> Result<Released<JobView>> {
        let found = self.look(caller, id, Detail::All).await?;
        self.0.engine.job_told(caller, Act::JobRead, id, None, Vec::new(), found.view).await
    }

    /// The caller's own jobs, newest first, without the rows of their reports.
    ///
    /// # Errors
    /// Storage.
    pub(crate) async fn list(&self, caller: &Caller) -> Result<Released<Vec<JobView>>> {
        let (user, lang) = (caller.actor.user, caller.lang);
        let engine = &self.0.engine;
        let courses = self.courses(&caller.actor).await?;
        let bulks = engine.bulks_kept(user).await?;
        let undone: HashSet<JobId> = bulks.iter().filter(|b| b.undone).map(|b| b.id.cast()).collect();
        let open = courses.iter().filter(|course| !course.state.ended());
        let undoing: HashSet<JobId> = open.filter_map(|course| course.of).collect();
        let holds = |course: &Course| course.kept.as_ref().is_some_and(|kept| kept.holds.is_some());
        let moment = match courses.iter().any(holds) {
            true => Some(self.moment().await?),
            false => None,
        };
        let mut all = Vec::with_capacity(courses.len());
        for course in courses {
            let act = course.act();
            let mut marks = Marks { undone: undone.contains(&act), undoing: undoing.contains(&act) };
            if course.kind == Kind::Import && course.state.ended() {
                marks.undone = engine.import_kept(user, act.cast()).await?.is_some_and(|kept| kept.undone);
            }
            let stays = moment.as_ref().map_or(Stays::default(), |moment| self.stays(&course, moment));
            all.push(course.told(lang, Detail::Counts, marks, stays, None));
        }
        if caller.actor.token.is_none() {
            let known: HashSet<JobId> = all.iter().map(|job| job.id).collect();
            let older = bulks.into_iter().filter(|kept| !known.contains(&kept.id.cast()));
            all.extend(older.map(|kept| JobView::of_kept(kept, lang)));
            all.sort_by_key(|job| std::cmp::Reverse(job.id));
        }
        all.truncate(LISTED);
        engine.job_told(caller, Act::JobRead, JobId::NIL, None, Vec::new(), all).await
    }

    /// The file of a job of the caller's own.
    ///
    /// # Errors
    /// Not found, also when it is gone.
    pub(crate) async fn file(&self, caller: &Caller, id: JobId) -> Result<(FileView, Released<Bytes>)> {
        let engine = &self.0.engine;
        let course = self.find(caller.actor.user, id).await?.filter(|course| course.seen_by(&caller.actor));
        if let Some(course) = course
            && let Some(holds) = course.kept.as_ref().and_then(|kept| kept.holds.clone())
            && let Some(file) = holds.file.clone()
            && self.stays(&course, &self.moment().await?).own
            && let Some(bytes) = self.bytes(&course, &holds).await?
        {
            let told =
                engine.job_told(caller, Act::JobFile, id, None, Vec::new(), Bytes::from(bytes)).await?;
            return Ok((file.view(), told));
        }
        Err(engine.no_such_job(caller).await)
    }

    /// Stops a job of the caller's own, wherever it is done.
    ///
    /// # Errors
    /// Not found; conflict if it has ended.
    pub(crate) async fn halt(&self, caller: &Caller, id: JobId) -> Result<Released<JobView>> {
        // Once more if it was taken just then.
        for _ in 0..3 {
            let found = self.look(caller, id, Detail::Counts).await?;
            let Some(course) = found.course.filter(Course::can_cancel) else { break };
            match self.try_halt(caller, course, found.view).await {
                Err(fault) if fault.kind == FaultKind::Stale => {}
                done => return done,
            }
        }
        let text = Text::of(
            "To zadanie już się skończyło albo nie da się go przerwać.",
            "This job has already ended, or cannot be stopped.",
        );
        Err(Fault::new(FaultKind::Conflict, text))
    }

    async fn try_halt(&self, caller: &Caller, course: Course, view: JobView) -> Result<Released<JobView>> {
        let (engine, id, user) = (&self.0.engine, course.id, course.user);
        let waits = course.state == super::job::State::Queued;
        let (write, view) = if waits {
            // It may wait for a further attempt.
            let changed = self.has_changed(id, course.kind).await?;
            let kept = Kept { done: course.done, total: course.total, act: id, changed, ..Kept::default() };
            let result = engine.seal_job(id, JobSeal::Result, &kept)?;
            let state = kept.state.name();
            let finished_at = Some(engine.now().rfc3339());
            let view = JobView { state, finished_at, can_undo: changed, can_cancel: false, ..view };
            (JobWrite::Withdraw { id, result }, view)
        } else {
            (JobWrite::Stop(id), JobView { can_cancel: false, ..view })
        };
        let told = engine.job_told(caller, Act::JobCancel, id, None, vec![write], view).await?;
        if let Some(run) = self.state().runs.get(&id) {
            run.stop.ask();
        }
        if waits {
            engine.drop_job_keys(&[id]).await?;
        }
        self.tell(user, id);
        if let Some(of) = course.of {
            self.tell(user, of);
        }
        Ok(told)
    }
}
