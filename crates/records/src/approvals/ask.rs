//! Asking a second person, looking at one's own requests, and taking one back.

use super::{A_DAY, ApprovalView, DAY_MS, Exact, LISTED, ManyAct, OF_ONE, OPEN, TOLD};
use crate::grant_checks::tidy;
use crate::{Caller, Engine, Masked, Released};
use identity::{ActKind, Approval, ApprovalState, NewApproval};
use kernel::{ApprovalId, Fault, FaultKind, JobId, RecordId, Result, SessionId, Text};
use ledger::{Act, Event};
use serde_json::json;
use std::cmp::Reverse;
use store::{Batch, Doc, DocKind, DocWrite};

impl ManyAct {
    /// The same, about these records in these versions alone.
    fn fixed(self, exact: Exact) -> Self {
        match self {
            Self::Bulk(order) => Self::Bulk(crate::BulkOrder { exactly: Some(exact), ..order }),
            Self::HandOver(order) => Self::HandOver(crate::BulkOrder { exactly: Some(exact), ..order }),
            Self::Export { entity, format, mut request } => {
                request.exactly = Some(exact);
                Self::Export { entity, format, request }
            }
            Self::Erase { entity, id, reason, .. } => Self::Erase { entity, id, reason, exactly: exact },
            other => other,
        }
    }
}

impl Engine {
    /// Asks a second person to approve an act: exactly what it is now.
    ///
    /// # Errors
    /// As the act itself, before anything is begun; invalid without a reason; conflict if it needs nobody's approval,
    /// nobody could approve it, or 10 requests of the caller wait.
    pub async fn ask_approval(
        &self,
        caller: &Caller,
        act: ManyAct,
        reason: &str,
    ) -> Result<Released<ApprovalView>> {
        let reason = tidy(reason)?;
        let mut weight = self.weighed_within(caller, &act).await?;
        self.check_asked_act(caller, &act).await?;
        if !self.previewed(caller, &act, &weight).await?.0.needs_approval {
            return Err(conflict(Text::of(
                "To nie wymaga niczyjej zgody: zrób to po prostu.",
                "This needs nobody's approval: simply do it.",
            )));
        }
        let (now, user) = (self.now(), caller.actor.user);
        let (kind, entity) = (act.kind(), act.entity().map(str::to_owned));
        let seconds = self.seconds(user, (kind, entity.as_deref()), now);
        if seconds.is_empty() {
            return Err(nobody(kind));
        }
        self.asks_for_oneself(user)?;
        let waiting = self.room_to_ask(user).await?;
        let code = self.code_of(caller, &act);
        let act = self.with_fields(caller, act)?;
        let order = serde_json::to_vec(&act.fixed(std::mem::take(&mut weight.exact))).map_err(Fault::bug)?;
        let key: JobId = self.id();
        let token = if caller.actor.token.is_some() { caller.actor.session } else { SessionId::NIL };
        let days = self.directory().approval_rules.days;
        let new = NewApproval {
            id: self.id(),
            key: key.cast(),
            by: (user, caller.lang, token),
            what: (kind, entity),
            count: weight.count,
            span: (now, Approval::ends_after(now, days)),
            told: seconds.into_iter().take(TOLD).collect(),
        };
        self.make_job_key(key).await?;
        let asked = self.put_approval(caller, code, new, (&reason, &order), &waiting).await;
        if asked.is_err() {
            self.drop_job_keys(&[key]).await?;
        }
        asked
    }

    /// Those of a user's requests that wait, or whose time is over and nobody cleared away yet.
    ///
    /// # Errors
    /// Conflict if too many wait, or were made within a day.
    async fn room_to_ask(&self, user: kernel::UserId) -> Result<Vec<Approval>> {
        let (now, mut own) = (self.now(), self.own_approvals(user).await?);
        if own.iter().filter(|one| one.is_open(now)).count() >= OPEN {
            return Err(conflict(Text::of(
                "Na decyzję czeka już 10 Twoich próśb. Poczekaj albo wycofaj którąś.",
                "10 requests of yours wait already. Wait, or withdraw one.",
            )));
        }
        // Each is kept for a month and tells up to ten people: nobody fills their inboxes.
        if own.iter().filter(|one| one.at.plus_ms(DAY_MS) > now).count() >= A_DAY {
            return Err(conflict(Text::of(
                "W ciągu doby możesz wysłać 15 próśb o zgodę. Spróbuj jutro albo połącz to, o co prosisz, w jedną.",
                "You can send 15 requests for approval in a day. Try tomorrow, or join what you ask for into one.",
            )));
        }
        own.retain(|one| one.state == ApprovalState::Asked);
        Ok(own)
    }

