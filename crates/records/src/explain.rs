//! Who sees what, and why: one record for everybody, and everything for one user. Nothing is decided here:
//! each answer is the policy's own, asked for somebody else.

use crate::things_used::over;
use crate::view::{AccessBlock, ParentView, access_on};
use crate::{Caller, Engine, Masked, Released};
use access::{
    Action, Actor, Facts, Grant, Grantee, Level, Member, Over, Policy, Reason, Role, Scope, Thing, Verb,
};
use index::Query;
use kernel::{
    Fault, GrantId, Lang, Named, RecordId, Result, RoleId, SessionId, TeamId, Text, Time, UserId, limits,
};
use ledger::Act;
use schema::Entity;
use serde::Serialize;
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use store::Row;

/// A role by name and label.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RoleName {
    /// Its id.
    pub id: RoleId,
    /// Its stable name.
    pub name: String,
    /// What people call it, in the caller's language.
    pub label: String,
}

/// How a record falls within the reach of a role.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// The user owns it.
    Owner,
    /// It is of the user's team.
    Team,
    /// It is of a team below the user's.
    Below,
    /// The role reaches all.
    All,
    /// It hangs on a record that the user sees.
    Parent,
    /// It was shared, or what it hangs on with it.
    Grant,
}

/// Why somebody reads a record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ReasonView {
    /// What the reason is for: reading.
    pub action: Action,
    /// What gives leave.
    pub rule: &'static str,
    /// The role.
    pub role: RoleName,
    /// Over which records it gives leave, if it is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// By which grant, if it is not held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant: Option<GrantId>,
    /// Until when that gives leave (RFC 3339), if it ends by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// How this one is among them.
    pub via: Via,
    /// The record it hangs on, where that is how.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<ParentView>,
    /// All that as a sentence.
    pub label: String,
}

/// Fields, as somebody sees them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FieldAccess {
    /// Hidden ones.
    pub hidden: Vec<String>,
    /// Those of which a part is shown.
    pub masked: Vec<String>,
    /// Those that may be changed.
    pub writable: Vec<String>,
}

/// Somebody who reads a record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct AccessItem {
    /// Who.
    pub user: Named<UserId>,
    /// Of which team.
    pub team: Named<TeamId>,
    /// What that user may do to it.
    pub actions: Vec<Action>,
    /// What of it.
    pub fields: FieldAccess,
    /// Why.
    pub reasons: Vec<ReasonView>,
}

/// Those who read a record, in the order in which they joined.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct AccessPage {
    /// Some of them.
    pub items: Vec<AccessItem>,
    /// Pass as `after` to go on; null at the end.
    pub next_after: Option<UserId>,
    /// How many there are in all.
    pub count: usize,
}

/// What somebody sees of one entity.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct EntityReach {
    /// Its name.
    pub entity: String,
    /// Scope of each action, all roles taken together; what is not named is not allowed.
    pub scopes: BTreeMap<Action, Scope>,
    /// Level of each field in lists; empty if nothing is read.
    pub levels: BTreeMap<String, Level>,
    /// How many records are read, counted up to 10,000; null if none can be.
    pub count: Option<u32>,
    /// Actions that fewer than half of the team may do as far as this.
    pub unusual: Vec<Action>,
}

/// Everything that somebody may see and do.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct UserReach {
    /// Who.
    pub user: Named<UserId>,
    /// Records.
    pub entities: Vec<EntityReach>,
    /// What is administered.
    pub things: BTreeMap<Thing, Verb>,
    /// Of that, what fewer than half of the team administer as far as this.
    pub unusual_things: Vec<Thing>,
}

/// The user as in a session of their own, when `caller` asks.
pub(crate) fn as_user(caller: &Caller, user: UserId) -> Actor {
    Actor { user, session: SessionId::NIL, token: None, at: caller.actor.at }
}

impl Engine {
    /// Who reads a record, what of it, and why. Whoever reads it may ask.
    ///
    /// # Errors
    /// Not found; invalid for a limit out of range.
    pub async fn record_access(
        &self,
        caller: &Caller,
        entity: &Entity,
        id: RecordId,
        after: Option<UserId>,
        limit: u32,
    ) -> Result<Released<AccessPage>> {
        if !(1..=limits::PAGE_MAX).contains(&limit) {
            let max = limits::PAGE_MAX;
            let reason = Text::new(format!("Od 1 do {max}."), format!("From 1 to {max}."));
            return Err(crate::prepare::issue("limit", "out-of-range", reason));
        }
        let (row, facts, _) = self.lookup(caller, entity, id).await?;
        let page = Masked::new(self.readers(caller, entity, &row, &facts, after, limit as usize)?);
        let event = crate::read::about(self.event(caller, Act::AccessExplain), &row);
        let receipt = self.receipt(event).await?;
        Ok(page.release(&receipt))
    }

