//! Taking back what jobs did.

use super::ended::Worked;
use super::order::{Head, Order};
use super::{Desk, Detail, JobView, Jobs, Outcome};
use kernel::{ActId, Fault, FaultKind, JobId, Result, Text, UserId};
use records::{Caller, Released};

impl Jobs {
    /// Takes back what a job did.
    ///
    /// # Errors
    /// Not found; conflict if there is nothing to undo.
    pub(crate) async fn undo(&self, caller: &Caller, id: JobId) -> Result<Released<JobView>> {
        let found = self.look(caller, id, Detail::Course).await?;
        if !found.view.can_undo {
            let undoing = self.undoing(caller.actor.user).await?.contains(&id);
            return Err(not_undoable(&found.view, undoing));
        }
        let act = found.act.cast();
        let order = match found.view.kind == super::job::Kind::Import.name() {
            true => Order::ImportUndo(act),
            false => Order::BulkUndo(act),
        };
        let head = Head { of: Some(found.act), ..Head::about(found.view.entity) };
        let ordered = self.order(caller, order, head, Vec::new()).await?;
        self.tell(caller.actor.user, id);
        Ok(ordered)
    }

    /// An act of this user's was taken back at once, without a job: the job that it was says so.
    pub(crate) fn undone(&self, user: UserId, act: JobId) {
        self.tell(user, act);
    }
}

impl Desk {
    pub(super) async fn take_import(&self, caller: &Caller, act: ActId) -> Worked {
        let undone = self.jobs.0.engine.undo_import(caller, act).await?;
        Ok((Outcome::ImportUndone(undone.into_inner()), None))
    }

    pub(super) async fn take_bulk(&self, caller: &Caller, act: ActId) -> Worked {
        let at = |done, total| self.at(done, total);
        let done = self.jobs.0.engine.undo_bulk(caller, act, &self.stop.0, &at).await?;
        Ok((Outcome::Bulk(done.into_inner()), None))
    }
}

fn not_undoable(view: &JobView, undoing: bool) -> Fault {
    let text = if view.undone {
        Text::of("To zadanie już cofnięto.", "This job has already been undone.")
    } else if undoing {
        Text::of("To zadanie jest właśnie cofane.", "This job is being undone already.")
    } else if view.finished_at.is_none() {
        Text::of(
            "To zadanie jeszcze trwa. Poczekaj, aż się skończy, albo je przerwij: potem można je cofnąć.",
            "This job is still going on. Wait until it ends, or stop it: then it can be undone.",
        )
    } else {
        Text::of(
            "To zadanie nie zmieniło niczego, co można cofnąć.",
            "This job changed nothing that could be undone.",
        )
    };
    Fault::new(FaultKind::Conflict, text)
}