    /// The same, with the fields by name that an export takes out now: what is added later does not leave. And cover says
    /// whose records it is over.
    fn with_fields(&self, caller: &Caller, mut act: ManyAct) -> Result<ManyAct> {
        if let ManyAct::Export { entity, request, .. } = &mut act {
            let entity = caller.policy.catalog.get(entity).ok_or_else(Fault::not_found)?;
            request.fields = Some(self.export_fields(caller, entity, request)?);
        }
        if let ManyAct::Cover(input) = &mut act {
            let _away = input.of.get_or_insert(caller.actor.user);
        }
        Ok(act)
    }

    async fn put_approval(
        &self,
        caller: &Caller,
        code: u16,
        new: NewApproval,
        (reason, order): (&str, &[u8]),
        waiting: &[Approval],
    ) -> Result<Released<ApprovalView>> {
        let vault = &self.0.vault;
        let (approval, doc) = Approval::new(vault, new, reason, order)?;
        let mut event = Event { entity: code, ..self.event(caller, Act::ApprovalAsk) };
        let about = json!({
            "approval": approval.id, "kind": approval.kind.name(), "count": approval.count,
            "digest": approval.digest, "to": approval.told,
        });
        self.set_detail(&mut event, &about)?;
        let mut batch = Batch::new(event);
        batch.docs.extend([approval.put_new(vault, waiting)?, doc]);
        let (who, label) = (self.user_name(approval.user).name, approval.kind.label());
        let title = Text::new(format!("Prośba o zgodę: {who}"), format!("Request for approval: {who}"));
        let (days, count) = (self.directory().approval_rules.days, approval.count);
        let body = Text::new(
            format!(
                "{}, w liczbie: {count}. Powód, podgląd i decyzja: strona „Prośby”. Prośba wygasa po {days} dniach.",
                label.pl
            ),
            format!(
                "{}, how many: {count}. Reason, preview and decision: the page “Requests”. The request ends after {days} days.",
                label.en
            ),
        );
        for to in &approval.told {
            batch.docs.push(self.approval_notice(*to, "approval-asked", title.clone(), body.clone())?);
        }
        let done = self.0.store.commit(batch).await.map_err(|fault| match fault.kind {
            FaultKind::Conflict => conflict(Text::of(
                "Wysyłasz kilka próśb naraz. Spróbuj ponownie.",
                "You send several requests at the same moment. Try again.",
            )),
            _ => fault,
        })?;
        Ok(Masked::new(self.approval_view(caller, &approval)).release(&done.receipt))
    }

    pub(super) async fn own_approvals(&self, user: kernel::UserId) -> Result<Vec<Approval>> {
        let docs = self.0.store.docs_of_user(DocKind::Approval, user, OF_ONE).await?;
        docs.iter().map(|doc| Approval::open(&self.0.vault, doc)).collect()
    }

    /// The caller's own requests, newest first.
    ///
    /// # Errors
    /// Storage.
    pub async fn my_approvals(&self, caller: &Caller) -> Result<Released<Vec<ApprovalView>>> {
        let mut own = self.own_approvals(caller.actor.user).await?;
        // A token knows of what was asked by it.
        own.retain(|one| caller.actor.token.is_none() || one.token == caller.actor.session);
        own.sort_unstable_by_key(|one| Reverse(one.id));
        let views: Vec<_> = own.iter().take(LISTED).map(|one| self.approval_view(caller, one)).collect();
        let receipt = self.receipt(self.event(caller, Act::ApprovalRead)).await?;
        Ok(Masked::new(views).release(&receipt))
    }

