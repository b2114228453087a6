//! What rights rested on before: with every change of a role, a team, somebody's team, roles and standing, a grant, a
//! partner's agreements, or the conditions that go with roles, what was there before is kept in the same batch, whoever makes it. From what is
//! there now and what was there before each change, the policy of any moment is put together again.

use crate::directory::{Directory, Profile};
use crate::factor::Requirement;
use crate::grants::GrantDoc;
use crate::partners::PartnerDoc;
use crate::rules::SessionRules;
use crate::seal::{bare_doc, open_doc, put_doc};
use crate::users::load_user;
use access::{Grant, Grantee, Member, Partner, Policy, Role, Team};
use kernel::{Fault, FaultKind, PartnerId, RecordId, Result, RoleId, TeamId, Time, UserId};
use ledger::{Event, EventId, Who};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use store::{Accompanied, Batch, Doc, DocKind, DocWrite, Store};
use vault::Vault;

/// What a user's rights rest on beside roles and teams themselves.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    /// Team.
    pub team: TeamId,
    /// Roles.
    pub roles: Vec<RoleId>,
    /// Suspended users may do nothing.
    pub active: bool,
    /// From then on nothing may be done.
    pub ends_at: Option<Time>,
    /// Of a service account: who answers for it.
    pub owner: Option<UserId>,
    /// Of somebody who is of a partner organisation: which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<PartnerId>,
}

/// Something that rights rest on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Before {
    /// A role.
    Role(Role),
    /// A team.
    Team(Team),
    /// What is kept of a user.
    Member(Membership),
    /// What is known of a partner organisation.
    Partner(Partner),
    /// A grant, without its reason.
    Grant(Grant),
    /// How long sessions last, and from where and when they may be used.
    Rules(SessionRules),
    /// Which factors are asked of whom.
    Requirement(Requirement),
}

/// Who made a change.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// A user.
    User(UserId),
    /// Nobody known.
    Nobody,
    /// The program, by a rule of its own.
    System,
    /// Somebody with the machine in hand.
    Operator,
}

impl From<Who> for By {
    fn from(who: Who) -> Self {
        match who {
            Who::User(user) => Self::User(user),
            Who::Nobody => Self::Nobody,
            Who::System => Self::System,
            Who::Operator => Self::Operator,
        }
    }
}

/// A change of something that rights rest on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionDoc {
    /// Number of the kind of document that was changed.
    kind: u16,
    /// Its id.
    id: RecordId,
    /// The version that the change made.
    pub version: u64,
    /// When.
    pub at: Time,
    /// By which event of the ledger.
    pub event: EventId,
    /// By whom.
    pub by: By,
    /// What was there before; nothing if the change made it.
    pub before: Option<Before>,
}

/// Documents of which what was before is kept.
const KINDS: &[DocKind] =
    &[DocKind::User, DocKind::Team, DocKind::Role, DocKind::Partner, DocKind::Grant, DocKind::Setting];

/// Changes that are taken back at most to find out what was before them.
pub const CHANGES: u32 = 20_000;

/// Id of the one document that says since when it is, and in this way: with each change beside what it is of.
const SINCE: [u8; 16] = *b"policy 2\0\0\0\0\0\0\0\0";

/// To whom changes of all but grants belong: nobody, all of them together.
const OF_ALL: UserId = UserId::from_bytes(SINCE);

/// To whom changes of what was granted belong, so that those of one are found among hundreds of thousands.
fn of_whom(grantee: Grantee) -> UserId {
    match grantee {
        Grantee::User(user) => user,
        Grantee::Team(team) => team.cast(),
        Grantee::Partner(partner) => partner.cast(),
    }
}

/// Keeps what was before beside every change, from now on.
///
/// # Errors
/// A fault of the program, if it is kept already.
pub fn keep_versions(store: &Store, vault: Arc<Vault>) -> Result<()> {
    store.accompany(Accompanied {
        kinds: KINDS,
        adding: Box::new(move |store, batch| {
            let vault = vault.clone();
            Box::pin(async move { with_versions(&store, &vault, batch).await })
        }),
    })
}

