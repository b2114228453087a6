//! Doing what was approved: in the name of whoever asked, with that one's rights at this moment, and exactly that.

use super::ask::conflict;
use super::{Approved, ManyAct};
use crate::admin_users::same_roles;
use crate::teams::team_of;
use crate::{Caller, Engine};
use access::Actor;
use identity::{Approval, ApprovalState, ServiceAccountChange, UserChange};
use kernel::{ApprovalId, Fault, FaultKind, JobId, Result, SessionId, Text};
use ledger::Act;
use serde_json::json;
use std::sync::Arc;
use store::{Doc, DocKind, DocWrite};

/// What was approved, and in whose name it is done.
pub struct Taken {
    /// Whoever asked, as of now, with the approval.
    pub caller: Caller,
    /// What.
    pub act: ManyAct,
    doc: Doc,
    approval: Approval,
}

impl Engine {
    /// Takes up a request to be done by a job of this id or at once. Nothing is written yet: that it was approved is
    /// written with what is done.
    ///
    /// # Errors
    /// Not found for whoever cannot decide on it, and once somebody did; unauthenticated, told as a conflict, if who asked
    /// did so by a token that has ended.
    pub async fn take_approval(&self, caller: &Caller, id: ApprovalId, job: JobId) -> Result<Taken> {
        let (doc, approval) = self.to_decide_on(caller, id).await?;
        let act = self.asked_act(&approval).await?.ok_or_else(Fault::not_found)?;
        let by_job = matches!(act, ManyAct::Bulk(_) | ManyAct::HandOver(_) | ManyAct::Export { .. });
        let now = self.now();
        let me = caller.actor.user;
        let done = Approval {
            state: ApprovalState::Approved,
            by: Some(me),
            decided_at: Some(now),
            job: by_job.then_some(job),
            ..approval.clone()
        };
        let mut event = self.event(caller, Act::ApprovalApprove);
        let about = json!({
            "approval": id, "kind": approval.kind.name(), "count": approval.count, "user": approval.user, "by": me,
            "digest": approval.digest,
        });
        self.set_detail(&mut event, &about)?;
        let mut docs = vec![done.put(&self.0.vault, now, doc.version)?];
        if let Some(order) = self.0.store.doc(DocKind::ApprovalOrder, doc.id).await? {
            docs.push(DocWrite::Remove(DocKind::ApprovalOrder, order.id, order.version));
        }
        let who = self.user_name(me).name;
        let title = Text::of("Masz zgodę drugiej osoby", "A second person approved");
        let body = Text::new(
            format!("Zatwierdza {who}. Przebieg i wynik: strony „Prośby” i „Zadania”."),
            format!("{who} approved. How it goes: the pages “Requests” and “Jobs”."),
        );
        docs.push(self.approval_notice(approval.user, "approval-approved", title, body)?);
        let approved = Approved { id, kind: approval.kind, by: me, docs, events: vec![event] };
        let asking = self.in_name_of(&approval, approved);
        let asking = match asking {
            Ok(asking) => self.present(&asking).map(|_| asking),
            ended => ended,
        };
        match asking {
            Ok(caller) => Ok(Taken { caller, act, doc, approval }),
            Err(fault) => Err(self.not_done(caller, &doc, approval, fault).await),
        }
    }

    /// Whoever asked, as of now.
    fn in_name_of(&self, approval: &Approval, approved: Approved) -> Result<Caller> {
        let actor = match approval.token.is_nil() {
            true => Actor { user: approval.user, session: SessionId::NIL, token: None, at: self.now() },
            false => self.actor_of(approval.token).filter(|actor| actor.user == approval.user).ok_or_else(
                || {
                    let text = Text::of(
                        "Token, którym o to poproszono, już nie działa.",
                        "The token by which this was asked has ended.",
                    );
                    Fault::new(FaultKind::Conflict, text)
                },
            )?,
        };
        let caller = Caller::new(actor, approval.lang, self.policy());
        Ok(Caller { approved: Some(Arc::new(approved)), ..caller })
    }

    /// The caller of a job that somebody approved, asked for in a session that may have ended since.
    #[must_use]
    pub fn caller_approved(&self, caller: Caller, approved: Approved) -> Caller {
        Caller { approved: Some(Arc::new(approved)), ..caller }
    }

    /// Refuses, before anything is begun, what whoever asked may not do any more.
    ///
    /// # Errors
    /// As the act itself.
    pub async fn check_asked_act(&self, caller: &Caller, act: &ManyAct) -> Result<()> {
        use access::{Thing, Verb};
        match act {
            ManyAct::Bulk(order) | ManyAct::HandOver(order) => self.check_bulk(caller, order).await,
            ManyAct::Export { entity, request, .. } => {
                let entity = caller.policy.catalog.get(entity).ok_or_else(Fault::not_found)?;
                self.check_export(caller, entity, request).await
            }
            ManyAct::Erase { entity, id, reason, .. } => {
                let entity = caller.policy.catalog.get(entity).ok_or_else(Fault::not_found)?;
                self.check_erase(caller, entity, *id, reason).await.map(drop)
            }
            ManyAct::Cover(input) => {
                self.not_by_token(caller).await?;
                self.covering(caller, input).await.map(drop)
            }
            ManyAct::Role { .. } => self.admin(caller, Thing::Roles, Verb::Manage).await.map(drop),
            ManyAct::UserRoles { user, roles, team, .. } => {
                self.admin(caller, Thing::Users, Verb::Manage).await?;
                let member = caller.policy.members.get(user).ok_or_else(Fault::not_found)?;
                if same_roles(roles, &member.roles) && team.is_none_or(|team| team == member.team) {
                    return Err(conflict(Text::of(
                        "Ta osoba ma już dokładnie te role i jest w tym zespole.",
                        "This person has exactly these roles, and is of this team, already.",
                    )));
                }
                if member.partner.is_none() {
                    self.directory().check(team.unwrap_or(member.team), roles)?;
                }
                self.directory().check_together(&member.roles, roles)?;
                self.within_own(caller, roles.iter().filter(|role| !member.roles.contains(role))).await
            }
            ManyAct::Team { id: (id, _), team } => {
                self.admin(caller, Thing::Teams, Verb::Manage).await?;
                let old = caller.policy.teams.get(id).ok_or_else(Fault::not_found)?;
                let next = team_of(&caller.policy, *id, Some(old), team.clone())?;
                if next.parent == old.parent {
                    return Err(conflict(Text::of(
                        "Ten zespół już temu podlega.",
                        "This team hangs there already.",
                    )));
                }
                Ok(())
            }
            ManyAct::Rules { rules, .. } => {
                self.admin(caller, Thing::Roles, Verb::Manage).await?;
                self.not_by_token(caller).await?;
                rules.clone().check().map(drop)
            }
        }
    }

