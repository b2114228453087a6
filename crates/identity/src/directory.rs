//! Users, teams, roles and custom fields as they are now: the policy in force, and names.

use crate::PartnerDoc;
use crate::approvals::ApprovalRules;
use crate::conflicts::RoleConflicts;
use crate::factor::{Owing, Requirement};
use crate::rules::{Bounds, SessionRules, is_kept_open};
use crate::seal::open_doc;
use crate::service_accounts::ServiceDoc;
use crate::users::{User, fold_login, load_user};
use access::{Grants, Member, Policy, Role, Team, Thing, Verb};
use kernel::{Fault, Lang, PartnerId, Result, RoleId, TeamId, Time, UserId};
use schema::{Catalog, Field};
use serde::{Deserialize, Serialize, Serializer};
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use store::{Doc, DocKind, Store};
use vault::Vault;

/// The content of a custom field's document.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldDoc {
    /// Name of the entity.
    pub entity: String,
    /// The field.
    pub field: Field,
}

/// The organisation's own settings.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Organisation {
    /// Its name.
    pub name: String,
}

impl Organisation {
    /// Id of the one document with them.
    pub const ID: [u8; 16] = *b"organisation\0\0\0\0";
}

/// A user without secrets.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Profile {
    /// Id.
    pub id: UserId,
    /// Log-in name.
    pub login: String,
    /// First name and surname.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Language of the interface.
    pub lang: Lang,
    /// Team.
    pub team: TeamId,
    /// Roles.
    pub roles: Vec<RoleId>,
    /// Suspended users may do nothing.
    pub active: bool,
    /// From then on the user may do nothing, if that is set.
    #[serde(serialize_with = "moment", skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Time>,
    /// What makes it a service account; of a person, nothing.
    #[serde(skip)]
    pub service: Option<ServiceDoc>,
    /// Of somebody who is of a partner organisation: which.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner: Option<PartnerId>,
    /// Of a service account: its owner may act until then; always, if there is nothing.
    #[serde(skip)]
    pub(crate) owner_ends_at: Option<Time>,
    /// Whether there is a password: without one nobody signs in.
    #[serde(skip)]
    pub has_password: bool,
    /// Version, for `If-Match`.
    pub version: u64,
    /// A mark of what the user may: another one after a change of team, roles or what those roles allow. Never 0.
    #[serde(skip)]
    pub rights: u64,
    /// How long the user's sessions last, and from where and when they may be used.
    #[serde(skip)]
    pub(crate) bounds: Bounds,
    /// What decides which factors are asked of the user.
    #[serde(skip)]
    pub(crate) owing: Owing,
    /// When others may last have come to know the user's password.
    #[serde(skip)]
    given_at: Option<Time>,
}

#[allow(clippy::ref_option, reason = "serde calls it so")]
fn moment<S: Serializer>(time: &Option<Time>, to: S) -> std::result::Result<S::Ok, S::Error> {
    time.map(Time::rfc3339).serialize(to)
}

impl From<User> for Profile {
    fn from(User { doc, version }: User) -> Self {
        let crate::UserDoc {
            id,
            login,
            name,
            email,
            lang,
            team,
            roles,
            active,
            ends_at,
            service,
            partner,
            ..
        } = doc;
        let has_password = doc.password.is_some();
        let since = |role: &RoleId| (*role, doc.roles_since.get(role).copied().unwrap_or(doc.created_at));
        let owing = Owing {
            created_at: doc.created_at,
            roles: roles.iter().map(since).collect(),
            has: doc.factors,
            must_enrol: doc.must_enrol,
            of_partner: partner.is_some(),
        };
        Self {
            id,
            login,
            name,
            email,
            lang,
            team,
            roles,
            active,
            ends_at,
            service,
            partner,
            owner_ends_at: None,
            has_password,
            version,
            rights: 0,
            bounds: Bounds::default(),
            owing,
            given_at: doc.given_at,
        }
    }
}

/// A snapshot, replaced as a whole when any of it changes.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    /// The policy in force.
    pub policy: Arc<Policy>,
    /// Name of the organisation.
    pub organisation: String,
    /// Which factors are asked of whom.
    pub requirement: Requirement,
    /// How long sessions last, and from where and when they may be used.
    pub session_rules: SessionRules,
    /// What a second person has to approve.
    pub approval_rules: ApprovalRules,
    /// Which roles one person is not to hold together.
    pub role_conflicts: RoleConflicts,
    /// Partner organisations by id.
    pub partners: HashMap<PartnerId, PartnerDoc>,
    /// Users by id.
    pub users: HashMap<UserId, Profile>,
    /// Versions of the documents of teams, roles and fields, for `If-Match`.
    pub versions: HashMap<(DocKind, [u8; 16]), u64>,
    /// When each role was made or last changed.
    roles_at: HashMap<RoleId, Time>,
    /// The hint of other servers' changes up to which all of it is known here.
    pub at: u64,
}