async fn with_versions(store: &Store, vault: &Vault, mut batch: Batch) -> Result<Batch> {
    let mut kept = Vec::new();
    for write in &batch.docs {
        let (kind, id, had) = match write {
            DocWrite::Put(doc) => (doc.kind, doc.id, doc.version.saturating_sub(1)),
            DocWrite::Remove(kind, id, version) => (*kind, *id, *version),
        };
        if !KINDS.contains(&kind) {
            continue;
        }
        let before = if had == 0 { None } else { store.doc(kind, id).await? };
        if had > 0 && before.as_ref().is_none_or(|doc| doc.version != had) {
            // The commit is stale, and says so.
            continue;
        }
        let before = before.map(|doc| ground(vault, &doc)).transpose()?.flatten();
        let after = match write {
            DocWrite::Put(doc) => ground(vault, doc)?,
            DocWrite::Remove(..) => None,
        };
        if before == after {
            continue;
        }
        let Event { id: event, at, who, .. } = *batch.event();
        let version = had + 1;
        let (by, of) = (who.into(), RecordId::from_bytes(id));
        // For whom a grant is never changes.
        let whose = match before.as_ref().or(after.as_ref()) {
            Some(Before::Grant(grant)) => of_whom(grant.to),
            _ => OF_ALL,
        };
        let content = VersionDoc { kind: kind as u16, id: of, version, at, event, by, before };
        let doc =
            bare_doc(DocKind::PolicyVersion, version_id(vault, (kind, id), version), 1, at, Some(whose));
        kept.push(put_doc(vault, doc, &content)?);
    }
    batch.docs.extend(kept);
    Ok(batch)
}

/// What of a document rights rest on, if they do.
fn ground(vault: &Vault, doc: &Doc) -> Result<Option<Before>> {
    Ok(Some(match doc.kind {
        DocKind::Role => Before::Role(open_doc(vault, doc)?),
        DocKind::Team => Before::Team(open_doc(vault, doc)?),
        DocKind::User => Before::Member(Membership::of(&Profile::from(load_user(vault, doc)?))),
        DocKind::Partner => Before::Partner(PartnerDoc::open(vault, doc)?.in_policy()),
        DocKind::Grant => Before::Grant(GrantDoc::open(vault, doc)?.grant),
        DocKind::Setting if doc.id == SessionRules::ID => Before::Rules(open_doc(vault, doc)?),
        DocKind::Setting if doc.id == Requirement::ID => Before::Requirement(open_doc(vault, doc)?),
        _ => return Ok(None),
    }))
}

/// The same for the same version, so that it is found by it and none is there twice.
fn version_id(vault: &Vault, (kind, id): (DocKind, [u8; 16]), version: u64) -> [u8; 16] {
    let of = [&(kind as u16).to_be_bytes()[..], &id, &version.to_be_bytes()].concat();
    let mac = vault.mac("policy version", &of);
    std::array::from_fn(|i| mac[i])
}

/// The change that made a version of a role; nothing if it was made before such changes were kept.
///
/// # Errors
/// Corrupt; storage.
pub async fn role_version(
    store: &Store,
    vault: &Vault,
    role: RoleId,
    version: u64,
) -> Result<Option<VersionDoc>> {
    let id = version_id(vault, (DocKind::Role, *role.bytes()), version);
    let Some(doc) = store.doc(DocKind::PolicyVersion, id).await? else { return Ok(None) };
    Ok(Some(open_version(vault, &doc)?))
}

fn open_version(vault: &Vault, doc: &Doc) -> Result<VersionDoc> {
    let content: VersionDoc = open_doc(vault, doc)?;
    if content.at != doc.updated_at {
        return Err(Fault::corrupt(format!("version {}: column and content differ", hex::encode(doc.id))));
    }
    Ok(content)
}

/// Since when what was before is kept, once an instance was opened by a release that does.
///
/// # Errors
/// Corrupt; storage.
pub async fn kept_since(store: &Store, vault: &Vault) -> Result<Option<Time>> {
    let doc = store.doc(DocKind::PolicySince, SINCE).await?;
    doc.map(|doc| open_doc(vault, &doc)).transpose()
}

/// Writes down with an event that what was before is kept from now on, if nobody did.
///
/// # Errors
/// Storage.
pub async fn begin_versions(store: &Store, vault: &Vault, event: &Event) -> Result<()> {
    let mut batch = Batch::new(event.clone());
    if kept_since(store, vault).await?.is_none() {
        let doc = bare_doc(DocKind::PolicySince, SINCE, 1, event.at, None);
        batch.docs.push(put_doc(vault, doc, &event.at)?);
    }
    match store.commit(batch).await {
        // Another server on the same database was faster.
        Err(fault) if matches!(fault.kind, FaultKind::Stale | FaultKind::Conflict) => {
            store.commit(Batch::new(event.clone())).await.map(drop)
        }
        done => done.map(drop),
    }
}

impl Membership {
    fn of(user: &Profile) -> Self {
        let Profile { team, active, ends_at, partner, .. } = *user;
        let owner = user.service.as_ref().map(crate::ServiceDoc::owner);
        Self { team, roles: user.roles.clone(), active, ends_at, owner, partner }
    }

    fn acts(&self, at: Time) -> bool {
        self.active && self.ends_at.is_none_or(|end| at < end)
    }
}

/// All that rights rest on, as it is put back step by step.
struct Then {
    policy: Policy,
    members: HashMap<UserId, Membership>,
    rules: SessionRules,
    requirement: Requirement,
}

