//! How long sessions last, and from where and when they may be used: what administrators decide, and holding callers to
//! it.

use crate::prepare::issue;
use crate::{Caller, Engine, Masked, Released, Versioned};
use access::{Thing, Verb};
use identity::{Client, Session, SessionRules, SessionRulesInput, is_kept_open, not_for_administrators};
use kernel::{Fault, FaultKind, RecordId, Result, Text};
use ledger::Act;
use serde_json::json;
use std::net::IpAddr;
use store::{Batch, DocKind};

impl Engine {
    /// Refuses a caller who may not work from where the client is, and writes down that it was tried, and from where.
    ///
    /// # Errors
    /// Forbidden; storage.
    pub async fn check_network(&self, caller: &Caller, session: &Session, client: &Client) -> Result<()> {
        let address = client.network;
        if self.directory().allows(caller.actor.user, session.networks(), address) {
            return Ok(());
        }
        let text = self.directory().wrong_network(caller.actor.user, session.networks(), address);
        Err(self.refused_for(caller, "network", client, Fault::new(FaultKind::Forbidden, text)).await)
    }

    /// Refuses a caller who may not work now, and writes it down the first time that this session is used from where the
    /// client is, before the hour at which work begins again. The session goes on then, unless its time is over.
    ///
    /// # Errors
    /// That it is outside the hours; storage.
    pub async fn check_hours(&self, caller: &Caller, session: &Session, client: &Client) -> Result<()> {
        let now = self.now();
        let Some(rest) = self.directory().rest(caller.actor.user, now) else { return Ok(()) };
        let fault = rest.fault(now);
        if !session.note_rest(&rest, client.network) {
            let ask = self.whom_to_ask(caller, RecordId::NIL).await;
            return Err(fault.asking(ask));
        }
        let fault = self.refused_for(caller, "hours", client, fault).await;
        if fault.kind != FaultKind::OutsideHours {
            session.forget_rest(client.network);
        }
        Err(fault)
    }

    /// What was decided of sessions.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn session_rules(&self, caller: &Caller) -> Result<Released<Versioned<SessionRules>>> {
        self.admin(caller, Thing::Roles, Verb::Read).await?;
        let directory = self.directory();
        let version = directory.version_of(DocKind::Setting, SessionRules::ID).unwrap_or_default();
        let receipt = self.receipt(self.looked_at(caller, Thing::Roles)).await?;
        Ok(Masked::new(Versioned { value: directory.session_rules.clone(), version }).release(&receipt))
    }

    /// Decides how long sessions last and from where and when they may be used: it holds from the next request on. `address`
    /// is where the caller asks from, who is not to be shut out by it.
    ///
    /// # Errors
    /// Forbidden, also for a token; invalid, field by field; conflict if the caller could not go on; stale.
    pub async fn put_session_rules(
        &self,
        caller: &Caller,
        version: u64,
        input: &SessionRulesInput,
        address: IpAddr,
    ) -> Result<Released<Versioned<SessionRules>>> {
        self.admin(caller, Thing::Roles, Verb::Manage).await?;
        self.not_by_token(caller).await?;
        let next = input.check()?;
        let held = self.administer().await?;
        let directory = self.directory();
        if !next.roles.keys().all(|role| directory.policy.roles.contains_key(role)) {
            let reason = Text::of("Nie ma takiej roli.", "There is no such role.");
            return Err(issue("roles", "unknown-role", reason));
        }
        let open = |role| directory.policy.roles.get(role).is_some_and(is_kept_open);
        let closed = next.roles.iter().filter(|(role, rule)| rule.hours.is_some() && open(role));
        let issues: Vec<_> =
            closed.map(|(role, _)| not_for_administrators(&format!("roles.{role}"))).collect();
        if !issues.is_empty() {
            return Err(Fault::fields(issues));
        }
        let own = directory.users.get(&caller.actor.user).map(|user| user.roles.as_slice());
        if !next.allows(own.unwrap_or_default(), address) {
            let text = Text::new(
                format!(
                    "Te sieci nie obejmują adresu, z którego pracujesz ({address}). Dodaj go, aby nie stracić dostępu."
                ),
                format!(
                    "These networks do not hold the address that you work from ({address}). Add it, so that you do not lose access."
                ),
            );
            return Err(Fault::new(FaultKind::Conflict, text));
        }
        let present = directory.version_of(DocKind::Setting, SessionRules::ID).unwrap_or_default();
        if version != present {
            return Err(Fault::stale());
        }
        let mut event = self.event(caller, Act::SessionRules);
        self.set_detail(&mut event, &json!({ "before": directory.session_rules, "after": next }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(self.doc(DocKind::Setting, SessionRules::ID, present + 1, &next)?);
        let receipt = self.commit_admin(batch, &held).await?;
        Ok(Masked::new(Versioned { value: next, version: present + 1 }).release(&receipt))
    }

    /// Lets everybody work from any network again, by who has the machine in hand; what is decided of time stays.
    /// Says whether any network was decided of.
    ///
    /// # Errors
    /// Storage's.
    pub async fn operator_clear_networks(&self) -> Result<bool> {
        let held = self.administer().await?;
        let directory = self.directory();
        let next = directory.session_rules.from_anywhere();
        if next == directory.session_rules {
            return Ok(false);
        }
        let present = directory.version_of(DocKind::Setting, SessionRules::ID).unwrap_or_default();
        let mut event = self.operator_event(Act::SessionRules);
        self.set_detail(&mut event, &json!({ "before": directory.session_rules, "after": next }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(self.doc(DocKind::Setting, SessionRules::ID, present + 1, &next)?);
        self.0
            .identity
            .tell_of_any_network(&mut batch, &directory.holders(Thing::Users, Verb::Manage, self.now()))?;
        let _receipt = self.commit_admin(batch, &held).await?;
        Ok(true)
    }
}
