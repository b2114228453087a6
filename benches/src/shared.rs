//! Roles and grants of a large organisation, put into an instance that has none: sealed and committed as the engine
//! does it, many in one transaction, while no server is open there. Nothing of this is in the product.

use crate::bare::{Owned, owned};
use crate::fixture::{COST, Facts, PASSWORD, Seen};
use crate::{Args, Result};
use access::{Action, EntityRights, Grant, Grantee, Level, Most, Over, Role, Scope, Thing, Verb, role_ids};
use identity::{
    AgreementInput, GrantDoc, Ground, Hasher, NewPartner, NewUser, PartnerDoc, UserChange, bare_doc,
    create_user, load_user, put_doc, update_user,
};
use kernel::{
    Clock, Id, IdSource, Lang, PartnerId, Random, RoleId, SeededRandom, SystemClock, SystemRandom, TeamId,
    Text, Time, UserId,
};
use ledger::Act;
use records::Engine;
use serde_json::{Value, json};
use server::{Config, Instance, Layout};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;
use store::{Batch, DocKind, DocWrite};
use vault::RootKey;

/// Documents in one transaction.
const CHUNK: usize = 2_000;
/// Partner organisations, and users of each.
const PARTNERS: usize = 20;
const OF_EACH: usize = 5;
/// Users who have thousands, and how many grants each.
const COLLECTORS: usize = 5;
const COLLECTED: usize = 3_000;
/// A collector has at most one grant in so many.
const OF_ALL: usize = 50;
/// Grants that one user gives at most: what the engine allows.
const BY_GIVER: usize = 5_000;
const DAY_MS: i64 = 24 * 3_600_000;

/// What was put in.
pub struct Shared {
    /// Grants.
    pub grants: usize,
    /// Roles.
    pub roles: usize,
    /// One of them that is held and changed, as it is sent.
    pub role: (RoleId, Value),
    /// Somebody who holds it.
    pub holder: Seen,
    /// A user who has thousands of grants.
    pub collector: Seen,
    /// Others, to be asked about.
    pub users: Vec<String>,
    /// Records with grants on them.
    pub records: Vec<String>,
}

/// Chance that is the same for the same seed.
struct Chance(SeededRandom);

impl Chance {
    fn below(&self, n: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        (u64::from_le_bytes(bytes) % n.max(1) as u64) as usize
    }

    fn percent(&self, share: usize) -> bool {
        self.below(100) < share
    }

    fn of<'a, T>(&self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Puts roles and grants into the instance in `dir`.
pub fn fill(args: &Args, dir: &Path, facts: &Facts) -> Result<Shared> {
    let people = owned(dir, "person")?;
    let companies = owned(dir, "company")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let instance = open(dir).await?;
        let filler = Filler::new(args, instance.app.engine().clone(), facts);
        let shared = filler.fill(&people, &companies).await?;
        instance.close().await?;
        Ok(shared)
    })
}

/// The number of the newest change of a record, of an instance that is closed.
pub fn last_change(dir: &Path) -> Result<u64> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let instance = open(dir).await?;
        let last = instance.app.engine().store().last_change().await?;
        instance.close().await?;
        Ok(last)
    })
}

async fn open(dir: &Path) -> Result<Instance> {
    let root = RootKey::from_file(&Layout::new(dir).root_key())?;
    let (clock, random) = (Arc::new(SystemClock), Arc::new(SystemRandom));
    Ok(Instance::open(dir, &root, Config::load(dir)?, COST, clock, random, &|_, _| {}).await?)
}

struct Filler<'a> {
    engine: Engine,
    args: &'a Args,
    facts: &'a Facts,
    chance: Chance,
    ids: IdSource,
    now: Time,
}

impl<'a> Filler<'a> {
    fn new(args: &'a Args, engine: Engine, facts: &'a Facts) -> Self {
        let chance = Chance(SeededRandom::new(args.seed));
        Self { engine, args, facts, chance, ids: IdSource::new(), now: SystemClock.now() }
    }

    fn id<K>(&self) -> Id<K> {
        self.ids.next(&SystemClock, &SystemRandom)
    }

