//! What is told of grants: of one, of those that somebody was given or gave, and which roles may be given.

use crate::explain::{RoleName, role_name};
use crate::grant_checks::{beyond, chosen, fits, gives, not_seen, unknown_field, with_names};
use crate::grant_terms::partner_of;
use crate::grants::ends;
use crate::prepare::issue;
use crate::read::about;
use crate::things_used::over;
use crate::{Caller, Engine, Masked, Released};
use access::{Action, Facts, Grant, Grantee, Over, Policy, Thing};
use identity::GrantDoc;
use kernel::{
    Fault, GrantId, Named, PartnerId, RecordId, Result, RoleId, TeamId, Text, Time, UserId, limits,
};
use ledger::{Act, Event, Touch};
use schema::Entity;
use serde::Serialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// How a grant stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantState {
    /// Its time has not come.
    Pending,
    /// It gives rights.
    InForce,
    /// Its time is over.
    Ended,
}

impl GrantState {
    pub(crate) fn of(policy: &Policy, grant: &Grant, now: Time) -> Self {
        match policy.ends(grant) {
            // No agreement will be in force when it would begin.
            _ if policy.is_uncovered(grant, now) => Self::Ended,
            Some(until) if until <= now => Self::Ended,
            _ if now < grant.from => Self::Pending,
            _ => Self::InForce,
        }
    }
}

/// A grant, to whoever may share the record, has it or gave it.
#[derive(Clone, Debug, Serialize)]
pub struct GrantView {
    /// Its id.
    pub id: GrantId,
    /// For which user, if for one.
    pub user: Option<Named<UserId>>,
    /// For which team, if for one.
    pub team: Option<Named<TeamId>>,
    /// For which partner: the one that it is for, or that the user is of.
    pub partner: Option<Named<PartnerId>>,
    /// The role on the record; none if it is no more, and the grant gives nothing.
    pub role: Option<RoleName>,
    /// Whether over what hangs on the record too.
    pub with_related: bool,
    /// Of the record itself no other fields than these.
    pub fields: Option<BTreeSet<String>>,
    /// From when (RFC 3339).
    pub from: String,
    /// Until when (RFC 3339), if it ends by itself, or with the agreement that it rests on.
    pub until: Option<String>,
    /// How it stands.
    pub state: GrantState,
    /// Who gave it, or renewed it.
    pub by: Named<UserId>,
    /// When it was given (RFC 3339).
    pub at: String,
    /// Why; none if the person that it is about was erased, or the caller neither gave it nor sees the record.
    pub reason: Option<String>,
    /// Its version, for `If-Match`.
    pub version: u64,
    /// Whether the caller may end it.
    pub may_end: bool,
    /// Whether the caller may renew it.
    pub may_renew: bool,
}

/// Which grants of one's own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// For oneself, or for one's team.
    Received,
    /// Those that one gave.
    Given,
}

/// The record that a grant is over.
#[derive(Clone, Debug, Serialize)]
pub struct GrantedRecord {
    /// Name of its entity.
    pub entity: String,
    /// Its id.
    pub id: RecordId,
    /// What it is called, as far as the caller sees that now: if not by its title, by what is shared of that.
    pub title: Option<String>,
}

/// A grant that the caller was given or gave.
#[derive(Clone, Debug, Serialize)]
pub struct OwnGrant {
    /// It.
    #[serde(flatten)]
    pub grant: GrantView,
    /// The record that it is over; none if it is over what somebody owns.
    pub record: Option<GrantedRecord>,
    /// Whose records it is over, if it is not over one.
    pub owner: Option<Named<UserId>>,
}

/// Some of them, the newest first.
#[derive(Clone, Debug, Serialize)]
pub struct GrantPage {
    /// They.
    pub items: Vec<OwnGrant>,
    /// Pass as `cursor` to go on; null at the end.
    pub next_cursor: Option<GrantId>,
}

/// A role that the caller may give on a record.
#[derive(Clone, Debug, Serialize)]
pub struct GrantableRole {
    /// It.
    #[serde(flatten)]
    pub role: RoleName,
    /// What it lets be done to such records.
    pub actions: Vec<Action>,
}

/// The roles that the caller may give on a record.
#[derive(Clone, Debug, Serialize)]
pub struct GrantableRoles {
    /// They, by label.
    pub items: Vec<GrantableRole>,
    /// The fields that were chosen, with those that come along; null if none were chosen.
    pub fields: Option<BTreeSet<String>>,
}

/// A record as decisions need it.
type Known<'a> = (&'a Entity, &'a Facts);

