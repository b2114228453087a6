//! Taking back what jobs did.

use super::{Desk, JobView, Jobs, Kind, Outcome};
use kernel::{Fault, FaultKind, JobId, Result, Text};
use records::{Caller, Engine, Released};

impl Jobs {
    /// Takes back what a job did.
    ///
    /// # Errors
    /// Not found; conflict if there is nothing to undo.
    pub(crate) async fn undo(&self, caller: &Caller, id: JobId) -> Result<Released<JobView>> {
        let view = self.look(caller, id).await?;
        if !view.can_undo {
            return Err(not_undoable(&view));
        }
        let import = view.kind == Kind::Import.name();
        let kind = if import { Kind::ImportUndo } else { Kind::BulkUndo };
        // An import that went on where another was cut short is that other act.
        let act = view.result.as_ref().and_then(|r| r.get("id")?.as_str()?.parse().ok()).unwrap_or(id);
        self.begin_undo(id)?;
        let (engine, jobs) = (self.0.engine.clone(), self.clone());
        let started = self.start(caller, kind, view.entity, |desk, caller| async move {
            let (undone, outcome) = match import {
                true => take_import(&engine, &caller, act).await,
                false => take_bulk(&engine, &caller, act, &desk).await,
            };
            jobs.change(id, |job| (job.undoing, job.undone) = (false, undone));
            outcome
        });
        match started {
            Ok(new) => self.started(caller, kind, new).await,
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

fn not_undoable(view: &JobView) -> Fault {
    let text = if view.undone {
        Text::of("To zadanie już cofnięto.", "This job has already been undone.")
    } else {
        Text::of("Tego zadania nie można teraz cofnąć.", "This job cannot be undone now.")
    };
    Fault::new(FaultKind::Conflict, text)
}
