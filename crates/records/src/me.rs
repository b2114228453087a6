//! What the caller is told about the caller.

use crate::explain::{RoleName, role_name};
use crate::view::access_block;
use crate::{Caller, Engine, Masked, OwnFactors, OwnPartner, Released};
use access::{Action, Policy, Scope, Thing, Verb};
use identity::{Profile, Session};
use kernel::{Fault, Named, RoleId, TeamId, Time, UserId};
use ledger::Act;
use schema::Entity;
use serde::Serialize;
use std::collections::BTreeMap;

/// The caller.
#[derive(Clone, Debug, Serialize)]
pub struct Me {
    /// The user.
    pub user: Profile,
    /// The session ends at the latest (RFC 3339).
    pub session_ends_at: String,
    /// A session ends after so many seconds without use.
    pub session_idle_s: i64,
    /// When the hours of the caller's roles are over; nothing if they are without end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub work_ends: Option<WorkEndsView>,
    /// Scope of each allowed action by entity.
    pub entities: BTreeMap<String, BTreeMap<Action, Scope>>,
    /// What grants in force let the caller do to some record of an entity; an entity without any is absent.
    pub granted: BTreeMap<String, Vec<Action>>,
    /// Names of the fields that lists of an entity hide from the caller; an entity without any is absent.
    pub hidden: BTreeMap<String, Vec<String>>,
    /// Rights over things.
    pub things: BTreeMap<Thing, Verb>,
    /// Another number when the caller's rights are other ones.
    pub policy_version: u64,
    /// Whom to ask for rights.
    pub administrators: Vec<Named<UserId>>,
    /// Name of the organisation.
    pub organisation: String,
    /// The caller's roles.
    pub roles: Vec<RoleName>,
    /// The caller's team.
    pub team: Named<TeamId>,
    /// Of a caller who is of a partner: which, and until when something is shared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner: Option<OwnPartner>,
    /// Whether the caller has a password that signs in.
    pub has_password: bool,
    /// The caller's second factors, and what is asked of the caller.
    pub factors: OwnFactors,
}

/// When the caller may work no more.
#[derive(Clone, Debug, Serialize)]
pub struct WorkEndsView {
    /// Then (RFC 3339).
    pub at: String,
    /// When work begins again (RFC 3339); nothing if it never does.
    pub again: Option<String>,
    /// By whose clocks the hours are.
    pub zone: String,
}

/// A number that changes with whatever decides what this user may do, and with the fields there are. The
/// same over a restart; below 2^53, so that every client can hold it.
#[must_use]
pub fn rights_of(policy: &Policy, user: UserId, at: Time) -> u64 {
    // What cannot be written as JSON counts as one and the same; none of it is of that kind.
    number(&serde_json::to_vec(&(policy.held_by(user, at), policy.catalog.version)).unwrap_or_default())
}

/// As [`rights_of`], whatever fields there are: what was made under the same rights may still be shown.
#[must_use]
pub fn rights_held_by(policy: &Policy, user: UserId, at: Time) -> u64 {
    number(&serde_json::to_vec(&policy.held_by(user, at)).unwrap_or_default())
}

fn number(text: &[u8]) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = vault::sha256(&[text]);
    u64::from_be_bytes([a, b, c, d, e, f, g, h]) >> 11
}

/// Nobody of a partner learns which fields there are besides.
fn hidden(caller: &Caller, entity: &Entity) -> Option<(String, Vec<String>)> {
    if caller.partner().is_some() {
        return None;
    }
    let permit = caller.policy.list(&caller.actor, Action::Read, entity.code).ok()?;
    let hidden = access_block(entity, permit.most()).hidden;
    (!hidden.is_empty()).then(|| (entity.name.clone(), hidden))
}

impl Engine {
    /// Who the caller is, and what the caller's roles allow at all.
    ///
    /// # Errors
    /// Storage.
    pub async fn me(&self, caller: &Caller, session: &Session) -> kernel::Result<Released<Me>> {
        let directory = self.directory();
        let user = directory.users.get(&caller.actor.user).cloned().ok_or_else(Fault::not_found)?;
        let policy = &caller.policy;
        let limits = self.0.identity.limits_of(user.id);
        let scopes = |e: &Entity| (e.name.clone(), policy.scopes(&caller.actor, &e.name));
        let granted = |e: &Entity| {
            let actions = policy.granted_actions(&caller.actor, e);
            (!actions.is_empty()).then(|| (e.name.clone(), actions))
        };
        // Of a kind of which nothing is shared nobody of a partner learns.
        let told = |e: &&Entity| {
            caller.partner().is_none() || policy.list(&caller.actor, Action::Read, e.code).is_ok()
        };
        let partner = self.own_partner(caller).await?;
        let administrators = match partner {
            None => directory.holders(Thing::Users, Verb::Manage, self.now()),
            // Of a partner's users nobody learns who works here.
            Some(_) => Vec::new(),
        };
        let own = |id: &RoleId| policy.roles.get(id).map(|role| role_name(role, caller.lang));
        let me = Me {
            session_ends_at: session.ends_within(&limits).rfc3339(),
            session_idle_s: limits.idle_ms / 1_000,
            work_ends: directory.work_ends(user.id, self.now()).map(|ends| WorkEndsView {
                at: ends.at.rfc3339(),
                again: ends.again.map(Time::rfc3339),
                zone: ends.zone.name().to_owned(),
            }),
            entities: policy.catalog.entities().iter().filter(told).map(scopes).collect(),
            granted: policy.catalog.entities().iter().filter_map(granted).collect(),
            hidden: policy.catalog.entities().iter().filter_map(|e| hidden(caller, e)).collect(),
            things: policy.things(&caller.actor),
            policy_version: rights_of(policy, user.id, caller.actor.at),
            administrators: administrators.into_iter().map(|id| self.user_name(id)).collect(),
            organisation: directory.organisation.clone(),
            roles: user.roles.iter().filter_map(own).collect(),
            team: self.team_name(user.team),
            partner,
            has_password: user.has_password && self.0.identity.password_counts(&user.login),
            factors: self.own_factors(user.id, session).await?,
            user,
        };
        let receipt = self.receipt(self.event(caller, Act::AdminRead)).await?;
        Ok(Masked::new(me).release(&receipt))
    }
}