    fn readers(
        &self,
        caller: &Caller,
        entity: &Entity,
        row: &Row,
        facts: &Facts,
        after: Option<UserId>,
        limit: usize,
    ) -> Result<AccessPage> {
        let policy = &*caller.policy;
        let mut readers: Vec<(&Member, Vec<Reason>)> = policy
            .members
            .values()
            .map(|m| (m, policy.decide(&as_user(caller, m.user), Action::Read, facts)))
            .filter_map(|(m, decision)| decision.allow.then_some((m, decision.reasons)))
            .collect();
        readers.sort_by_key(|(m, _)| m.user);
        let count = readers.len();
        let near = near(policy, facts);
        let mut rest = readers.into_iter().filter(|(m, _)| after.is_none_or(|a| m.user > a)).peekable();
        let mut items = Vec::new();
        while items.len() < limit
            && let Some((member, reasons)) = rest.next()
        {
            items.push(self.access_item((caller, entity), (row, facts), &near, member, &reasons)?);
        }
        let next_after = rest.peek().and(items.last()).map(|item| item.user.id);
        Ok(AccessPage { items, next_after, count })
    }

    fn access_item(
        &self,
        (caller, entity): (&Caller, &Entity),
        (row, facts): (&Row, &Facts),
        near: &HashMap<GrantId, &Grant>,
        member: &Member,
        reasons: &[Reason],
    ) -> Result<AccessItem> {
        let (policy, actor) = (&*caller.policy, as_user(caller, member.user));
        let permit = policy.read(&actor, row.id, facts)?;
        let AccessBlock { hidden, masked, writable, actions } =
            access_on(policy, &actor, entity, permit.mask(), row.id, facts);
        let user = self.user_name(member.user);
        let why = |reason: &Reason| match reason {
            Reason::Allowed { role, scope } => {
                let mut held = member.roles.iter().filter_map(|id| policy.roles.get(id));
                let role = held.find(|r| r.name == *role)?;
                Some(self.reason(caller, row, facts, member, role, *scope))
            }
            Reason::Granted { grant, .. } => self.granted(caller, near.get(grant)?),
            _ => None,
        };
        Ok(AccessItem {
            user,
            team: self.team_name(member.team),
            actions,
            fields: FieldAccess { hidden, masked, writable },
            reasons: reasons.iter().filter_map(why).collect(),
        })
    }

    fn reason(
        &self,
        caller: &Caller,
        row: &Row,
        facts: &Facts,
        member: &Member,
        role: &Role,
        scope: Scope,
    ) -> ReasonView {
        let via = via(facts, member, scope);
        let above = facts.parent.as_ref().and_then(|p| caller.policy.catalog.by_code(p.entity));
        let parent = above.zip(row.parent).map(|(entity, id)| ParentView { entity: entity.name.clone(), id });
        let name = role_name(role, caller.lang);
        let how = match via {
            Via::Owner => Text::of("to rekord tej osoby", "the record is this person's own"),
            Via::Team => {
                Text::of("rekord należy do zespołu tej osoby", "the record belongs to the person's team")
            }
            Via::Below => {
                let team = self.team_name(facts.team).name;
                Text::new(
                    format!("rekord należy do zespołu podległego ({team})"),
                    format!("the record belongs to a team below ({team})"),
                )
            }
            Via::Grant => Text::of("rekord udostępniono", "the record was shared"),
            Via::All => Text::of("widzi wszystkie takie rekordy", "sees all such records"),
            Via::Parent => {
                let of = |lang| above.map_or("", |e| e.label.get(lang));
                Text::new(
                    format!("widzi rekord nadrzędny ({})", of(Lang::Pl)),
                    format!("sees the record it is about ({})", of(Lang::En)),
                )
            }
        };
        let label = match caller.lang {
            Lang::Pl => format!("Rola „{}”: {}.", name.label, how.get(Lang::Pl)),
            Lang::En => format!("Role “{}”: {}.", name.label, how.get(Lang::En)),
        };
        let (scope, action) = (Some(scope), Action::Read);
        ReasonView { action, rule: "role", role: name, scope, grant: None, until: None, via, parent, label }
    }

    /// The reason that a grant is.
    fn granted(&self, caller: &Caller, grant: &Grant) -> Option<ReasonView> {
        let role = role_name(caller.policy.roles.get(&grant.role)?, caller.lang);
        let until = grant.until.map(Time::rfc3339);
        let day = grant.until.map(|until| until.rfc3339()[..10].to_owned());
        let away = match grant.over {
            Over::OwnedBy(away) => Some(self.user_name(away).name),
            Over::Record(..) | Over::Tree(..) => None,
        };
        let whom = match (caller.lang, grant.to, away) {
            (Lang::Pl, _, Some(away)) => format!("zastępuje: {away},"),
            (Lang::En, _, Some(away)) => format!("covers for {away}"),
            (Lang::Pl, Grantee::User(_), _) => "rekord udostępniono tej osobie".to_owned(),
            (Lang::En, Grantee::User(_), _) => "the record was shared with this person".to_owned(),
            (Lang::Pl, Grantee::Partner(_), _) => "rekord udostępniono partnerowi tej osoby".to_owned(),
            (Lang::En, Grantee::Partner(_), _) => {
                "the record was shared with the person's partner organisation".to_owned()
            }
            (Lang::Pl, Grantee::Team(_), _) => "rekord udostępniono zespołowi tej osoby".to_owned(),
            (Lang::En, Grantee::Team(_), _) => "the record was shared with the person's team".to_owned(),
        };
        let end = day.map_or_else(String::new, |day| match caller.lang {
            Lang::Pl => format!(" do {day}"),
            Lang::En => format!(" until {day}"),
        });
        let label = match caller.lang {
            Lang::Pl => format!("Rola „{}”: {whom}{end}.", role.label),
            Lang::En => format!("Role “{}”: {whom}{end}.", role.label),
        };
        let (action, grant, via) = (Action::Read, Some(grant.id), Via::Grant);
        Some(ReasonView { action, rule: "grant", role, scope: None, grant, until, via, parent: None, label })
    }

