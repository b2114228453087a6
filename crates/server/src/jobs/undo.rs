//! Taking back what jobs did.

use super::job::Job;
use super::{Desk, Detail, JobView, Jobs, Kind, Outcome};
use kernel::{Fault, FaultKind, JobId, Result, Text};
use records::{Caller, Engine, Released};

impl Jobs {
    /// Takes back what a job did.
    ///
    /// # Errors
    /// Not found; conflict if there is nothing to undo.
    pub(crate) async fn undo(&self, caller: &Caller, id: JobId) -> Result<Released<JobView>> {
        let view = self.look(caller, id, Detail::Course).await?;
        if !view.can_undo {
            return Err(not_undoable(view.undone));
        }
        let import = view.kind == Kind::Import.name();
        let kind = if import { Kind::ImportUndo } else { Kind::BulkUndo };
        let (act, undoing) = self.begin_undo(id)?;
        let engine = self.0.engine.clone();
        let ordered = self.start(caller, kind, view.entity, |desk, caller| async move {
            let (undone, outcome) = match import {
                true => take_import(&engine, &caller, act).await,
                false => take_bulk(&engine, &caller, act, &desk).await,
            };
            undoing.ended(act, undone);
            outcome
        })?;
        self.started(caller, ordered).await
    }

    /// An act was taken back: every job that is that act, such as an import and what went on with it, says so.
    pub(crate) fn undone(&self, act: JobId) {
        let of = |(id, job): (&JobId, &mut Job)| {
            job.undone |= job.act() == act;
            (job.act() == act).then_some((job.user, *id))
        };
        let told: Vec<_> = self.state().jobs.iter_mut().filter_map(of).collect();
        for change in told {
            let _ = self.0.changed.send(change);
        }
    }

    /// One undo at a time of a job. Also the act that is undone.
    fn begin_undo(&self, id: JobId) -> Result<(JobId, Undoing)> {
        let mut state = self.state();
        let mut act = id;
        // One that is not here is of an earlier start: its document says whether it was undone.
        if let Some(job) = state.jobs.get_mut(&id) {
            if !job.can_undo() {
                return Err(not_undoable(job.undone));
            }
            job.undoing = true;
            act = job.act();
        }
        Ok((act, Undoing { jobs: self.clone(), id }))
    }
}

/// Held as long as a job is being undone, or waits for it; however that ends.
struct Undoing {
    jobs: Jobs,
    id: JobId,
}

impl Undoing {
    fn ended(self, act: JobId, undone: bool) {
        if undone {
            self.jobs.undone(act);
        }
    }
}

impl Drop for Undoing {
    fn drop(&mut self) {
        self.jobs.change(self.id, |job| job.undoing = false);
    }
}

/// Whether it is undone now, and what came of it.
async fn take_import(engine: &Engine, caller: &Caller, act: JobId) -> (bool, Result<Outcome>) {
    let done = match engine.present(caller) {
        Ok(now) => engine.undo_import(&now, act.cast()).await,
        Err(fault) => Err(fault),
    };
    let kept = engine.import_kept(caller.actor.user, act.cast()).await.ok().flatten();
    (kept.is_some_and(|k| k.undone), done.map(|undone| Outcome::ImportUndone(undone.into_inner())))
}

async fn take_bulk(engine: &Engine, caller: &Caller, act: JobId, desk: &Desk) -> (bool, Result<Outcome>) {
    let at = |done, total| desk.at(done, total);
    let done = engine.undo_bulk(caller, act.cast(), &desk.cancel(), &at).await;
    let kept = engine.bulk_kept(caller.actor.user, act.cast()).await.ok().flatten();
    (kept.is_some_and(|k| k.undone), done.map(|report| Outcome::Bulk(report.into_inner())))
}

fn not_undoable(undone: bool) -> Fault {
    let text = if undone {
        Text::of("To zadanie już cofnięto.", "This job has already been undone.")
    } else {
        Text::of("Tego zadania nie można teraz cofnąć.", "This job cannot be undone now.")
    };
    Fault::new(FaultKind::Conflict, text)
}
