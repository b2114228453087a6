//! Roles: what administrators allow and deny.

use crate::admin::{MAX, short_or_kept};
use crate::prepare::issue;
use crate::{Caller, Engine, Masked, Released, Versioned};
use access::{EntityRights, Policy, Role, Thing, Verb};
use identity::{ActKind, is_kept_open};
use kernel::{Fault, FaultKind, Result, RoleId, Text};
use ledger::{Act, Event};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use store::{Batch, DocKind, DocWrite};

/// A role to be made, or as it is to be.
#[derive(Clone, Debug, Deserialize, Serialize)]
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

impl Engine {
    /// All roles.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn roles(&self, caller: &Caller) -> Result<Released<Vec<Versioned<Role>>>> {
        self.admin(caller, Thing::Roles, Verb::Read).await?;
        let mut roles: Vec<Role> = caller.policy.roles.values().cloned().collect();
        roles.sort_by(|a, b| a.name.cmp(&b.name));
        let roles = roles.into_iter().map(|r| self.versioned(DocKind::Role, *r.id.bytes(), r)).collect();
        let receipt = self.receipt(self.looked_at(caller, Thing::Roles)).await?;
        Ok(Masked::new(roles).release(&receipt))
    }

    /// Names of roles as they are now, for an event: who reads it may not look at roles, or they are gone by then.
    pub(crate) fn labels_of(&self, roles: &[RoleId]) -> BTreeMap<RoleId, Text> {
        let policy = self.policy();
        roles.iter().filter_map(|id| Some((*id, policy.roles.get(id)?.label.clone()))).collect()
    }

    /// As [`Engine::labels_of`], of roles that were given or taken.
    pub(crate) fn labels_of_changed(&self, was: &[RoleId], is: &[RoleId]) -> BTreeMap<RoleId, Text> {
        let one_of = |a: &[RoleId], b: &[RoleId]| a.iter().filter(|id| !b.contains(id)).copied().collect();
        let changed: [Vec<RoleId>; 2] = [one_of(was, is), one_of(is, was)];
        self.labels_of(&changed.concat())
    }

    /// Makes a role (`id` absent) or changes one. Of a change by which somebody gains rights who holds the role and makes
    /// it, others who manage users or roles are told.
    ///
    /// # Errors
    /// Forbidden; unknown entity or field; a name that is taken; the right to manage users or roles for a role with
    /// working hours; conflict if nobody would be left who manages users or roles; stale; built-in roles cannot be
    /// renamed.
    pub async fn put_role(
        &self,
        caller: &Caller,
        id: Option<(RoleId, u64)>,
        input: RoleInput,
    ) -> Result<Released<Versioned<Role>>> {
        self.put_role_by(caller, id, input, None).await
    }

    /// As [`Engine::put_role`]; of an earlier version's content it is said which.
    pub(crate) async fn put_role_by(
        &self,
        caller: &Caller,
        id: Option<(RoleId, u64)>,
        input: RoleInput,
        earlier: Option<u64>,
    ) -> Result<Released<Versioned<Role>>> {
        self.admin(caller, Thing::Roles, Verb::Manage).await?;
        let held = self.administer().await?;
        let policy = self.policy();
        let old =
            id.map(|(id, _)| policy.roles.get(&id).cloned().ok_or_else(Fault::not_found)).transpose()?;
        let (role_id, version, act) = match id {
            Some((id, version)) if earlier.is_some() => (id, version + 1, Act::RoleRollBack),
            Some((id, version)) => (id, version + 1, Act::RoleUpdate),
            None => (self.id(), 1, Act::RoleCreate),
        };
        let role = role_of(&policy, role_id, old.as_ref(), input)?;
        let had = |thing: &Thing| old.as_ref().and_then(|r| r.things.get(thing)).copied();
        let more: Vec<(Thing, Verb)> =
            role.things.iter().filter(|(t, v)| had(t) < Some(**v)).map(|(t, v)| (*t, *v)).collect();
        self.owns(caller, &more).await?;
        self.keep_hours_apart(&role)?;
        self.keep_some_who_manage(&[&role]).await?;
        let holders = policy.members.values().filter(|member| member.roles.contains(&role_id)).count() as u64;
        let cleared = self.cleared(caller, ActKind::RoleChange, holders).await?;
        let event = self.role_event(caller, act, (old.as_ref(), &role), earlier)?;
        let mut batch = Batch::new(event);
        batch.docs.push(self.doc(DocKind::Role, *role.id.bytes(), version, &role)?);
        self.tell_of_own_role(&mut batch, caller.actor.user, &role)?;
        cleared.join(&mut batch);
        let receipt = self.commit_admin(batch, &held).await?;
        Ok(Masked::new(Versioned { value: role, version }).release(&receipt))
    }

    /// The event of a role that is made or changed: what it was and is, and how many grants rest on it.
    pub(crate) fn role_event(
        &self,
        caller: &Caller,
        act: Act,
        (before, after): (Option<&Role>, &Role),
        earlier: Option<u64>,
    ) -> Result<Event> {
        let mut event = self.event(caller, act);
        let grants = self.policy().grants.resting_on(after.id, self.now());
        let mut about = json!({ "role": after.id, "name": after.name, "before": before, "after": after, "grants": grants });
        if let Some(version) = earlier {
            about["to_version"] = version.into();
        }
        self.set_detail(&mut event, &about)?;
        Ok(event)
    }

    /// Refuses a role as it is to be that could change working hours and has some: they would hold for nobody, and
    /// would be hidden until they came back to force unasked.
    pub(crate) fn keep_hours_apart(&self, role: &Role) -> Result<()> {
        let directory = self.directory();
        let has_hours = directory.session_rules.roles.get(&role.id).is_some_and(|rule| rule.hours.is_some());
        if !(has_hours && is_kept_open(role)) {
            return Ok(());
        }
        let reason = Text::of(
            "Ta rola ma godziny pracy, a kto zarządza użytkownikami lub rolami, nie może być nimi ograniczony. Najpierw usuń godziny tej roli (Administracja, Zasady sesji) albo nie dawaj jej tego prawa.",
            "This role has working hours, and whoever manages users or roles can be held to none. First remove the hours of this role (Administration, Session rules), or do not give it that right.",
        );
        Err(issue("things", "has-hours", reason))
    }

    /// Removes a role that is not built in, that nobody holds and on which no grants rest.
    ///
    /// # Errors
    /// Forbidden, not found, conflict, stale.
    pub async fn remove_role(&self, caller: &Caller, id: RoleId, version: u64) -> Result<()> {
        self.admin(caller, Thing::Roles, Verb::Manage).await?;
        let held = self.administer().await?;
        let policy = self.policy();
        let role = policy.roles.get(&id).ok_or_else(Fault::not_found)?;
        if role.built_in || policy.members.values().any(|m| m.roles.contains(&id)) {
            let text = Text::of(
                "Roli wbudowanej ani roli, którą ktoś ma, nie można usunąć.",
                "A built-in role, or one that somebody has, cannot be deleted.",
            );
            return Err(Fault::new(FaultKind::Conflict, text));
        }
        // They would end in silence: neither side is told of a role.
        let grants = policy.grants.resting_on(id, self.now());
        if grants > 0 {
            return Err(Fault::new(FaultKind::Conflict, still_given(grants)));
        }
        let mut event = self.event(caller, Act::RoleDelete);
        self.set_detail(&mut event, &json!({ "role": id, "before": role }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(DocWrite::Remove(DocKind::Role, *id.bytes(), version));
        self.commit_admin(batch, &held).await.map(drop)
    }
}

fn still_given(grants: usize) -> Text {
    Text::new(
        format!(
            "Na tej roli opierają się udostępnienia, w liczbie: {grants}. Usunięcie roli zakończyłoby je bez słowa. Zakończ je najpierw: przegląd uprawnień tej roli (Administracja) pokazuje wszystkie, a obie strony dowiedzą się o końcu każdego."
        ),
        format!(
            "Grants rest on this role, how many: {grants}. To delete it would end them without a word. End them first: an access review of this role (Administration) shows all of them, and both sides are told of each end."
        ),
    )
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
                Text::new(
                    format!("Nie ma rodzaju rekordów „{name}”."),
                    format!("There is no kind of record “{name}”."),
                ),
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
            Text::new(
                format!("Nie ma rodzaju rekordów „{name}”."),
                format!("There is no kind of record “{name}”."),
            ),
        )),
        None => Ok(()),
    }
}

/// The role as it is to be, if it makes sense.
pub(crate) fn role_of(policy: &Policy, id: RoleId, old: Option<&Role>, input: RoleInput) -> Result<Role> {
    let built_in = old.is_some_and(|r| r.built_in);
    let name = role_name(&input.name)?;
    if policy.roles.values().any(|r| r.name == name && r.id != id)
        || (built_in && old.is_some_and(|r| r.name != name))
    {
        return Err(issue(
            "name",
            "taken",
            Text::of("Ta nazwa jest zajęta albo wbudowana.", "This name is taken or built-in."),
        ));
    }
    if old.is_none() && policy.roles.len() >= MAX {
        return Err(Fault::invalid(Text::of("Najwyżej 1000 ról.", "At most 1,000 roles.")));
    }
    check_rights(&policy.catalog, &input)?;
    let label = Text::new(
        short_or_kept(&input.label.pl, "label.pl", old.map(|role| &*role.label.pl))?,
        short_or_kept(&input.label.en, "label.en", old.map(|role| &*role.label.en))?,
    );
    let RoleInput { entities, denials, things, .. } = input;
    Ok(Role { id, name, label, built_in, entities, denials, things })
}