impl Directory {
    /// Loads all. Grants are taken over from the policy before, if there is one: they are followed one by one.
    ///
    /// # Errors
    /// Corrupt if any document cannot be read: a policy with a part missing could allow more.
    pub async fn load(store: &Store, vault: &Vault, before: Option<&Policy>) -> Result<Self> {
        let version = before.map_or(1, |policy| policy.version + 1);
        // Asked before anything is read: what is written meanwhile is looked at again.
        let at = store.newest().await?.map_or(0, |newest| newest.hint);
        let mut docs = store.docs(DocKind::Field).await?;
        for id in [Organisation::ID, Requirement::ID, SessionRules::ID, ApprovalRules::ID, RoleConflicts::ID]
        {
            docs.extend(store.doc(DocKind::Setting, id).await?);
        }
        for kind in [DocKind::Partner, DocKind::Team, DocKind::Role, DocKind::User] {
            docs.extend(store.docs(kind).await?);
        }
        let mut directory = Self { at, ..Self::of(docs, vault, version)? };
        let grants = match before {
            Some(policy) => policy.grants.clone(),
            None => crate::grants::load_grants(store, vault).await?,
        };
        let policy = Policy { grants, ..Arc::unwrap_or_clone(directory.policy) };
        directory.policy = Arc::new(policy.in_force());
        Ok(directory)
    }

    /// The same with other grants.
    #[must_use]
    pub fn with_grants(&self, change: impl FnOnce(&mut Grants)) -> Self {
        let mut policy = Policy { version: self.policy.version + 1, ..(*self.policy).clone() };
        change(&mut policy.grants);
        Self { policy: Arc::new(policy.in_force()), ..self.clone() }
    }

    /// What these documents say, of which those of users come last.
    ///
    /// # Errors
    /// As [`Directory::load`].
    pub fn of(docs: Vec<Doc>, vault: &Vault, version: u64) -> Result<Self> {
        let mut directory = Self::default();
        let mut policy = Policy { version, ..Policy::default() };
        let mut catalog = Catalog::new(1, schema::builtin());
        for doc in docs {
            match doc.kind {
                DocKind::Field => {
                    let content: FieldDoc = open_doc(vault, &doc)?;
                    catalog = catalog.with_field(&content.entity, content.field)?;
                }
                DocKind::Setting if doc.id == Organisation::ID => {
                    directory.organisation = open_doc::<Organisation>(vault, &doc)?.name;
                }
                DocKind::Setting if doc.id == Requirement::ID => {
                    directory.requirement = open_doc(vault, &doc)?
                }
                DocKind::Setting if doc.id == SessionRules::ID => {
                    directory.session_rules = open_doc(vault, &doc)?;
                }
                DocKind::Setting if doc.id == ApprovalRules::ID => {
                    directory.approval_rules = open_doc(vault, &doc)?;
                }
                DocKind::Setting if doc.id == RoleConflicts::ID => {
                    directory.role_conflicts = open_doc(vault, &doc)?;
                }
                DocKind::Partner => {
                    let partner = PartnerDoc::open(vault, &doc)?;
                    policy.partners.insert(partner.id, partner.in_policy());
                    directory.partners.insert(partner.id, partner);
                }
                DocKind::Team => {
                    let team: Team = open_doc(vault, &doc)?;
                    same_id(doc.id, team.id.bytes())?;
                    policy.teams.insert(team.id, team);
                }
                DocKind::Role => {
                    let role: Role = open_doc(vault, &doc)?;
                    same_id(doc.id, role.id.bytes())?;
                    directory.roles_at.insert(role.id, doc.updated_at);
                    policy.roles.insert(role.id, role);
                }
                DocKind::User => {
                    directory.add_user(load_user(vault, &doc)?, &mut policy);
                    continue;
                }
                _ => continue,
            }
            directory.versions.insert((doc.kind, doc.id), doc.version);
        }
        policy.conditioned =
            policy.roles.keys().filter(|role| directory.asks_more(**role)).copied().collect();
        policy.catalog = Arc::new(catalog);
        directory.session_rules.heed(&policy.roles);
        directory.heed_owners(&mut policy);
        directory.policy = Arc::new(policy);
        Ok(directory)
    }

