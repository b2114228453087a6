//! Teams, roles and custom fields: what administrators configure. Each change replaces the policy that
//! the next request is judged by.

use crate::write::issue;
use crate::{Caller, Engine, Masked, Released};
use access::{AdminPermit, EntityRights, Role, Team, Thing, Verb};
use identity::{Directory, FieldDoc, open_doc, put_doc};
use kernel::{ActId, Fault, FaultKind, RecordId, Result, RoleId, TeamId, Text, limits};
use ledger::Act;
use schema::{Entity, Field, FieldKind, Flags};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::{Batch, Doc, DocKind, DocWrite};

/// A team to be made, or as it is to be.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamInput {
    /// Name.
    pub name: String,
    /// The team above it.
    pub parent: Option<TeamId>,
}

/// A role to be made, or as it is to be.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleInput {
    /// Stable name in snake case.
    pub name: String,
    /// What people read.
    pub label: Text,
    /// Rights by entity.
    #[serde(default)]
    pub entities: BTreeMap<String, EntityRights>,
    /// Denials by entity.
    #[serde(default)]
    pub denials: BTreeMap<String, BTreeSet<access::Action>>,
    /// Rights over things.
    #[serde(default)]
    pub things: BTreeMap<Thing, Verb>,
}

/// A custom field to be added.
#[derive(Clone, Debug, Deserialize)]
pub struct FieldInput {
    /// `cf_name`.
    pub name: String,
    /// What people read.
    pub label: Text,
    /// What it holds.
    #[serde(flatten)]
    pub kind: FieldKind,
    /// Data about a natural person.
    #[serde(default)]
    pub personal: bool,
    /// Special category (GDPR Art. 9) or secret.
    #[serde(default)]
    pub special: bool,
    /// Found by search.
    #[serde(default)]
    pub searchable: bool,
    /// Trade data.
    #[serde(default)]
    pub trade: bool,
}

/// Something configured, with its version for `If-Match`.
#[derive(Clone, Debug, Serialize)]
pub struct Versioned<T> {
    /// It.
    #[serde(flatten)]
    pub value: T,
    /// Its version.
    pub version: u64,
}

/// Roles or teams of one organisation.
const MAX: usize = 1_000;