    async fn commit(&self, act: Act, docs: Vec<DocWrite>) -> Result<()> {
        let mut batch = Batch::new(self.engine.system_event(act));
        batch.docs = docs;
        self.engine.store().commit(batch).await?;
        Ok(())
    }

    async fn fill(self, people: &[Owned], companies: &[Owned]) -> Result<Shared> {
        let vault = self.engine.vault();
        let put =
            |role: &Role| put_doc(vault, bare_doc(DocKind::Role, *role.id.bytes(), 1, self.now, None), role);
        let roles: Vec<Role> = (0..self.args.roles).map(|n| role(self.id(), n)).collect();
        self.commit(Act::RoleCreate, roles.iter().map(put).collect::<std::result::Result<_, _>>()?).await?;
        let looker = looker(self.id());
        self.commit(Act::RoleCreate, vec![put(&looker)?]).await?;
        let persons: Vec<UserId> = {
            let directory = self.engine.directory();
            let mut all: Vec<UserId> =
                directory.users.values().filter(|u| !u.team.is_nil()).map(|u| u.id).collect();
            all.sort_unstable();
            all
        };
        let held = self.hold(&persons, &roles, looker.id).await?;
        let partners = self.partners().await?;
        self.engine.reload().await?;
        let given = self.give(&persons, &partners, &roles, people, companies).await?;
        let (holder, held) = held.ok_or("nobody holds any of the roles")?;
        let held = &roles[held];
        let body = json!({ "name": held.name, "label": held.label, "entities": held.entities });
        let collector = self.with_password(persons[collector_at(0, persons.len())]).await?;
        let holder = self.with_password(holder).await?;
        Ok(Shared {
            grants: given.count,
            roles: roles.len(),
            role: (held.id, body),
            holder,
            collector,
            users: (0..64).map(|_| self.chance.of(&persons).to_string()).collect(),
            records: given.records,
        })
    }

    /// Gives each user one or two of the roles more, and management the right to look at users. Says
    /// who holds which, for one of them.
    async fn hold(
        &self,
        persons: &[UserId],
        roles: &[Role],
        looker: RoleId,
    ) -> Result<Option<(UserId, usize)>> {
        let (vault, mut docs, mut first) = (self.engine.vault(), Vec::new(), None);
        let measured = |name: &str| self.facts.users.iter().find(|u| u.name == name).map(|u| u.user.clone());
        for (at, id) in persons.iter().enumerate() {
            let doc = self.engine.store().doc(DocKind::User, *id.bytes()).await?.ok_or("no such user")?;
            let user = load_user(vault, &doc)?;
            let mut held = user.doc.roles.clone();
            if Some(id.to_string()) == measured("management") {
                held.push(looker);
            }
            // Whoever administers or sees everything has no more to do with customers.
            if held.contains(&role_ids::SELLER) && !roles.is_empty() {
                let more = [at % roles.len(), (at * 7 + 3) % roles.len()];
                let count = if at % 2 == 0 { 1 } else { 2 };
                held.extend(more.iter().take(count).map(|n| roles[*n].id));
                held.sort_unstable();
                held.dedup();
                first.get_or_insert((*id, more[0]));
            }
            let change = UserChange { roles: Some(held), ..UserChange::default() };
            docs.push(update_user(vault, self.now, &user, change)?.1);
        }
        self.commit(Act::UserUpdate, docs).await?;
        Ok(first)
    }