impl Engine {
    /// A grant as it is kept, with its version, over the record it is over if that is there.
    pub(crate) fn grant_view(
        &self,
        caller: &Caller,
        (doc, version): (&GrantDoc, u64),
        over: Option<Known<'_>>,
    ) -> GrantView {
        let (grant, now) = (&doc.grant, self.now());
        let (user, team) = match grant.to {
            Grantee::User(user) => (Some(self.user_name(user)), None),
            Grantee::Team(team) => (None, Some(self.team_name(team))),
            Grantee::Partner(_) => (None, None),
        };
        let partner = partner_of(&self.policy(), grant.to).map(|id| self.partner_name(id));
        let policy = self.policy();
        let state = GrantState::of(&policy, grant, now);
        let told = grant.by == caller.actor.user || over.is_some_and(|(_, facts)| sees(caller, facts));
        GrantView {
            id: grant.id,
            user,
            team,
            partner,
            role: self.policy().roles.get(&grant.role).map(|role| role_name(role, caller.lang)),
            with_related: matches!(grant.over, Over::Tree(..)),
            fields: grant.fields.as_deref().cloned(),
            from: grant.from.rfc3339(),
            until: policy.ends(grant).map(Time::rfc3339),
            state,
            by: self.user_name(grant.by),
            at: doc.at.rfc3339(),
            reason: told.then(|| doc.reason(&self.0.vault)).flatten(),
            version,
            may_end: ends(caller, grant, over.map(|(_, facts)| facts)),
            may_renew: over.is_some_and(|(entity, facts)| self.may_renew(caller, entity, facts, grant)),
        }
    }

    /// Grants that the caller was given, oneself or as one of a team, or gave; those that ended as long as they are kept.
    ///
    /// # Errors
    /// Forbidden for a token; invalid for a limit out of range.
    pub async fn own_grants(
        &self,
        caller: &Caller,
        direction: Direction,
        limit: u32,
        after: Option<GrantId>,
    ) -> Result<Released<GrantPage>> {
        self.not_by_token(caller).await?;
        if direction == Direction::Given && caller.partner().is_some() {
            let text = Text::of("Podaj received.", "Give received.");
            return Err(issue("direction", "unknown-value", text));
        }
        let (me, policy) = (caller.actor.user, &*caller.policy);
        let all: Vec<&Grant> = match direction {
            Direction::Received => {
                let member = policy.members.get(&me);
                member.into_iter().flat_map(|m| policy.grants.of(m)).filter(|g| g.by != me).collect()
            }
            Direction::Given => policy.grants.by(me).collect(),
        };
        self.grant_page(caller, all, (limit, after), None).await
    }

    /// A page of these grants, the newest first, with the event that tells of them.
    pub(crate) async fn grant_page(
        &self,
        caller: &Caller,
        mut all: Vec<&Grant>,
        (limit, after): (u32, Option<GrantId>),
        by: Option<Thing>,
    ) -> Result<Released<GrantPage>> {
        if !(1..=limits::PAGE_MAX).contains(&limit) {
            let max = limits::PAGE_MAX;
            let reason = Text::new(format!("Od 1 do {max}."), format!("From 1 to {max}."));
            return Err(issue("limit", "out-of-range", reason));
        }
        all.retain(|grant| after.is_none_or(|after| grant.id < after));
        all.sort_unstable_by_key(|grant| std::cmp::Reverse(grant.id));
        let more = all.len() > limit as usize;
        all.truncate(limit as usize);
        let next_cursor = all.last().filter(|_| more).map(|grant| grant.id);
        let (mut items, mut touches) = self.own_views(caller, &all).await?;
        let named = self.name_by_parts(caller, &mut items, &mut touches).await?;
        let disclosed = self.disclosed_beside(caller, "list", &touches, named).await?;
        if disclosed.is_some() {
            items.iter_mut().for_each(keep_house);
        }
        let page = Masked::new(GrantPage { items, next_cursor });
        let mut event = Event { touches, ..self.event(caller, Act::GrantList) };
        if let Some(thing) = by {
            event = over(thing, event);
        }
        if let Some(disclosed) = disclosed {
            self.set_detail(&mut event, &json!({ "disclosed": disclosed }))?;
        }
        let receipt = self.receipt(event).await?;
        Ok(page.release(&receipt))
    }

