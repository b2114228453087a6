//! Views that somebody shares go along with the records: colleagues work by them. Each is given under the asker's
//! rights, as a record of its entity would be, and comes back with the records.

use super::hand_over::receiver;
use super::report::{BulkReport, BulkStays, Goes};
use super::run::BulkRun;
use super::{BulkChange, BulkKept, BulkOrder, BulkSelect};
use crate::explain::as_user;
use crate::prepare::issue;
use crate::views::{Handed, Kept, ParseQuery, VIEWS};
use crate::write::not_for_that_owner;
use crate::{Caller, Engine};
use access::{Action, Facts, Thing, Verb};
use identity::{open_doc, put_doc};
use kernel::{Fault, FaultKind, RecordId, Result, SubjectId, Text, UserId};
use ledger::Act;
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};
use store::{Doc, DocKind};

/// What reports call them in the place of an entity. No entity has this name.
pub const SHARED_VIEWS: &str = "saved_view";

const UNSEEN: Text = Text::of(
    "Twoje role nie pozwalają korzystać z tych widoków. Przekaże je ktoś, komu pozwalają.",
    "Your roles do not let you use these views. Somebody who may can hand them over.",
);

/// Views that the caller sees, and how many are hidden.
type Seen = (Vec<(Doc, Kept)>, u64);

impl Engine {
    /// Views that a user shares: of one entity, if it is named.
    async fn shared_by(&self, from: UserId, entity: Option<&str>) -> Result<Vec<(Doc, Kept)>> {
        let docs = self.0.store.docs_of_user(DocKind::View, from, VIEWS).await?;
        let mut found = Vec::new();
        for doc in docs.into_iter().filter(|doc| doc.key.is_some()) {
            let kept: Kept = open_doc(&self.0.vault, &doc)?;
            if entity.is_none_or(|entity| entity == kept.entity) {
                found.push((doc, kept));
            }
        }
        Ok(found)
    }

    /// Whether somebody could open a view: a token opens none.
    fn may_use(&self, caller: &Caller, kept: &Kept, parse: ParseQuery<'_>) -> bool {
        caller.actor.token.is_none() && self.fits(caller, kept, parse).is_ok()
    }

    async fn shared_seen(&self, caller: &Caller, order: &BulkOrder, parse: ParseQuery<'_>) -> Result<Seen> {
        let BulkSelect::OwnedBy(from) = order.select else { return Ok(Seen::default()) };
        let (seen, hidden): (Vec<_>, Vec<_>) = self
            .shared_by(from, order.entity.as_deref())
            .await?
            .into_iter()
            .partition(|(_, kept)| self.may_use(caller, kept, parse));
        Ok((seen, hidden.len() as u64))
    }

    /// The views that are to be handed over.
    pub(super) async fn views_chosen(
        &self,
        caller: &Caller,
        order: &BulkOrder,
        parse: ParseQuery<'_>,
    ) -> Result<Vec<RecordId>> {
        let (seen, _) = self.shared_seen(caller, order, parse).await?;
        Ok(seen.into_iter().map(|(doc, _)| RecordId::from_bytes(doc.id)).collect())
    }

    /// What decides on the views that a user shares, as on records of their entities.
    pub(super) async fn facts_of_shared(&self, caller: &Caller, from: UserId) -> Result<Vec<Facts>> {
        let views = self.shared_by(from, None).await?;
        Ok(views.iter().filter_map(|(_, kept)| place(caller, kept, from).ok()).collect())
    }

    /// What would become of each view if it were handed over now.
    pub(super) async fn preview_views(
        &self,
        caller: &Caller,
        order: &BulkOrder,
        parse: ParseQuery<'_>,
        report: &mut BulkReport,
    ) -> Result<()> {
        let (seen, hidden) = self.shared_seen(caller, order, parse).await?;
        let (BulkSelect::OwnedBy(from), BulkChange::HandOver(to)) = (&order.select, &order.change) else {
            return Ok(());
        };
        for (doc, kept) in seen {
            let id = RecordId::from_bytes(doc.id);
            let goes = Goes { to: receiver(to, id.cast()), binned: false };
            let going = report.going((SHARED_VIEWS, goes));
            let step = self.view_goes(caller, (*from, to), (id, &kept), (parse, going)).await;
            report.take_for((SHARED_VIEWS, id), goes, step.map(|_| true))?;
        }
        if hidden > 0 && caller.policy.admin(&caller.actor, Thing::Users, Verb::Read).is_ok() {
            let stays = BulkStays { code: "not-seen".to_owned(), reason: UNSEEN, count: hidden };
            report.stay((SHARED_VIEWS, Goes::default()), stays);
        }
        Ok(())
    }

