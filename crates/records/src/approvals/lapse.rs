//! Requests end by themselves. That is judged when they are used; what is done here clears away and tells.

use crate::Engine;
use identity::{Approval, ApprovalState, DoneAlone};
use kernel::{FaultKind, Result, Text};
use ledger::Act;
use serde_json::json;
use store::{Batch, Doc, DocKind, DocWrite};

/// Counts that are cleared away in one commit.
const CLEARED: usize = 500;

impl Engine {
    /// Ends requests whose time is over and those of users who may not act any more, and takes away what nobody needs to
    /// see any more.
    ///
    /// # Errors
    /// Storage.
    pub async fn end_approvals(&self) -> Result<()> {
        for doc in self.0.store.docs(DocKind::Approval).await? {
            match self.end_approval(&doc).await {
                // Somebody decided meanwhile, or another server was faster.
                Err(fault) if matches!(fault.kind, FaultKind::Stale | FaultKind::Conflict) => {}
                done => done?,
            }
        }
        Ok(())
    }

    /// Takes away how much anybody did without approval more than a day ago.
    ///
    /// # Errors
    /// Storage.
    pub async fn clear_done_alone(&self) -> Result<()> {
        let (now, mut over) = (self.now(), Vec::new());
        for doc in self.0.store.docs(DocKind::DoneAlone).await? {
            if DoneAlone::is_over(&self.0.vault, &doc, now)? {
                over.push(DocWrite::Remove(DocKind::DoneAlone, doc.id, doc.version));
            }
        }
        for part in over.chunks(CLEARED) {
            let mut event = self.system_event(Act::ApprovalLapse);
            self.set_detail(&mut event, &json!({ "counts": part.len(), "cleared": true }))?;
            let mut batch = Batch::new(event);
            batch.docs.extend(part.iter().cloned());
            match self.0.store.commit(batch).await {
                // Somebody did something at that moment: next time.
                Err(fault) if fault.kind == FaultKind::Stale => {}
                done => {
                    let _done = done?;
                }
            }
        }
        Ok(())
    }

    async fn end_approval(&self, doc: &Doc) -> Result<()> {
        let (now, approval) = (self.now(), Approval::open(&self.0.vault, doc)?);
        if approval.is_over(now) {
            // In case it could not go before.
            self.drop_job_keys(&[approval.key.cast()]).await?;
            let mut event = self.system_event(Act::ApprovalLapse);
            self.set_detail(&mut event, &json!({ "approval": approval.id, "cleared": true }))?;
            let mut batch = Batch::new(event);
            batch.docs.push(DocWrite::Remove(DocKind::Approval, doc.id, doc.version));
            return self.0.store.commit(batch).await.map(drop);
        }
        let (gone, late) = (!self.may_act(approval.user), now >= approval.ends_at);
        if approval.state != ApprovalState::Asked || !(gone || late) {
            return Ok(());
        }
        let state = if gone { ApprovalState::Ended } else { ApprovalState::Expired };
        let (user, told) = (approval.user, approval.told.clone());
        let who = self.user_name(user).name;
        let event = self.system_event(Act::ApprovalLapse);
        let mut batch = self.closing(event, doc, approval, (state, None)).await?;
        let title = Text::new(
            format!("Prośba o zgodę zakończona bez decyzji: {who}"),
            format!("A request for approval ended undecided: {who}"),
        );
        let body = match gone {
            true => Text::of("Osoba prosząca nie może już działać.", "Whoever asked may not act any more."),
            false => Text::of("Nikt nie zdecydował w terminie.", "Nobody decided in time."),
        };
        for to in told.into_iter().filter(|to| self.may_act(*to)) {
            batch.docs.push(self.approval_notice(to, "approval-lapsed", title.clone(), body.clone())?);
        }
        if !gone {
            let title = Text::of("Twoja prośba o zgodę wygasła", "Your request for approval has ended");
            let body = Text::of(
                "Nikt nie zdecydował w terminie. Możesz poprosić od nowa.",
                "Nobody decided in time. You can ask anew.",
            );
            batch.docs.push(self.approval_notice(user, "approval-expired", title, body)?);
        }
        self.close_approval(batch, doc).await
    }
}