    pub(crate) async fn own_views(
        &self,
        caller: &Caller,
        grants: &[&Grant],
    ) -> Result<(Vec<OwnGrant>, Vec<Touch>)> {
        let (catalog, house) = (&caller.policy.catalog, caller.partner().is_none());
        let ids: BTreeSet<RecordId> =
            grants.iter().filter_map(|grant| grant.record()).map(|(_, id)| id).collect();
        let mut known: HashMap<RecordId, (&Entity, Facts)> = HashMap::new();
        let mut binned = BTreeSet::new();
        let mut wanted: BTreeMap<&str, Vec<RecordId>> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for row in self.0.store.rows(ids.into_iter().collect()).await? {
            let (facts, _) = self.facts(&row).await?;
            let Some(entity) = catalog.by_code(facts.entity) else { continue };
            // Nobody of a partner sees what is in the bin.
            if sees(caller, &facts) && (house || row.deleted_at.is_none()) {
                seen.insert(row.id);
                wanted.entry(&entity.name).or_default().push(row.id);
            }
            if row.deleted_at.is_some() {
                binned.insert(row.id);
            }
            known.insert(row.id, (entity, facts));
        }
        let (names, touches) = self.named(caller, wanted).await?;
        let mut items = Vec::new();
        for grant in grants {
            let Some((doc, version)) = self.kept_grant(grant.id).await? else { continue };
            let over = grant.record().and_then(|(_, id)| known.get(&id));
            // And of one that is not seen not even its kind.
            let told = grant.record().filter(|(_, id)| house || seen.contains(id));
            let record = told.map(|(code, id)| GrantedRecord {
                entity: catalog.by_code(code).map(|entity| entity.name.clone()).unwrap_or_default(),
                id,
                title: names.get(&id).map(|named| named.title.clone()),
            });
            let owner = match grant.over {
                Over::OwnedBy(owner) => Some(self.user_name(owner)),
                Over::Record(..) | Over::Tree(..) => None,
            };
            let over = over.map(|(entity, facts)| (*entity, facts));
            let mut view = self.grant_view(caller, (&doc, version), over);
            // Nothing is given on a record in the bin.
            view.may_renew &= grant.record().is_none_or(|(_, id)| !binned.contains(&id));
            items.push(OwnGrant { grant: view, record, owner });
        }
        Ok((items, touches))
    }

    /// The roles that the caller may give on a record, with what hangs on it or without, whole or limited to some fields.
    ///
    /// # Errors
    /// Not found; forbidden without the right to share the record; invalid for fields that the caller does not see.
    pub async fn grantable_roles(
        &self,
        caller: &Caller,
        entity: &Entity,
        id: RecordId,
        with_related: bool,
        fields: Option<&[String]>,
    ) -> Result<Released<GrantableRoles>> {
        let (row, facts) = self.to_share(caller, entity, id).await?;
        let policy = &*caller.policy;
        let fields = match fields {
            None => None,
            Some(names) => match chosen(policy, caller, entity, &facts, names) {
                Some(all) => Some(Arc::new(all)),
                None => {
                    let hidden = not_seen(policy, caller, entity, &facts, names);
                    return Err(with_names(Fault::fields(vec![unknown_field()]), hidden));
                }
            },
        };
        let over = if with_related { Over::Tree(entity.code, id) } else { Over::Record(entity.code, id) };
        let (now, by) = (self.now(), caller.actor.user);
        let grant = |role: RoleId| Grant {
            id: GrantId::NIL,
            to: Grantee::User(UserId::NIL),
            by,
            role,
            over,
            fields: fields.clone(),
            from: now,
            until: None,
            most: None,
        };
        let may = |role: &&access::Role| {
            fits(policy, entity, role)
                && beyond(policy, caller, entity, &facts, role, &grant(role.id)).is_none()
        };
        let mut items: Vec<GrantableRole> = policy
            .roles
            .values()
            .filter(may)
            .map(|role| {
                let given = |action: &Action| {
                    gives(role.entities.get(&entity.name), *action) && *action != Action::Share
                };
                let actions = Action::ALL.into_iter().filter(given).collect();
                GrantableRole { role: role_name(role, caller.lang), actions }
            })
            .collect();
        items.sort_by(|a, b| (&a.role.label, a.role.id).cmp(&(&b.role.label, b.role.id)));
        let view = Masked::new(GrantableRoles { items, fields: fields.as_deref().cloned() });
        let receipt = self.receipt(about(self.event(caller, Act::AccessExplain), &row)).await?;
        Ok(view.release(&receipt))
    }
}

/// A grant as somebody of a partner is told it: nobody of the house by name, and not the words that were meant
/// for the house.
fn keep_house(own: &mut OwnGrant) {
    let grant = &mut own.grant;
    grant.by = Named { id: UserId::NIL, name: String::new() };
    (grant.team, grant.reason, own.owner) = (None, None, None);
    (grant.may_end, grant.may_renew) = (false, false);
}

/// Whether the caller reads a record with these facts.
fn sees(caller: &Caller, facts: &Facts) -> bool {
    caller.policy.decide(&caller.actor, Action::Read, facts).allow
}