    /// To whom a view goes: who could use it, and for whom the caller could have made what it shows. `going` are other
    /// views that the new owner is to get and has not yet.
    async fn view_goes(
        &self,
        caller: &Caller,
        (from, to): (UserId, &[UserId]),
        (id, kept): (RecordId, &Kept),
        (parse, going): (ParseQuery<'_>, u64),
    ) -> Result<UserId> {
        let owner = receiver(to, id.cast()).ok_or_else(Fault::not_found)?;
        self.team_of(caller, owner)?;
        may_give(caller, kept, from, owner)?;
        let theirs = Caller { actor: as_user(caller, owner).by_roles_alone(), ..caller.clone() };
        if !self.may_use(&theirs, kept, parse) {
            let text = Text::of(
                "Nowy właściciel nie mógłby korzystać z tego widoku: nie pozwalają na to jego role.",
                "The new owner could not use this view: the roles do not allow it.",
            );
            return Err(issue("to", "not-seen-there", text));
        }
        let has = self.0.store.docs_of_user(DocKind::View, owner, VIEWS).await?.len() as u64;
        if has + going >= u64::from(VIEWS) {
            let text = Text::new(
                format!("Nowy właściciel ma już {VIEWS} widoków, więcej się nie zmieści."),
                format!("The new owner has {VIEWS} views already, and there is no room for more."),
            );
            return Err(issue("to", "too-many-views", text));
        }
        Ok(owner)
    }

    /// Hands over the views of a run, one after the other, as the records before them.
    pub(super) async fn hand_views_over(
        &self,
        caller: &Caller,
        order: &BulkOrder,
        parse: ParseQuery<'_>,
        run: &mut BulkRun,
        cancel: &AtomicBool,
    ) -> Result<()> {
        let (BulkSelect::OwnedBy(from), BulkChange::HandOver(to)) = (&order.select, &order.change) else {
            return Ok(());
        };
        for id in run.views() {
            if cancel.load(Ordering::Relaxed) {
                break;
            }
            let now = self.present(caller)?;
            let whose = (*from, to.as_slice());
            let step = match self.hand_view_over(&now, whose, id, parse).await {
                Err(fault) if fault.kind == FaultKind::Stale => {
                    self.hand_view_over(&now, whose, id, parse).await
                }
                other => other,
            };
            run.report.take_for(
                (SHARED_VIEWS, id),
                Goes { to: receiver(to, id.cast()), binned: false },
                step,
            )?;
        }
        Ok(())
    }

    /// Whether a view went to its new owner, now or in an earlier attempt; not if it is somebody else's meanwhile, or
    /// shared no more.
    async fn hand_view_over(
        &self,
        caller: &Caller,
        (from, to): (UserId, &[UserId]),
        id: RecordId,
        parse: ParseQuery<'_>,
    ) -> Result<bool> {
        let doc = self.0.store.doc(DocKind::View, *id.bytes()).await?;
        let Some(doc) = doc.filter(|doc| doc.key.is_some()) else { return Ok(false) };
        let kept: Kept = open_doc(&self.0.vault, &doc)?;
        if doc.user != Some(from) {
            return Ok(kept.handed.is_some_and(|handed| handed.act == caller.part_of));
        }
        if !self.may_use(caller, &kept, parse) {
            return Err(issue("id", "not-seen", UNSEEN));
        }
        let owner = match self.view_goes(caller, (from, to), (id, &kept), (parse, 0)).await {
            Err(fault) if fault.kind == FaultKind::Forbidden => {
                return Err(self.refused(caller, code(caller, &kept), RecordId::NIL, fault).await);
            }
            other => other?,
        };
        self.give_view(caller, doc, kept, owner).await.map(|()| true)
    }

    /// Gives back the views that `kept` handed over, as far as nobody changed them since.
    pub(super) async fn undo_views(
        &self,
        caller: &Caller,
        kept: &BulkKept,
        report: &mut BulkReport,
    ) -> Result<()> {
        for id in &kept.views {
            let now = self.present(caller)?;
            match self.undo_view(&now, kept, *id).await {
                // It had stayed.
                Ok(false) => {}
                step => report.take((SHARED_VIEWS, *id), step)?,
            }
        }
        Ok(())
    }

    async fn undo_view(&self, caller: &Caller, act: &BulkKept, id: RecordId) -> Result<bool> {
        let changed = || {
            let text = Text::of(
                "Widok zmieniono albo usunięto później, więc nie wraca.",
                "The view has been changed or deleted since, so it does not go back.",
            );
            Fault::new(FaultKind::Stale, text)
        };
        let (Some(from), Some(doc)) = (act.from, self.0.store.doc(DocKind::View, *id.bytes()).await?) else {
            return Err(changed());
        };
        let kept: Kept = open_doc(&self.0.vault, &doc)?;
        match (&kept.handed, doc.user) {
            (Some(handed), _) if handed.act == caller.part_of => Ok(true),
            (Some(handed), Some(holder)) if handed.act == act.id => {
                if handed.version != doc.version {
                    return Err(changed());
                }
                if let Err(fault) = may_give(caller, &kept, holder, from) {
                    return Err(self.refused(caller, code(caller, &kept), RecordId::NIL, fault).await);
                }
                self.give_view(caller, doc, kept, from).await.map(|()| true)
            }
            _ => Ok(false),
        }
    }

    /// Makes a view somebody else's, as part of an act.
    async fn give_view(&self, caller: &Caller, doc: Doc, kept: Kept, to: UserId) -> Result<()> {
        let (from, version, act) = (doc.user, doc.version + 1, caller.part_of);
        let doc = Doc { user: Some(to), version, updated_at: self.now(), ..doc };
        let kept = Kept { handed: Some(Handed { act, version }), ..kept };
        let mut event = self.view_event(caller, Act::ViewUpdate, &doc, &kept)?;
        let view = RecordId::from_bytes(doc.id);
        self.set_detail(&mut event, &json!({ "view": view, "shared": true, "owners": [from, to] }))?;
        let mut batch = Self::batch(caller, event);
        batch.docs.push(put_doc(&self.0.vault, doc, &kept)?);
        self.commit(batch, Vec::new()).await.map(drop)
    }
}

/// The number of the entity of a view.
fn code(caller: &Caller, kept: &Kept) -> u16 {
    caller.policy.catalog.get(&kept.entity).map_or(0, |entity| entity.code.0)
}

/// A view decides like a record of its entity that this user owns.
fn place(caller: &Caller, kept: &Kept, owner: UserId) -> Result<Facts> {
    let policy = &caller.policy;
    let (entity, member) = (policy.catalog.get(&kept.entity), policy.members.get(&owner));
    let (entity, member) = entity.zip(member).ok_or_else(Fault::not_found)?;
    let (record, subject, team) = (RecordId::NIL, SubjectId::NIL, member.team);
    Ok(Facts { record, entity: entity.code, subject, owner, team, parent: None })
}

/// Whether the caller may take such a view from one and give it to another.
fn may_give(caller: &Caller, kept: &Kept, from: UserId, to: UserId) -> Result<()> {
    let allow = |action, facts: &Facts| caller.policy.decide(&caller.actor, action, facts).allow;
    if !allow(Action::Update, &place(caller, kept, from)?) {
        let text = Text::of(
            "Twoje role nie pozwalają zmieniać tego, co należy do tej osoby.",
            "Your roles do not let you change what is this person's.",
        );
        return Err(Fault::new(FaultKind::Forbidden, text));
    }
    if !allow(Action::Create, &place(caller, kept, to)?) {
        return Err(not_for_that_owner());
    }
    Ok(())
}
