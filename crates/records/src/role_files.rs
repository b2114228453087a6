//! Roles as a file: out of one organisation and into another, by their stable names. What comes in is looked at as a
//! whole first, and saved as a whole or not at all.

use crate::admin::MAX;
use crate::roles::role_of;
use crate::{Caller, Engine, Masked, Preview, Released, RoleInput};
use access::{Policy, Role, Thing, Verb};
use identity::ActKind;
use kernel::{Fault, FieldIssue, Result, RoleId, Text};
use ledger::Act;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::{Batch, DocKind};

/// What such a file calls itself.
const FORMAT: &str = "klucznik-roles";
/// Its version.
const VERSION: u32 = 1;

/// A file of roles.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleFile {
    /// Always `klucznik-roles`.
    pub format: String,
    /// Version of the format.
    pub version: u32,
    /// The roles, by their stable names; looked at one by one, so that of each it is said what is wrong.
    pub roles: Vec<Value>,
}

/// What becomes of a role of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RoleFate {
    /// There is none of this name.
    New,
    /// The role of this name is other.
    Changed,
    /// It is the same.
    Same,
    /// It cannot be saved.
    Refused,
}

/// One role of a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RoleImportItem {
    /// Its stable name, as far as it has one.
    pub name: String,
    /// What becomes of it.
    pub fate: RoleFate,
    /// What is other than now, in the caller's language.
    pub changes: Vec<String>,
    /// Why it cannot be saved, in the caller's language.
    pub reasons: Vec<String>,
}

/// What a file would change, or changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RoleImport {
    /// Role by role, in the order of the file.
    pub items: Vec<RoleImportItem>,
    /// Whether it was saved.
    pub saved: bool,
    /// Whom it concerns.
    pub preview: Preview,
}

/// A file looked at: what becomes of each role, and the policy that would be.
struct Looked {
    items: Vec<RoleImportItem>,
    changed: Vec<(RoleId, u64)>,
    next: Policy,
}

impl Looked {
    /// Those of the file that are to be saved, and one more.
    fn roles_with<'a>(&'a self, role: &'a Role) -> Vec<&'a Role> {
        let before = self.changed.iter().filter_map(|(id, _)| self.next.roles.get(id));
        before.chain([role]).collect()
    }
}