    /// Does at once what was approved and is no job.
    ///
    /// # Errors
    /// As the act itself.
    pub async fn carry_out(&self, taken: &Taken) -> Result<()> {
        let caller = &taken.caller;
        match taken.act.clone() {
            ManyAct::Bulk(_) | ManyAct::HandOver(_) | ManyAct::Export { .. } => {
                Err(Fault::bug("this is done by a job"))
            }
            ManyAct::Erase { entity, id, reason, exactly } => {
                let entity = caller.policy.catalog.get(&entity).ok_or_else(Fault::not_found)?;
                self.erase_exactly(caller, entity, id, &reason, Some(&exactly)).await.map(drop)
            }
            ManyAct::Cover(input) => self.cover(caller, &input).await.map(drop),
            ManyAct::Role { id, role } => self.put_role(caller, id, role).await.map(drop),
            ManyAct::UserRoles { user, version, roles, team } => {
                if caller.policy.members.get(&user).is_some_and(|member| member.owner.is_some()) {
                    let change = ServiceAccountChange { roles: Some(roles), team, ..Default::default() };
                    return self.update_service_account(caller, user, version, change).await.map(drop);
                }
                let change = UserChange { roles: Some(roles), team, ..UserChange::default() };
                self.update_user(caller, user, version, change, false).await.map(drop)
            }
            ManyAct::Team { id, team } => self.put_team(caller, Some(id), team).await.map(drop),
            ManyAct::Rules { version, rules } => {
                self.put_approval_rules(caller, version, rules).await.map(drop)
            }
        }
    }

    /// What was taken up is done, or handed to a job: its key goes. Or it could not be done: that is said to both, and
    /// the request is over.
    ///
    /// # Errors
    /// The failure, if it failed.
    pub async fn finish_approval<T>(&self, caller: &Caller, taken: Taken, done: Result<T>) -> Result<T> {
        match done {
            Ok(done) => {
                self.let_approval_key_go(&taken.approval).await;
                Ok(done)
            }
            Err(fault) => Err(self.not_done(caller, &taken.doc, taken.approval, fault).await),
        }
    }

    /// The failure as whoever approves is told. What can be tried again leaves the request as it is.
    async fn not_done(&self, caller: &Caller, doc: &Doc, approval: Approval, fault: Fault) -> Fault {
        match fault.kind {
            FaultKind::Internal | FaultKind::Unavailable | FaultKind::Full | FaultKind::TooMany => fault,
            FaultKind::FactorRequired | FaultKind::OutsideHours => conflict(Text::of(
                "Osoba prosząca nie może teraz działać: jest poza godzinami pracy albo musi najpierw dodać drugi składnik logowania. Prośba czeka; spróbuj później.",
                "Whoever asked may not act just now: it is outside working hours, or a second factor has to be added first. The request waits; try later.",
            )),
            _ => self.void(caller, doc, approval, fault).await,
        }
    }

    /// Ends a request that cannot be done any more. The failure as whoever approves is told.
    async fn void(&self, caller: &Caller, doc: &Doc, approval: Approval, fault: Fault) -> Fault {
        let user = approval.user;
        let said = fault.message.get(approval.lang).to_owned();
        let closed = async {
            let title = Text::of(
                "Zatwierdzono, ale nie da się już tego zrobić",
                "Approved, but it cannot be done any more",
            );
            let body = Text::of(
                "Od chwili prośby zmieniły się dane albo Twoje uprawnienia. Szczegóły: strona „Prośby”. Jeśli trzeba, poproś od nowa.",
                "The data or your rights have changed since you asked. Details: the page “Requests”. If need be, ask anew.",
            );
            let approval = Approval { by: Some(caller.actor.user), ..approval };
            let event = self.event(caller, Act::ApprovalVoid);
            let mut batch = self.closing(event, doc, approval, (ApprovalState::Void, Some(said))).await?;
            batch.docs.push(self.approval_notice(user, "approval-void", title, body)?);
            self.close_approval(batch, doc).await
        };
        match closed.await {
            Ok(()) => {
                let text = Text::new(
                    format!(
                        "Nie wykonano: {} Prośba jest zamknięta, a osoba prosząca powiadomiona.",
                        fault.message.pl
                    ),
                    format!(
                        "Not done: {} The request is closed, and whoever asked was told.",
                        fault.message.en
                    ),
                );
                Fault::new(FaultKind::Conflict, text)
            }
            // Somebody else decided at the same moment.
            Err(other) if other.kind == FaultKind::Stale => Fault::not_found(),
            Err(other) => other,
        }
    }
}