impl Then {
    /// What it was before this change.
    fn undo(&mut self, change: VersionDoc) {
        let VersionDoc { kind, id, before, .. } = change;
        let id = *id.bytes();
        match before {
            Some(Before::Role(role)) => drop(self.policy.roles.insert(role.id, role)),
            Some(Before::Team(team)) => drop(self.policy.teams.insert(team.id, team)),
            Some(Before::Member(member)) => drop(self.members.insert(UserId::from_bytes(id), member)),
            Some(Before::Partner(partner)) => drop(self.policy.partners.insert(partner.id, partner)),
            Some(Before::Grant(grant)) => self.policy.grants.put(grant),
            Some(Before::Rules(rules)) => self.rules = rules,
            Some(Before::Requirement(requirement)) => self.requirement = requirement,
            None if kind == DocKind::Role as u16 => drop(self.policy.roles.remove(&RoleId::from_bytes(id))),
            None if kind == DocKind::Team as u16 => drop(self.policy.teams.remove(&TeamId::from_bytes(id))),
            None if kind == DocKind::User as u16 => drop(self.members.remove(&UserId::from_bytes(id))),
            None if kind == DocKind::Partner as u16 => {
                drop(self.policy.partners.remove(&PartnerId::from_bytes(id)));
            }
            None if kind == DocKind::Grant as u16 => {
                let made = self.policy.grants.find(kernel::GrantId::from_bytes(id)).cloned();
                made.iter().for_each(|grant| self.policy.grants.remove(grant));
            }
            None if id == SessionRules::ID => self.rules = SessionRules::default(),
            None => self.requirement = Requirement::default(),
        }
    }

    fn policy(mut self, at: Time) -> Policy {
        let persons = |id: UserId| self.members.get(&id).filter(|m| m.owner.is_none());
        let member = |(user, of): (&UserId, &Membership)| {
            let owned = of.owner.is_none_or(|owner| persons(owner).is_some_and(|owner| owner.acts(at)));
            let active = of.acts(at) && owned;
            let Membership { team, owner, partner, .. } = *of;
            (*user, Member { user: *user, team, roles: of.roles.clone(), active, owner, partner })
        };
        self.policy.members = self.members.iter().map(member).collect();
        let (rules, requirement) = (&self.rules, &self.requirement);
        let asks_more = |role: &RoleId| rules.roles.contains_key(role) || requirement.names(*role);
        self.policy.conditioned = self.policy.roles.keys().copied().filter(asks_more).collect();
        self.policy
    }
}

impl Directory {
    /// The policy of a moment, as far as it concerns one user: that one may do in it what they might do then. Fields are
    /// those of now, and what was granted to others. Nothing, if it is before all that is kept, or more than 20,000
    /// changes ago, of which those of what was granted to others do not count.
    ///
    /// # Errors
    /// Corrupt; storage.
    pub async fn policy_at(
        &self,
        (store, vault): (&Store, &Vault),
        user: UserId,
        at: Time,
    ) -> Result<Option<Policy>> {
        if kept_since(store, vault).await?.is_none_or(|since| at < since) {
            return Ok(None);
        }
        let mut then = Then {
            policy: (*self.policy).clone(),
            members: self.users.values().map(|user| (user.id, Membership::of(user))).collect(),
            rules: self.session_rules.clone(),
            requirement: self.requirement.clone(),
        };
        let mut left = CHANGES;
        for change in changes_of((store, vault), OF_ALL, at, &mut left).await? {
            then.undo(change);
        }
        // Whose team and partner organisation are those of then.
        let whose = then.members.get(&user).map(|member| {
            let team = Some(member.team).filter(|team| !team.is_nil()).map(Grantee::Team);
            [Some(Grantee::User(user)), team, member.partner.map(Grantee::Partner)]
        });
        for grantee in whose.into_iter().flatten().flatten() {
            for change in changes_of((store, vault), of_whom(grantee), at, &mut left).await? {
                then.undo(change);
            }
        }
        Ok((left > 0).then(|| then.policy(at)))
    }
}

/// Changes since a moment, the last one first; `left` says how many may be looked at, and is 0 once there were more.
async fn changes_of(
    (store, vault): (&Store, &Vault),
    whose: UserId,
    since: Time,
    left: &mut u32,
) -> Result<Vec<VersionDoc>> {
    let docs = store.docs_of_user_since(DocKind::PolicyVersion, whose, since, *left).await?;
    *left = left.saturating_sub(docs.len() as u32);
    let mut changes = docs.iter().map(|doc| open_version(vault, doc)).collect::<Result<Vec<_>>>()?;
    // Each change is of one document, whose versions follow each other whatever the clocks of servers said.
    changes.sort_by_key(|change| std::cmp::Reverse(change.version));
    Ok(changes)
}