    fn add_user(&mut self, user: User, policy: &mut Policy) {
        let mut profile = Profile::from(user);
        let Profile { id, team, active, partner, .. } = profile;
        let roles =
            profile.roles.iter().map(|role| (*role, self.versions.get(&(DocKind::Role, *role.bytes()))));
        profile.rights = mark(team, roles.collect());
        profile.bounds = self.session_rules.of(&profile.roles);
        if profile.roles.iter().filter_map(|role| policy.roles.get(role)).any(is_kept_open) {
            profile.bounds.hours.clear();
        }
        policy.members.insert(
            id,
            Member { user: id, team, roles: profile.roles.clone(), active, owner: None, partner },
        );
        self.users.insert(id, profile);
    }

    /// The version of a document of users, teams, roles, fields or settings; none if it is not there.
    #[must_use]
    pub fn version_of(&self, kind: DocKind, id: [u8; 16]) -> Option<u64> {
        match kind {
            DocKind::User => self.users.get(&UserId::from_bytes(id)).map(|user| user.version),
            _ => self.versions.get(&(kind, id)).copied(),
        }
    }

    /// Whether whoever holds a role must meet conditions that others need not: a factor, or rules of sessions.
    fn asks_more(&self, role: RoleId) -> bool {
        self.session_rules.roles.contains_key(&role) || self.requirement.names(role)
    }

    /// The user's name; empty if there is no such user.
    #[must_use]
    pub fn user_name(&self, user: UserId) -> String {
        self.users.get(&user).map(|u| u.name.clone()).unwrap_or_default()
    }

    /// The user with this log-in name, however it is written.
    #[must_use]
    pub fn by_login(&self, login: &str) -> Option<&Profile> {
        let login = fold_login(login);
        self.users.values().find(|u| u.login == login)
    }

    /// Users who may act at this time and whose roles give this right, in order of their ids: persons, for nobody signs
    /// in as a service account.
    #[must_use]
    pub fn holders(&self, thing: Thing, verb: Verb, now: Time) -> Vec<UserId> {
        let mut found = self.entitled(thing, verb);
        found.retain(|id| self.users.get(id).is_some_and(|user| user.may_act(now)));
        found
    }

    /// Users who are not suspended and whose roles give this right, whether or not their end has come.
    pub(crate) fn entitled(&self, thing: Thing, verb: Verb) -> Vec<UserId> {
        let gives = |id: &RoleId| self.gives(*id, thing, verb);
        let may = |u: &&Profile| u.active && u.is_of_house() && u.roles.iter().any(gives);
        let active = self.users.values().filter(may);
        let mut found: Vec<UserId> = active.map(|u| u.id).collect();
        found.sort_unstable();
        found
    }

    fn gives(&self, role: RoleId, thing: Thing, verb: Verb) -> bool {
        self.policy.roles.get(&role).is_some_and(|r| r.things.get(&thing).is_some_and(|v| *v >= verb))
    }

    /// Since when a user has managed users by the same roles, and with a password that nobody else gave; none if the
    /// user does not.
    #[must_use]
    pub fn manages_users_since(&self, user: UserId) -> Option<Time> {
        self.held_since(user, |role| self.gives(role, Thing::Users, Verb::Manage))
    }

    /// Since when a user has had roles that give something, as far as they are what they were, with a password that
    /// nobody else gave; none if the user has none.
    #[must_use]
    pub fn held_since(&self, user: UserId, gives: impl Fn(RoleId) -> bool) -> Option<Time> {
        let user = self.users.get(&user).filter(|user| user.active)?;
        let giving = user.owing.roles.iter().filter(|(id, _)| gives(**id));
        // A role that was changed may have given the right to whoever held it all along.
        let since = giving.map(|(id, since)| self.roles_at.get(id).map_or(*since, |at| *since.max(at)));
        since.min().map(|since| user.given_at.map_or(since, |given| since.max(given)))
    }

    /// Since when a user has had any role, with a way in that nobody else gave; none without roles.
    #[must_use]
    pub fn settled_since(&self, user: UserId) -> Option<Time> {
        let user = self.users.get(&user).filter(|user| user.active)?;
        let since = user.owing.roles.values().copied().min()?;
        Some(user.given_at.map_or(since, |given| since.max(given)))
    }
}

fn mark(team: TeamId, mut roles: Vec<(RoleId, Option<&u64>)>) -> u64 {
    roles.sort_unstable();
    let mut hasher = std::hash::DefaultHasher::new();
    (team, roles).hash(&mut hasher);
    hasher.finish().max(1)
}

fn same_id(column: [u8; 16], content: &[u8; 16]) -> Result<()> {
    if column == *content {
        return Ok(());
    }
    Err(Fault::corrupt(format!("document {}: column and content differ", hex::encode(column))))
}
