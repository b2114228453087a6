//! What a second person has to approve: what administrators decide.

use super::Cleared;
use crate::{Caller, Engine, Masked, Released, Versioned};
use access::{Thing, Verb};
use identity::{ActKind, ApprovalRules};
use kernel::{Fault, FaultKind, Result, Text};
use ledger::Act;
use serde_json::json;
use store::{Batch, DocKind};

impl Engine {
    /// What was decided.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn approval_rules(&self, caller: &Caller) -> Result<Released<Versioned<ApprovalRules>>> {
        self.admin(caller, Thing::Roles, Verb::Read).await?;
        let directory = self.directory();
        let version = directory.version_of(DocKind::Setting, ApprovalRules::ID).unwrap_or_default();
        let receipt = self.receipt(self.looked_at(caller, Thing::Roles)).await?;
        Ok(Masked::new(Versioned { value: directory.approval_rules.clone(), version }).release(&receipt))
    }

    /// Decides it anew: it holds from the next request on. Where changes of roles are approved, rules that ask less are
    /// too.
    ///
    /// # Errors
    /// Forbidden, also for a token; invalid; stale; that a second person must approve; conflict if changes of roles were
    /// to be approved and nobody but the caller could do that.
    pub async fn put_approval_rules(
        &self,
        caller: &Caller,
        version: u64,
        next: ApprovalRules,
    ) -> Result<Released<Versioned<ApprovalRules>>> {
        self.admin(caller, Thing::Roles, Verb::Manage).await?;
        self.not_by_token(caller).await?;
        let next = next.check()?;
        let held = self.administer().await?;
        let directory = self.directory();
        let before = &directory.approval_rules;
        let present = directory.version_of(DocKind::Setting, ApprovalRules::ID).unwrap_or_default();
        if version != present {
            return Err(Fault::stale());
        }
        let cleared = match next.loosens(before) {
            true => self.cleared_to_loosen(caller).await?,
            false => Cleared::unasked(),
        };
        if before.role_change.is_none()
            && next.role_change.is_some()
            && self.seconds(caller.actor.user, (ActKind::RoleChange, None), self.now()).is_empty()
        {
            return Err(nobody_for_roles());
        }
        let mut event = self.event(caller, Act::ApprovalRules);
        self.set_detail(&mut event, &json!({ "before": before, "after": next }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(self.doc(DocKind::Setting, ApprovalRules::ID, present + 1, &next)?);
        cleared.join(&mut batch);
        let receipt = self.commit_admin(batch, &held).await?;
        Ok(Masked::new(Versioned { value: next, version: present + 1 }).release(&receipt))
    }

    /// Puts the rules back to what they are without anybody's deciding, so that changes of roles need no approval, by who
    /// has the machine in hand. Says whether they were other.
    ///
    /// # Errors
    /// Storage's.
    pub async fn operator_reset_approvals(&self) -> Result<bool> {
        let held = self.administer().await?;
        let directory = self.directory();
        let (before, next) = (&directory.approval_rules, ApprovalRules::default());
        if *before == next {
            return Ok(false);
        }
        let present = directory.version_of(DocKind::Setting, ApprovalRules::ID).unwrap_or_default();
        let mut event = self.operator_event(Act::ApprovalRules);
        self.set_detail(&mut event, &json!({ "before": before, "after": next }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(self.doc(DocKind::Setting, ApprovalRules::ID, present + 1, &next)?);
        let title =
            Text::of("Zasady zgód przywrócono na serwerze", "Rules of approval were reset on the server");
        let body = Text::of(
            "Kto ma dostęp do serwera, przywrócił zasady domyślne poleceniem klucznik user approvals reset.",
            "Somebody with access to the server put back the rules as they are by default, by the command klucznik user approvals reset.",
        );
        for user in directory.holders(Thing::Roles, Verb::Manage, self.now()) {
            batch.docs.push(self.approval_notice(
                user,
                "approval-rules-reset",
                title.clone(),
                body.clone(),
            )?);
        }
        let _receipt = self.commit_admin(batch, &held).await?;
        Ok(true)
    }
}

fn nobody_for_roles() -> Fault {
    let text = Text::of(
        "Nikt poza Tobą nie mógłby zatwierdzać zmian ról: potrzebna jest druga osoba, która zarządza rolami co najmniej od tygodnia, ma od tygodnia te same role i hasło, którego nikt jej nie nadał.",
        "Nobody but you could approve changes of roles: it takes a second person who has managed roles for a week at least, with the same roles and a password that nobody else gave.",
    );
    Fault::new(FaultKind::Conflict, text)
}