    /// Partner organisations with an agreement, and their users.
    async fn partners(&self) -> Result<Vec<PartnerId>> {
        let (vault, mut docs, mut made) = (self.engine.vault(), Vec::new(), Vec::new());
        let by = self.facts.users.first().and_then(|u| u.user.parse().ok()).ok_or("nobody to agree")?;
        for n in 0..PARTNERS {
            let agreement = AgreementInput {
                ground: Ground::JointControllers,
                basis: None,
                number: format!("U/{n}"),
                signed_on: self.now.rfc3339()[..10].to_owned(),
                valid_from: Time(self.now.0 - DAY_MS).rfc3339(),
                valid_until: None,
            };
            let new = NewPartner {
                name: format!("Partner {n}"),
                agreement: Some(agreement),
                contact: Default::default(),
            };
            let doc = PartnerDoc::new(self.id(), self.id(), (by, self.now), new)?;
            docs.push(doc.put(vault, self.now, 1)?);
            for k in 0..OF_EACH {
                let (user, login) = (self.id(), format!("partner{n}.{k}"));
                let new = NewUser {
                    login: login.clone(),
                    name: format!("Osoba Partnera {n} {k}"),
                    email: format!("{login}@partner.example"),
                    lang: Lang::Pl,
                    team: TeamId::NIL,
                    roles: Vec::new(),
                    partner: Some(doc.id),
                };
                docs.push(create_user(vault, user, self.now, new, None)?.1);
            }
            made.push(doc.id);
        }
        self.commit(Act::PartnerCreate, docs).await?;
        Ok(made)
    }

    /// A user who can sign in.
    async fn with_password(&self, id: UserId) -> Result<Seen> {
        let vault = self.engine.vault();
        let doc = self.engine.store().doc(DocKind::User, *id.bytes()).await?.ok_or("no such user")?;
        let mut user = load_user(vault, &doc)?;
        let hash = Hasher::new(COST, vault.clone(), Arc::new(SystemRandom))?.hash(PASSWORD).await?;
        user.doc.password = Some(hash);
        let mut next = doc;
        next.version += 1;
        let login = user.doc.login.clone();
        self.commit(Act::UserUpdate, vec![put_doc(vault, next, &user.doc)?]).await?;
        Ok(Seen { name: "collector".to_owned(), user: id.to_string(), login, ..Seen::default() })
    }
}

struct Given {
    count: usize,
    records: Vec<String>,
}

/// The places of those who have thousands, apart from those who are measured.
const fn collector_at(n: usize, of: usize) -> usize {
    (of / 2 + n) % of
}