    /// What a user may see and do, in numbers; needs the right to read users unless it is oneself.
    ///
    /// # Errors
    /// Forbidden; not found.
    pub async fn user_reach(&self, caller: &Caller, id: UserId) -> Result<Released<UserReach>> {
        if id != caller.actor.user || caller.actor.token.is_some() {
            self.admin(caller, Thing::Users, Verb::Read).await?;
        }
        let policy = &*caller.policy;
        if !policy.members.contains_key(&id) {
            return Err(Fault::not_found());
        }
        let actor = as_user(caller, id);
        let mut entities = Vec::new();
        for entity in policy.catalog.entities() {
            entities.push(self.entity_reach(policy, &actor, entity).await?);
        }
        let things = policy.things(&actor);
        let unusual_things = unusual(policy, &actor, &things, Policy::things);
        let view = Masked::new(UserReach { user: self.user_name(id), entities, things, unusual_things });
        let mut event = self.event(caller, Act::AccessExplain);
        if id != caller.actor.user {
            event = over(Thing::Users, event);
        }
        self.set_detail(&mut event, &json!({ "user": id }))?;
        let receipt = self.receipt(event).await?;
        Ok(view.release(&receipt))
    }

    async fn entity_reach(&self, policy: &Policy, actor: &Actor, entity: &Entity) -> Result<EntityReach> {
        let scopes = policy.scopes(actor, &entity.name);
        let (levels, count) = match policy.list(actor, Action::Read, entity.code) {
            Ok(permit) => {
                let level = |name: &String| (name.clone(), permit.most().level(name));
                let levels = entity.fields.iter().map(|f| level(&f.name)).collect();
                (levels, Some(self.0.index.count(&permit, Query::default(), limits::COUNT).await?))
            }
            Err(_) => (BTreeMap::new(), None),
        };
        let unusual = unusual(policy, actor, &scopes, |policy, actor| policy.scopes(actor, &entity.name));
        Ok(EntityReach { entity: entity.name.clone(), scopes, levels, count, unusual })
    }
}

/// The grants that can count for a record, found once for all who read it: there may be hundreds of thousands of others.
fn near<'a>(policy: &'a Policy, facts: &Facts) -> HashMap<GrantId, &'a Grant> {
    let records = [facts.record].into_iter().chain(facts.parent.as_ref().map(|parent| parent.record));
    let on = records.flat_map(|id| policy.grants.on(id));
    on.chain(policy.grants.covers()).map(|grant| (grant.id, grant)).collect()
}

/// What of `own` fewer than half of the people in the user's team have as much of. Whoever is alone in a team, or in none,
/// has nothing to be compared to.
fn unusual<K: Ord + Copy, V: Ord>(
    policy: &Policy,
    actor: &Actor,
    own: &BTreeMap<K, V>,
    of: impl Fn(&Policy, &Actor) -> BTreeMap<K, V>,
) -> Vec<K> {
    let Some(member) = policy.members.get(&actor.user).filter(|m| !m.team.is_nil()) else {
        return Vec::new();
    };
    let colleague = |m: &&Member| m.team == member.team && m.active && m.owner.is_none();
    let team: Vec<BTreeMap<K, V>> = policy
        .members
        .values()
        .filter(colleague)
        .map(|m| of(policy, &Actor { user: m.user, ..actor.clone() }))
        .collect();
    let few = |(key, value): &(&K, &V)| {
        team.iter().filter(|has| has.get(*key) >= Some(*value)).count() * 2 < team.len()
    };
    own.iter().filter(few).map(|(key, _)| *key).collect()
}

pub(crate) fn role_name(role: &Role, lang: Lang) -> RoleName {
    RoleName { id: role.id, name: role.name.clone(), label: role.label.get(lang).to_owned() }
}

/// How a record with these facts falls within `scope` of a role of `member`, if it does.
fn via(facts: &Facts, member: &Member, scope: Scope) -> Via {
    if facts.parent.is_some() {
        return Via::Parent;
    }
    match scope {
        Scope::All => Via::All,
        _ if facts.owner == member.user => Via::Owner,
        _ if facts.team == member.team => Via::Team,
        _ => Via::Below,
    }
}