impl Engine {
    /// Leave to look at or change a thing; a refusal is written down.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn admin(&self, caller: &Caller, thing: Thing, verb: Verb) -> Result<AdminPermit> {
        match caller.policy.admin(&caller.actor, thing, verb) {
            Ok(permit) => Ok(permit),
            Err(fault) => Err(self.refused(caller, 0, RecordId::NIL, fault).await),
        }
    }

    /// Commits a change of users, teams, roles or fields, and puts the new policy in force. The caller
    /// holds the lock.
    pub(crate) async fn commit_admin(&self, batch: Batch) -> Result<ledger::Receipt> {
        let engine = self.clone();
        let task = tokio::spawn(async move {
            let done = engine.0.store.commit(batch).await?;
            engine.reload().await?;
            Ok(done.receipt)
        });
        task.await.map_err(Fault::bug)?
    }

    /// Loads users, teams, roles and fields anew, and puts them in force.
    ///
    /// # Errors
    /// A document that does not open: the old policy stays.
    pub async fn reload(&self) -> Result<()> {
        let before = self.policy();
        let next = Directory::load(&self.0.store, &self.0.vault, before.version + 1).await?;
        if next.policy.catalog.version != before.catalog.version {
            self.0.index.set_catalog(next.policy.catalog.clone()).await?;
        }
        self.0.directory.store(Arc::new(next));
        Ok(())
    }

    fn versioned<T>(&self, kind: DocKind, id: [u8; 16], value: T) -> Versioned<T> {
        Versioned { value, version: self.directory().versions.get(&(kind, id)).copied().unwrap_or_default() }
    }

    /// All teams. Every user may know them: they are in the form of every record.
    ///
    /// # Errors
    /// Storage.
    pub async fn teams(&self, caller: &Caller) -> Result<Released<Vec<Versioned<Team>>>> {
        let mut teams: Vec<Team> = caller.policy.teams.values().cloned().collect();
        teams.sort_by_key(|t| t.id);
        let teams = teams.into_iter().map(|t| self.versioned(DocKind::Team, *t.id.bytes(), t)).collect();
        let receipt = self.receipt(self.event(caller, Act::AdminRead)).await?;
        Ok(Masked::new(teams).release(&receipt))
    }

    /// All roles.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn roles(&self, caller: &Caller) -> Result<Released<Vec<Versioned<Role>>>> {
        self.admin(caller, Thing::Roles, Verb::Read).await?;
        let mut roles: Vec<Role> = caller.policy.roles.values().cloned().collect();
        roles.sort_by(|a, b| a.name.cmp(&b.name));
        let roles = roles.into_iter().map(|r| self.versioned(DocKind::Role, *r.id.bytes(), r)).collect();
        let receipt = self.receipt(self.event(caller, Act::AdminRead)).await?;
        Ok(Masked::new(roles).release(&receipt))
    }

    /// The descriptors of all entities, custom fields included.
    ///
    /// # Errors
    /// Storage.
    pub async fn entities(&self, caller: &Caller) -> Result<Released<Vec<Entity>>> {
        let entities = caller.policy.catalog.entities().to_vec();
        let receipt = self.receipt(self.event(caller, Act::AdminRead)).await?;
        Ok(Masked::new(entities).release(&receipt))
    }

    fn doc<T: Serialize>(&self, kind: DocKind, id: [u8; 16], version: u64, content: &T) -> Result<DocWrite> {
        let doc =
            Doc { kind, id, key: None, user: None, version, updated_at: self.now(), sealed: Vec::new() };
        put_doc(&self.0.vault, doc, content)
    }

    /// Makes a team (`id` absent) or changes one.
    ///
    /// # Errors
    /// Forbidden; invalid name, unknown or circular parent; stale.
    pub async fn put_team(
        &self,
        caller: &Caller,
        id: Option<(TeamId, u64)>,
        input: TeamInput,
    ) -> Result<Released<Versioned<Team>>> {
        self.admin(caller, Thing::Teams, Verb::Manage).await?;
        let _lock = self.0.admin.lock().await;
        let policy = self.policy();
        let (team_id, version, act) = match id {
            Some((id, version)) if policy.teams.contains_key(&id) => (id, version + 1, Act::TeamUpdate),
            Some(_) => return Err(Fault::not_found()),
            None => (self.id(), 1, Act::TeamCreate),
        };
        let name = short(&input.name, "name")?;
        if let Some(parent) = input.parent
            && (!policy.teams.contains_key(&parent) || policy.team_and_below(team_id).contains(&parent))
        {
            return Err(issue(
                "parent",
                "wrong-parent",
                Text::of(
                    "Zespół nadrzędny musi istnieć i nie może leżeć poniżej tego zespołu.",
                    "The team above must exist and must not lie below this team.",
                ),
            ));
        }
        if policy.teams.len() >= MAX {
            return Err(Fault::invalid(Text::of("Najwyżej 1000 zespołów.", "At most 1,000 teams.")));
        }
        let team = Team { id: team_id, name, parent: input.parent };
        let mut event = self.event(caller, act);
        self.set_detail(&mut event, &json!({ "team": team.id, "parent": team.parent }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(self.doc(DocKind::Team, *team.id.bytes(), version, &team)?);
        let receipt = self.commit_admin(batch).await?;
        Ok(Masked::new(Versioned { value: team, version }).release(&receipt))
    }

    /// Makes a role (`id` absent) or changes one.
    ///
    /// # Errors
    /// Forbidden; unknown entity or field; a name that is taken; stale; built-in roles cannot be renamed.
    pub async fn put_role(
        &self,
        caller: &Caller,
        id: Option<(RoleId, u64)>,
        input: RoleInput,
    ) -> Result<Released<Versioned<Role>>> {
        self.admin(caller, Thing::Roles, Verb::Manage).await?;
        let _lock = self.0.admin.lock().await;
        let policy = self.policy();
        let old =
            id.map(|(id, _)| policy.roles.get(&id).cloned().ok_or_else(Fault::not_found)).transpose()?;
        let (role_id, version, act) = match id {
            Some((id, version)) => (id, version + 1, Act::RoleUpdate),
            None => (self.id(), 1, Act::RoleCreate),
        };
        let built_in = old.as_ref().is_some_and(|r| r.built_in);
        let name = role_name(&input.name)?;
        if policy.roles.values().any(|r| r.name == name && r.id != role_id)
            || (built_in && old.as_ref().is_some_and(|r| r.name != name))
        {
            return Err(issue(
                "name",
                "taken",
                Text::of("Ta nazwa jest zajęta albo wbudowana.", "This name is taken or built in."),
            ));
        }
        if policy.roles.len() >= MAX {
            return Err(Fault::invalid(Text::of("Najwyżej 1000 ról.", "At most 1,000 roles.")));
        }
        check_rights(&policy.catalog, &input)?;
        let label = Text::new(short(&input.label.pl, "label.pl")?, short(&input.label.en, "label.en")?);
        let role = Role {
            id: role_id,
            name,
            label,
            built_in,
            entities: input.entities,
            denials: input.denials,
            things: input.things,
        };
        if let Some(admin) =
            self.directory().users.keys().find(|u| self.directory().is_last_administrator(**u))
        {
            let keeps = role.things.get(&Thing::Users).is_some_and(|v| *v >= Verb::Manage);
            let holds = policy.members.get(admin).is_some_and(|m| m.roles.contains(&role.id));
            let had =
                old.as_ref().is_some_and(|r| r.things.get(&Thing::Users).is_some_and(|v| *v >= Verb::Manage));
            if holds && had && !keeps {
                return Err(last_administrator());
            }
        }
        let mut event = self.event(caller, act);
        self.set_detail(
            &mut event,
            &json!({ "role": role.id, "name": role.name, "before": old, "after": role }),
        )?;
        let mut batch = Batch::new(event);
        batch.docs.push(self.doc(DocKind::Role, *role.id.bytes(), version, &role)?);
        let receipt = self.commit_admin(batch).await?;
        Ok(Masked::new(Versioned { value: role, version }).release(&receipt))
    }

    /// Removes a role that is not built in and that nobody holds.
    ///
    /// # Errors
    /// Forbidden, not found, conflict, stale.
    pub async fn remove_role(&self, caller: &Caller, id: RoleId, version: u64) -> Result<()> {
        self.admin(caller, Thing::Roles, Verb::Manage).await?;
        let _lock = self.0.admin.lock().await;
        let policy = self.policy();
        let role = policy.roles.get(&id).ok_or_else(Fault::not_found)?;
        if role.built_in || policy.members.values().any(|m| m.roles.contains(&id)) {
            let text = Text::of(
                "Roli wbudowanej ani roli, którą ktoś ma, nie można usunąć.",
                "A built-in role, or one that somebody holds, cannot be removed.",
            );
            return Err(Fault::new(FaultKind::Conflict, text));
        }
        let mut event = self.event(caller, Act::RoleDelete);
        self.set_detail(&mut event, &json!({ "role": id, "before": role }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(DocWrite::Remove(DocKind::Role, *id.bytes(), version));
        self.commit_admin(batch).await.map(drop)
    }

    /// Adds a custom field; it can be used at once.
    ///
    /// # Errors
    /// Forbidden; unknown entity; wrong or taken name; no choices; too many fields.
    pub async fn add_field(
        &self,
        caller: &Caller,
        entity: &str,
        input: FieldInput,
    ) -> Result<Released<Field>> {
        self.admin(caller, Thing::Fields, Verb::Manage).await?;
        let _lock = self.0.admin.lock().await;
        let policy = self.policy();
        let field = custom_field(&policy.catalog, input)?;
        policy.catalog.with_field(entity, field.clone())?;
        let mut event = self.event(caller, Act::FieldCreate);
        self.set_detail(&mut event, &json!({ "entity": entity, "field": field.name }))?;
        let mut batch = Batch::new(event);
        let id: ActId = self.id();
        let content = FieldDoc { entity: entity.to_owned(), field: field.clone() };
        batch.docs.push(self.doc(DocKind::Field, *id.bytes(), 1, &content)?);
        let receipt = self.commit_admin(batch).await?;
        Ok(Masked::new(field).release(&receipt))
    }

    /// The caller's notifications, newest first.
    ///
    /// # Errors
    /// Storage.
    pub async fn notices(&self, caller: &Caller) -> Result<Released<Vec<NoticeView>>> {
        self.not_by_token(caller).await?;
        let docs = self.0.store.docs_of_user(DocKind::Notice, caller.actor.user, limits::PAGE_MAX).await?;
        let views = docs
            .iter()
            .map(|doc| {
                let notice: identity::NoticeDoc = open_doc(&self.0.vault, doc)?;
                Ok(NoticeView {
                    id: RecordId::from_bytes(doc.id),
                    code: notice.code,
                    title: notice.title.get(caller.lang).to_owned(),
                    body: notice.body.get(caller.lang).to_owned(),
                    at: notice.at.rfc3339(),
                    read_at: notice.read_at.map(kernel::Time::rfc3339),
                })
            })
            .collect::<Result<Vec<_>>>()?;
        let receipt = self.receipt(self.event(caller, Act::NoticeRead)).await?;
        Ok(Masked::new(views).release(&receipt))
    }

    /// Marks one of the caller's notifications as read.
    ///
    /// # Errors
    /// Not found.
    pub async fn read_notice(&self, caller: &Caller, id: RecordId) -> Result<()> {
        self.not_by_token(caller).await?;
        let doc = self.0.store.doc(DocKind::Notice, *id.bytes()).await?;
        let doc = doc.filter(|d| d.user == Some(caller.actor.user)).ok_or_else(Fault::not_found)?;
        let mut notice: identity::NoticeDoc = open_doc(&self.0.vault, &doc)?;
        notice.read_at.get_or_insert(self.now());
        let mut batch = Batch::new(self.event(caller, Act::NoticeRead));
        batch.docs.push(put_doc(
            &self.0.vault,
            Doc { version: doc.version + 1, updated_at: self.now(), ..doc },
            &notice,
        )?);
        self.0.store.commit(batch).await.map(drop)
    }
}

/// A notification in the caller's language.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeView {
    /// Id.
    pub id: RecordId,
    /// Stable code.
    pub code: String,
    /// Title.
    pub title: String,
    /// What happened, and what to do.
    pub body: String,
    /// When (RFC 3339).
    pub at: String,
    /// Read when (RFC 3339).
    pub read_at: Option<String>,
}

pub(crate) fn last_administrator() -> Fault {
    Fault::new(
        FaultKind::Conflict,
        Text::of(
            "To ostatni administrator użytkowników. Najpierw nadaj tę rolę komuś innemu.",
            "This is the last administrator of users. Give the role to somebody else first.",
        ),
    )
}

fn short(text: &str, field: &str) -> Result<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() || text.chars().count() > 100 || text.contains(char::is_control) {
        return Err(issue(field, "malformed", Text::of("Od 1 do 100 znaków.", "1 to 100 characters.")));
    }
    Ok(text)
}

fn role_name(name: &str) -> Result<String> {
    let shaped = (2..=50).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if shaped {
        return Ok(name.to_owned());
    }
    Err(issue(
        "name",
        "malformed",
        Text::of(
            "Nazwa roli: od 2 do 50 małych liter bez znaków diakrytycznych, cyfr i podkreśleń.",
            "Name of a role: 2 to 50 lower-case ASCII letters, digits and underscores.",
        ),
    ))
}

fn check_rights(catalog: &schema::Catalog, input: &RoleInput) -> Result<()> {
    for (name, rights) in &input.entities {
        let Some(entity) = catalog.get(name) else {
            return Err(issue(
                "entities",
                "unknown-entity",
                Text::new(format!("Nie ma encji „{name}”."), format!("There is no entity \"{name}\".")),
            ));
        };
        if let Some(field) = rights.fields.keys().find(|f| entity.field(f).is_none()) {
            return Err(issue(
                "entities",
                "unknown-field",
                Text::new(
                    format!("Nie ma pola „{name}.{field}”."),
                    format!("There is no field \"{name}.{field}\"."),
                ),
            ));
        }
    }
    match input.denials.keys().find(|name| catalog.get(name).is_none()) {
        Some(name) => Err(issue(
            "denials",
            "unknown-entity",
            Text::new(format!("Nie ma encji „{name}”."), format!("There is no entity \"{name}\".")),
        )),
        None => Ok(()),
    }
}

fn custom_field(catalog: &schema::Catalog, input: FieldInput) -> Result<Field> {
    match &input.kind {
        FieldKind::Choice { choices } | FieldKind::Choices { choices } => {
            let codes: BTreeSet<&str> = choices.iter().map(|c| c.code.as_str()).collect();
            let shaped = |c: &str| {
                (1..=50).contains(&c.len())
                    && c.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
            };
            if choices.is_empty()
                || choices.len() > 500
                || codes.len() != choices.len()
                || !codes.iter().all(|c| shaped(c))
            {
                return Err(issue(
                    "choices",
                    "malformed",
                    Text::of(
                        "Od 1 do 500 wyborów, każdy z innym kodem z małych liter, cyfr i podkreśleń.",
                        "1 to 500 choices, each with another code of lower-case letters, digits and underscores.",
                    ),
                ));
            }
        }
        FieldKind::Reference { entity } if catalog.get(entity).is_none() => {
            return Err(issue(
                "entity",
                "unknown-entity",
                Text::of("Nie ma takiej encji.", "There is no such entity."),
            ));
        }
        FieldKind::Text { max } if !(1..=2_000).contains(max) => {
            return Err(issue(
                "max",
                "out-of-range",
                Text::of("Od 1 do 2000 znaków.", "1 to 2,000 characters."),
            ));
        }
        FieldKind::LongText { max } if !(1..=limits::LONG_TEXT_CHARS).contains(max) => {
            return Err(issue(
                "max",
                "out-of-range",
                Text::of("Od 1 do 20 000 znaków.", "1 to 20,000 characters."),
            ));
        }
        FieldKind::Integer { min, max } if min > max => {
            return Err(issue(
                "min",
                "out-of-range",
                Text::of(
                    "Najmniejsza wartość jest większa od największej.",
                    "The least value is above the greatest.",
                ),
            ));
        }
        _ => {}
    }
    let secret = matches!(input.kind, FieldKind::Pesel | FieldKind::Iban);
    let label = Text::new(short(&input.label.pl, "label.pl")?, short(&input.label.en, "label.en")?);
    let flags = Flags {
        personal: input.personal || secret,
        special: input.special || secret,
        searchable: input.searchable && !input.special && !secret,
        trade: input.trade,
        custom: true,
        ..Flags::default()
    };
    Ok(Field { name: input.name, label, kind: input.kind, flags })
}