impl Engine {
    /// All roles as a file, without any id, for whoever reads roles.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn export_roles(&self, caller: &Caller) -> Result<Released<RoleFile>> {
        self.admin(caller, Thing::Roles, Verb::Read).await?;
        let mut roles: Vec<&Role> = caller.policy.roles.values().collect();
        roles.sort_by(|a, b| a.name.cmp(&b.name));
        let value = |role: &Role| serde_json::to_value(RoleInput::from(role.clone())).map_err(Fault::bug);
        let roles = roles.into_iter().map(value).collect::<Result<Vec<_>>>()?;
        let mut event = self.event(caller, Act::RoleExport);
        self.set_detail(&mut event, &json!({ "count": roles.len() }))?;
        let file = RoleFile { format: FORMAT.to_owned(), version: VERSION, roles };
        Ok(Masked::new(file).release(&self.receipt(event).await?))
    }

    /// Saves the roles of a file, all of them or none: new ones, and those that are other than the role of their name.
    /// With `dry_run` it is only said what would become of them.
    ///
    /// # Errors
    /// Forbidden; invalid for another format, and role by role if any is refused.
    pub async fn import_roles(
        &self,
        caller: &Caller,
        file: RoleFile,
        dry_run: bool,
    ) -> Result<Released<RoleImport>> {
        self.admin(caller, Thing::Roles, Verb::Manage).await?;
        check_format(&file)?;
        // Nothing is saved by a dry run, so that nobody has to wait for it.
        let held = if dry_run { None } else { Some(self.administer().await?) };
        let looked = self.look_at_roles(caller, &file.roles).await?;
        let ids: Vec<RoleId> = looked.changed.iter().map(|(id, _)| *id).collect();
        let caller_now = Caller { policy: self.policy(), ..caller.clone() };
        let preview = self.preview(&caller_now, Arc::new(looked.next.clone()), &ids).await?;
        let mut event = self.event(caller, Act::RoleImport);
        let names: Vec<&str> =
            looked.changed.iter().filter_map(|(id, _)| Some(&*looked.next.roles.get(id)?.name)).collect();
        self.set_detail(&mut event, &json!({ "dry_run": dry_run, "roles": names }))?;
        let Some(held) = held else {
            let done = RoleImport { items: looked.items, saved: false, preview };
            return Ok(Masked::new(done).release(&self.receipt(event).await?));
        };
        refuse_any(&looked.items)?;
        let concerned = preview.gaining.max(preview.losing) as u64;
        let how = Text::of(
            "O plik nie można poprosić: zmień role pojedynczo i przy każdej poproś o zgodę.",
            "A file cannot be asked for: change the roles one by one, and ask for approval of each.",
        );
        let cleared = self.cleared_or(caller, (ActKind::RoleChange, concerned), &how).await?;
        let mut batch = Batch::new(event);
        for (id, version) in &looked.changed {
            let Some(role) = looked.next.roles.get(id) else { continue };
            batch.docs.push(self.doc(DocKind::Role, *id.bytes(), *version, role)?);
            self.tell_of_own_role(&mut batch, caller.actor.user, role)?;
            let old = caller_now.policy.roles.get(id);
            let act = if old.is_some() { Act::RoleUpdate } else { Act::RoleCreate };
            batch.more_events.push(self.role_event(caller, act, (old, role), None)?);
        }
        cleared.join(&mut batch);
        let saved = !looked.changed.is_empty();
        let receipt = self.commit_admin(batch, &held).await?;
        Ok(Masked::new(RoleImport { items: looked.items, saved, preview }).release(&receipt))
    }

    /// Each role is judged beside those of the file that come before it.
    async fn look_at_roles(&self, caller: &Caller, roles: &[Value]) -> Result<Looked> {
        let policy = self.policy();
        let mut looked = Looked { items: Vec::new(), changed: Vec::new(), next: Policy::clone(&policy) };
        let mut names = BTreeSet::new();
        for value in roles {
            let name = value.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
            let twice = !names.insert(name.clone());
            let old = policy.roles.values().find(|role| role.name == name);
            let found = match self.role_in_file(caller, &looked, old, value).await {
                _ if twice => {
                    Err(vec![Text::of("Ta nazwa jest w pliku dwa razy.", "This name is in the file twice.")])
                }
                found => found?,
            };
            let in_words =
                |texts: &[Text]| texts.iter().map(|t| t.get(caller.lang).to_owned()).collect::<Vec<_>>();
            let item = |fate, changes, reasons| RoleImportItem { name: name.clone(), fate, changes, reasons };
            looked.items.push(match found {
                Err(reasons) => item(RoleFate::Refused, Vec::new(), in_words(&reasons)),
                Ok(role) if old == Some(&role) => item(RoleFate::Same, Vec::new(), Vec::new()),
                Ok(role) => {
                    let version =
                        self.directory().version_of(DocKind::Role, *role.id.bytes()).unwrap_or_default();
                    looked.changed.push((role.id, version + 1));
                    let changes = in_words(&role.differences(old, &policy.catalog));
                    looked.next.roles.insert(role.id, role);
                    item(if old.is_some() { RoleFate::Changed } else { RoleFate::New }, changes, Vec::new())
                }
            });
        }
        Ok(looked)
    }

    /// The role as it would be, or all reasons why it cannot be: those for which saving it alone would be refused.
    async fn role_in_file(
        &self,
        caller: &Caller,
        looked: &Looked,
        old: Option<&Role>,
        value: &Value,
    ) -> Result<std::result::Result<Role, Vec<Text>>> {
        let Ok(input) = serde_json::from_value::<RoleInput>(value.clone()) else {
            let text = Text::of(
                "To nie jest opis roli: czegoś brakuje albo jest w nim czynność, zakres, poziom lub rzecz, których nie ma.",
                "This does not describe a role: something is missing, or it names an action, scope, level or thing that there is not.",
            );
            return Ok(Err(vec![text]));
        };
        let id = old.map_or_else(|| self.id(), |role| role.id);
        let role = match role_of(&looked.next, id, old, input) {
            Ok(role) => role,
            Err(fault) => return Ok(Err(reasons(fault))),
        };
        let had = |thing: &Thing| old.and_then(|r| r.things.get(thing)).copied();
        let mut more = role.things.iter().filter(|(thing, verb)| had(thing) < Some(**verb));
        if more.any(|(thing, verb)| caller.policy.admin(&caller.actor, *thing, *verb).is_err()) {
            let text = Text::of(
                "Daje uprawnienia administracyjne, których nie masz.",
                "It gives rights of administration that you do not have.",
            );
            return Ok(Err(vec![text]));
        }
        let kept = match self.keep_hours_apart(&role) {
            // Two roles may each leave somebody who manages, and both of them nobody.
            Ok(()) => self.keep_some_who_manage(&looked.roles_with(&role)).await,
            refused => refused,
        };
        Ok(kept.map(|()| role).map_err(reasons))
    }
}

fn reasons(fault: Fault) -> Vec<Text> {
    let issues: Vec<Text> = fault.issues.into_iter().map(|issue| issue.reason).collect();
    if issues.is_empty() { vec![fault.message] } else { issues }
}

fn check_format(file: &RoleFile) -> Result<()> {
    if file.format != FORMAT || file.version != VERSION {
        let text = Text::new(
            format!("To nie jest plik ról, który ta wersja zna: format „{FORMAT}”, wersja {VERSION}."),
            format!(
                "This is no file of roles that this release knows: format “{FORMAT}”, version {VERSION}."
            ),
        );
        return Err(crate::prepare::issue("format", "unknown-format", text));
    }
    if file.roles.len() > MAX {
        let text = Text::of("W pliku może być najwyżej 1000 ról.", "A file may have at most 1,000 roles.");
        return Err(crate::prepare::issue("roles", "too-many", text));
    }
    Ok(())
}

fn refuse_any(items: &[RoleImportItem]) -> Result<()> {
    let refused = items.iter().enumerate().filter(|(_, item)| item.fate == RoleFate::Refused);
    let issue = |(at, item): (usize, &RoleImportItem)| FieldIssue {
        field: format!("roles.{at}"),
        code: "refused".to_owned(),
        reason: Text::same(format!("{}: {}", item.name, item.reasons.join(" "))),
        example: None,
    };
    let issues: Vec<FieldIssue> = refused.map(issue).collect();
    if issues.is_empty() { Ok(()) } else { Err(Fault::fields(issues)) }
}
