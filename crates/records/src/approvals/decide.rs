//! Deciding on a request: by whoever may, and that is never who asked.

use super::weigh::Weight;
use super::{ApprovalDetail, ApprovalView, LISTED, ManyAct, OF_ONE};
use crate::grant_checks::tidy;
use crate::{Caller, Engine, Masked, Released};
use identity::{Approval, ApprovalState};
use kernel::{ApprovalId, Fault, RecordId, Result, Text};
use ledger::{Act, Event};
use serde_json::json;
use store::{Doc, DocKind};

/// Requests that wait and are looked at for a list.
const LOOKED: usize = 5_000;

impl Engine {
    /// Requests that the caller can decide on, those first that end first.
    ///
    /// # Errors
    /// Forbidden for a token; storage.
    pub async fn approvals_to_decide(&self, caller: &Caller) -> Result<Released<Vec<ApprovalView>>> {
        self.not_by_token(caller).await?;
        let (now, mut open, mut views) = (self.now(), 0, Vec::new());
        // From the newest on; what is over does not count.
        for doc in self.0.store.docs(DocKind::Approval).await?.into_iter().rev() {
            let approval = Approval::open(&self.0.vault, &doc)?;
            open += usize::from(approval.is_open(now));
            if open > LOOKED {
                break;
            }
            if self.can_decide(caller, &approval) {
                views.push((approval.ends_at, self.approval_view(caller, &approval)));
            }
        }
        views.sort_by_key(|(ends_at, view)| (*ends_at, view.id));
        let views: Vec<_> = views.into_iter().take(LISTED).map(|(_, view)| view).collect();
        let receipt = self.receipt(self.event(caller, Act::ApprovalRead)).await?;
        Ok(Masked::new(views).release(&receipt))
    }

    fn can_decide(&self, caller: &Caller, approval: &Approval) -> bool {
        approval.is_open(self.now())
            && self.may_act(approval.user)
            && self.decides(caller.actor.user, approval)
    }

    /// A request, with what it would do as the caller may see that: to whoever asked and to those who can decide.
    ///
    /// # Errors
    /// Not found for anybody else.
    pub async fn approval_detail(&self, caller: &Caller, id: ApprovalId) -> Result<Released<ApprovalDetail>> {
        self.not_by_token(caller).await?;
        let found = self.approval(id).await?.filter(|(_, approval)| {
            let (me, decided) = (caller.actor.user, approval.by == Some(caller.actor.user));
            approval.user == me || decided || self.can_decide(caller, approval)
        });
        let Some((_, approval)) = found else {
            return Err(self.refused(caller, 0, RecordId::NIL, Fault::not_found()).await);
        };
        let mut event = self.event(caller, Act::ApprovalRead);
        self.set_detail(&mut event, &json!({ "approval": id }))?;
        let mut preview = None;
        if approval.is_open(self.now())
            && let Some(act) = self.asked_act(&approval).await?
        {
            let weight = self.weight_of(caller, &approval, &act).await?;
            let (mut told, touches) = self.previewed(caller, &act, &weight).await?;
            (told.count, told.needs_approval) = (approval.count, true);
            told.done_before = self.done_alone(approval.user, approval.kind).await?;
            preview = Some(told);
            event = Event { entity: self.code_of(caller, &act), touches, ..event };
        }
        let detail = ApprovalDetail { approval: self.approval_view(caller, &approval), preview };
        Ok(Masked::new(detail).release(&self.receipt(event).await?))
    }

    /// What a request asks for, while it waits.
    pub(super) async fn asked_act(&self, approval: &Approval) -> Result<Option<ManyAct>> {
        let Some(doc) = self.0.store.doc(DocKind::ApprovalOrder, *approval.id.bytes()).await? else {
            return Ok(None);
        };
        let order = approval.order(&self.0.vault, &doc)?;
        let act = serde_json::from_slice(&order)
            .map_err(|e| Fault::corrupt(format!("approval {}: line {}", approval.id, e.line())))?;
        Ok(Some(act))
    }

    /// Whose the records are that were asked for, as they are now and as far as the caller sees them.
    async fn weight_of(&self, caller: &Caller, approval: &Approval, act: &ManyAct) -> Result<Weight> {
        let mut weight = Weight { count: approval.count, ..Weight::default() };
        let exact = match act {
            ManyAct::Bulk(order) | ManyAct::HandOver(order) => order.exactly.as_ref(),
            ManyAct::Export { request, .. } => request.exactly.as_ref(),
            ManyAct::Erase { exactly, .. } => Some(exactly),
            _ => None,
        };
        let Some(exact) = exact else { return Ok(weight) };
        for part in exact.ids().chunks(OF_ONE as usize) {
            for row in self.0.store.rows(part.to_vec()).await? {
                self.weigh_row(caller, &row, &mut weight).await?;
            }
        }
        Ok(weight)
    }

    /// Declines a request; whoever asked is told why.
    ///
    /// # Errors
    /// Not found for whoever cannot decide on it, and once somebody did; invalid without a reason.
    pub async fn decline_approval(&self, caller: &Caller, id: ApprovalId, reason: &str) -> Result<()> {
        let (doc, approval) = self.to_decide_on(caller, id).await?;
        let reason = tidy(reason)?;
        let title = Text::of("Prośba o zgodę odrzucona", "A request for approval was declined");
        let who = self.user_name(caller.actor.user).name;
        let body = Text::new(
            format!("Odrzuca ją {who}. Powód: strona „Prośby”."),
            format!("{who} declined it. Why: the page “Requests”."),
        );
        let notice = self.approval_notice(approval.user, "approval-declined", title, body)?;
        let event = self.event(caller, Act::ApprovalDecline);
        let mut batch = self.closing(event, &doc, approval, (ApprovalState::Declined, Some(reason))).await?;
        batch.docs.push(notice);
        self.close_approval(batch, &doc).await
    }

    /// A request that the caller can decide on.
    pub(super) async fn to_decide_on(&self, caller: &Caller, id: ApprovalId) -> Result<(Doc, Approval)> {
        self.not_by_token(caller).await?;
        match self.approval(id).await?.filter(|(_, approval)| self.can_decide(caller, approval)) {
            Some(found) => Ok(found),
            None => Err(self.refused(caller, 0, RecordId::NIL, Fault::not_found()).await),
        }
    }
}
