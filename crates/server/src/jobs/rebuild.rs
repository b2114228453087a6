//! Building the index anew: of this server's index alone, so it is not in the queue.

use super::job::{Course, Kind, State, Stop};
use super::kept::Kept;
use super::{Desk, Detail, JobView, Jobs, Outcome, Run};
use crate::app::App;
use access::{Thing, Verb};
use kernel::{Fault, FaultKind, Result, Text};
use records::{Caller, Released};
use serde_json::json;
use std::sync::Arc;

/// Seconds for which one that ended is told of, and how many of all users.
const KEPT: (i64, usize) = (86_400, 100);

impl Jobs {
    /// Builds the index anew. Whether the caller may, was decided.
    ///
    /// # Errors
    /// Unavailable when the server stops; storage.
    pub(crate) async fn rebuild(&self, app: &App, caller: &Caller) -> Result<Released<JobView>> {
        let engine = &self.0.engine;
        let course = Course {
            id: engine.id(),
            user: caller.actor.user,
            session: caller.actor.session,
            kind: Kind::Rebuild,
            entity: None,
            state: State::Running,
            done: 0,
            total: None,
            created_at: engine.now(),
            finished_at: None,
            stopping: false,
            of: None,
            parts: 0,
            kept: None,
        };
        let id = course.id;
        let view =
            course.clone().told(caller.lang, Detail::Counts, Default::default(), Default::default(), None);
        let told = engine.rebuild_told(caller, id, &json!({ "kind": Kind::Rebuild.name() }), view).await?;
        let stop = Arc::new(Stop::default());
        let desk = Desk { jobs: self.clone(), id, stop: stop.clone() };
        let (app, caller) = (app.clone(), Caller { part_of: id.cast(), ..caller.clone() });
        let mut state = self.state();
        if state.closed {
            let text = Text::of("Serwer kończy pracę.", "The server is stopping.");
            return Err(Fault::new(FaultKind::Unavailable, text).retry_after_s(10));
        }
        state.shed(engine.now());
        let task = tokio::spawn(async move {
            let (jobs, working) = (desk.jobs.clone(), desk.clone());
            let work = async move { working.rebuild(&app, &caller).await };
            // A task of its own, so that a panic ends the job and not this.
            let done = tokio::spawn(work).await.unwrap_or_else(|e| Err(Fault::bug(e)));
            jobs.rebuilt(&desk, &done);
        });
        let run = Run { course, hold: None, told_at: None, stop, task: Some(task) };
        state.runs.insert(id, run);
        Ok(told)
    }

    fn rebuilt(&self, desk: &Desk, done: &Result<Outcome>) {
        if let Err(fault) = done {
            tracing::warn!(%fault, job = %desk.id, "the index was not built anew");
        }
        let user = {
            let mut state = self.state();
            let Some(run) = state.runs.get_mut(&desk.id) else { return };
            let course = &mut run.course;
            let kept = Kept::of((desk.id, course.kind), (course.done, course.total), false, done);
            (course.state, course.finished_at) = (kept.state, Some(self.0.engine.now()));
            course.kept = Some(kept);
            run.task = None;
            course.user
        };
        self.tell(user, desk.id);
    }
}

impl Desk {
    async fn rebuild(&self, app: &App, caller: &Caller) -> Result<Outcome> {
        let _place = app.tasks().upkeep()?;
        let engine = app.engine();
        engine.admin(&engine.present(caller)?, Thing::System, Verb::Manage).await?;
        let records = engine.rebuild(&|done, total| self.at(done, total)).await?;
        Ok(Outcome::Rebuilt { records })
    }
}

impl super::Register {
    /// Forgets rebuilds that ended long ago, or are more than are kept.
    fn shed(&mut self, now: kernel::Time) {
        let before = now.plus_s(-KEPT.0);
        self.runs.retain(|_, run| run.course.finished_at.is_none_or(|at| at >= before));
        let ended: Vec<_> =
            self.runs.iter().filter(|(_, run)| run.course.finished_at.is_some()).map(|(id, _)| *id).collect();
        for id in ended.iter().rev().skip(KEPT.1) {
            self.runs.remove(id);
        }
    }
}