    /// Takes back a request of the caller's own.
    ///
    /// # Errors
    /// Not found for anybody else's, and once it was decided.
    pub async fn withdraw_approval(&self, caller: &Caller, id: ApprovalId) -> Result<()> {
        let mine = self.approval(id).await?.filter(|(_, one)| {
            let by_token = caller.actor.token.is_none() || one.token == caller.actor.session;
            one.user == caller.actor.user && by_token && one.is_open(self.now())
        });
        let Some((doc, approval)) = mine else {
            return Err(self.refused(caller, 0, RecordId::NIL, Fault::not_found()).await);
        };
        let event = self.event(caller, Act::ApprovalWithdraw);
        let title = Text::new(
            format!("Prośba o zgodę wycofana: {}", self.user_name(approval.user).name),
            format!("A request for approval was withdrawn: {}", self.user_name(approval.user).name),
        );
        let body = Text::of("Nie musisz już decydować.", "You need not decide any more.");
        let told = approval.told.clone();
        let mut batch = self.closing(event, &doc, approval, (ApprovalState::Withdrawn, None)).await?;
        for to in told {
            batch.docs.push(self.approval_notice(to, "approval-withdrawn", title.clone(), body.clone())?);
        }
        self.close_approval(batch, &doc).await
    }

    /// A request with its document.
    pub(super) async fn approval(&self, id: ApprovalId) -> Result<Option<(Doc, Approval)>> {
        let Some(doc) = self.0.store.doc(DocKind::Approval, *id.bytes()).await? else { return Ok(None) };
        let approval = Approval::open(&self.0.vault, &doc)?;
        Ok(Some((doc, approval)))
    }

    /// The batch by which a request ends, without what it asked for.
    pub(super) async fn closing(
        &self,
        mut event: Event,
        doc: &Doc,
        approval: Approval,
        (state, said): (ApprovalState, Option<String>),
    ) -> Result<Batch> {
        let by = match state {
            ApprovalState::Declined => event_user(&event),
            _ => approval.by,
        };
        let about = json!({
            "approval": approval.id, "kind": approval.kind.name(), "count": approval.count, "user": approval.user,
            "by": by, "digest": approval.digest, "state": state,
        });
        self.set_detail(&mut event, &about)?;
        let now = self.now();
        let ended = Approval { state, by, said, decided_at: Some(now), ..approval };
        let mut batch = Batch::new(event);
        batch.docs.push(ended.put(&self.0.vault, now, doc.version)?);
        if let Some(order) = self.0.store.doc(DocKind::ApprovalOrder, doc.id).await? {
            batch.docs.push(DocWrite::Remove(DocKind::ApprovalOrder, order.id, order.version));
        }
        Ok(batch)
    }

    /// Commits the end of a request, and lets go of its key.
    pub(super) async fn close_approval(&self, batch: Batch, doc: &Doc) -> Result<()> {
        let approval = Approval::open(&self.0.vault, doc)?;
        self.0.store.commit(batch).await?;
        self.let_approval_key_go(&approval).await;
        Ok(())
    }

    /// Lets go of the key of a request that is decided: nothing of it opens again, in no copy.
    pub(super) async fn let_approval_key_go(&self, approval: &Approval) {
        if let Err(fault) = self.drop_job_keys(&[approval.key.cast()]).await {
            // It goes with the request, in a month.
            tracing::warn!(%fault, "the key of a request that is decided is still kept");
        }
    }
}

fn event_user(event: &Event) -> Option<kernel::UserId> {
    match event.who {
        ledger::Who::User(user) => Some(user),
        _ => None,
    }
}

fn nobody(kind: ActKind) -> Fault {
    let text = match kind {
        ActKind::RoleChange => Text::of(
            "Nikt inny nie może tego teraz zatwierdzić: potrzebna jest druga osoba, która od tygodnia zarządza rolami. Na serwerze zasady przywraca polecenie: klucznik user approvals reset",
            "Nobody else can approve this now: it takes a second person who has managed roles for a week. On the server this puts the rules back: klucznik user approvals reset",
        ),
        _ => Text::of(
            "Nikt inny nie może tego teraz zatwierdzić: potrzebna jest druga osoba, która od tygodnia kieruje Twoim zespołem albo zarządza użytkownikami. Poproś administratora o zmianę zasad zgód.",
            "Nobody else can approve this now: it takes a second person who for a week has led your team or managed users. Ask an administrator to change the rules of approval.",
        ),
    };
    conflict(text)
}

pub(super) const fn conflict(text: Text) -> Fault {
    Fault::new(FaultKind::Conflict, text)
}