impl Filler<'_> {
    /// Seven in ten to users, a fifth to teams, a tenth to partners; four in ten with what hangs on the record.
    async fn give(
        &self,
        persons: &[UserId],
        partners: &[PartnerId],
        roles: &[Role],
        people: &[Owned],
        companies: &[Owned],
    ) -> Result<Given> {
        let policy = self.engine.policy();
        let mut teams: Vec<TeamId> = policy.teams.keys().copied().collect();
        teams.sort_unstable();
        let shareable = |role: &&Role| role.things.is_empty();
        let common: Vec<&Role> =
            [role_ids::VIEWER, role_ids::CONTRIBUTOR].iter().filter_map(|id| policy.roles.get(id)).collect();
        let own: Vec<&Role> = roles.iter().filter(shareable).collect();
        let for_partners: Vec<&Role> = common.iter().copied().filter(|role| role.suits_partners()).collect();
        let collectors: Vec<UserId> =
            (0..COLLECTORS).map(|n| persons[collector_at(n, persons.len())]).collect();
        let kinds = [("person", people), ("company", companies)];
        let mut given = Given { count: 0, records: Vec::new() };
        let mut by: HashMap<UserId, usize> = HashMap::new();
        let mut most: HashMap<(RoleId, &str), Arc<Most>> = HashMap::new();
        let mut chunk = Vec::with_capacity(CHUNK);
        if self.args.grants > persons.len() * BY_GIVER / 2 {
            return Err("so many grants cannot be given by so few people".into());
        }
        let each = (self.args.grants / OF_ALL).clamp(1, COLLECTED);
        while given.count < self.args.grants {
            // Four in five of people, the rest of companies.
            let (kind, all) = kinds[usize::from(self.chance.percent(20))];
            let record = self.chance.of(all);
            let collected = given.count / each;
            let to = match self.chance.below(10) {
                _ if collected < COLLECTORS => Grantee::User(collectors[collected]),
                0 => Grantee::Partner(*self.chance.of(partners)),
                1 | 2 => Grantee::Team(*self.chance.of(&teams)),
                _ => Grantee::User(*self.chance.of(persons)),
            };
            let giver = by.entry(record.owner).or_default();
            let itself = matches!(to, Grantee::User(user) if user == record.owner);
            if itself || *giver >= BY_GIVER {
                continue;
            }
            *giver += 1;
            let role = match to {
                Grantee::Partner(_) => self.chance.of(&for_partners),
                _ if own.is_empty() || self.chance.percent(50) => self.chance.of(&common),
                _ => self.chance.of(&own),
            };
            let entity = policy.catalog.get(kind).ok_or("no such entity")?;
            let most = most.entry((role.id, kind)).or_insert_with(|| {
                let mut most = role.most();
                most.retain(|name, _| {
                    name == kind || policy.catalog.get(name).is_some_and(|e| e.parents.contains(&entity.name))
                });
                Arc::new(most)
            });
            let over = match self.chance.percent(40) {
                true => Over::Tree(entity.code, record.id),
                false => Over::Record(entity.code, record.id),
            };
            let few = ["name", "first_name", "last_name", "email"].map(str::to_owned);
            let fields = (kind == "person" && self.chance.percent(5)).then(|| Arc::new(few.into()));
            // One in twenty is over, and one in twenty is still to come.
            let (from, until) = match self.chance.below(20) {
                0 => (-60, -1),
                1 => (10, 100),
                _ => (-30, 30 + self.chance.below(330) as i64),
            };
            let at = |days: i64| Time(self.now.0 + days * DAY_MS);
            let (from, until, most) = (at(from), Some(at(until)), Some(most.clone()));
            let grant =
                Grant { id: self.id(), to, by: record.owner, role: role.id, over, fields, from, until, most };
            if given.records.len() < 256 && kind == "person" && given.count.is_multiple_of(97) {
                given.records.push(record.id.to_string());
            }
            chunk.push(grant);
            given.count += 1;
            if chunk.len() == CHUNK || given.count == self.args.grants {
                self.keep(std::mem::take(&mut chunk)).await?;
            }
        }
        Ok(given)
    }

    async fn keep(&self, grants: Vec<Grant>) -> Result<()> {
        let (vault, now) = (self.engine.vault().clone(), self.now);
        let seal = move || -> kernel::Result<Vec<DocWrite>> {
            // What is sealed for a person or a company is sealed by its own key.
            let subject = |grant: &Grant| grant.record().map_or(Id::NIL, |(_, id)| id.cast());
            vault.prefetch(&grants.iter().map(subject).collect::<Vec<_>>())?;
            let doc = |grant: Grant| {
                let subject = subject(&grant);
                GrantDoc::new(&vault, grant, now, subject, "Prowadzą tę sprawę razem")?.put(&vault, now, 0)
            };
            grants.into_iter().map(doc).collect()
        };
        let docs = tokio::task::spawn_blocking(seal).await??;
        self.commit(Act::GrantCreate, docs).await
    }
}

/// One of many roles: on records of one's own, with more or less of the fields.
fn role(id: RoleId, n: usize) -> Role {
    let mut entities = BTreeMap::new();
    let level = if n.is_multiple_of(3) { Level::Write } else { Level::Read };
    for entity in ["person", "company", "activity", "note", "deal"] {
        let mut rights = EntityRights { level, ..EntityRights::default() };
        rights.special = Some([Level::Hidden, Level::Masked, Level::Read][n % 3]);
        rights.scopes.insert(Action::Read, Scope::Own);
        if level == Level::Write {
            rights.scopes.insert(Action::Update, Scope::Own);
        }
        if entity == "person" {
            for (at, field) in ["job_title", "city", "street", "birthday", "description"].iter().enumerate() {
                if (n >> at) & 1 == 1 {
                    rights.fields.insert((*field).to_owned(), Level::Masked);
                }
            }
        }
        entities.insert(entity.to_owned(), rights);
    }
    Role {
        id,
        name: format!("measured_{n:03}"),
        label: Text::new(format!("Rola {n}"), format!("Role {n}")),
        built_in: false,
        entities,
        denials: BTreeMap::new(),
        things: BTreeMap::new(),
    }
}

/// Whoever has it may ask about others.
fn looker(id: RoleId) -> Role {
    Role {
        entities: BTreeMap::new(),
        things: [(Thing::Users, Verb::Read)].into(),
        name: "measured_looker".to_owned(),
        ..role(id, 0)
    }
}
