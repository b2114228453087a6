//! What an instance is to begin with.

use crate::instance::{FirstUser, New, operator_event};
use access::{Team, builtin_roles};
use identity::{
    NewUser, Organisation, PRODUCT, PasswordHash, Requirement, RequirementInput, check_new_user, create_user,
    put_doc, weaknesses,
};
use kernel::{Clock, Fault, FieldIssue, IdSource, Random, Result, TeamId, Text, UserId};
use ledger::Act;
use store::{Batch, Doc, DocKind};
use vault::Vault;

/// The first user, without roles.
fn first_user(new: &New, team: TeamId) -> NewUser {
    let FirstUser { login, name, email, lang, .. } = &new.admin;
    NewUser {
        login: login.clone(),
        name: name.clone(),
        email: email.clone(),
        lang: *lang,
        team,
        roles: Vec::new(),
        partner: None,
    }
}

/// All that is wrong with what an instance is to begin with, so that it is told at once.
pub fn wrong(new: &New) -> Vec<FieldIssue> {
    let issue = |field: &str, code: &str, reason| FieldIssue {
        field: field.to_owned(),
        code: code.to_owned(),
        reason,
        example: None,
    };
    let mut wrong = match schema::name(&new.organisation) {
        Ok(name) if (1..=100).contains(&name.chars().count()) => Vec::new(),
        Ok(_) => {
            vec![issue("organisation", "malformed", Text::of("Od 1 do 100 znaków.", "1 to 100 characters."))]
        }
        Err(refused) => vec![issue("organisation", refused.code, refused.reason)],
    };
    wrong.extend(check_new_user(first_user(new, TeamId::NIL)));
    let mut setting = |name: &str, fault: Fault| wrong.push(issue(name, "malformed-setting", fault.message));
    if let Err(fault) = new.config.address() {
        setting("address", fault);
    }
    if let Err(fault) = new.config.relay() {
        setting("mail", fault);
    }
    let admin = &new.admin;
    let about = [&*admin.login, &*admin.name, &*admin.email, &*new.organisation, PRODUCT];
    match new.config.passwords.common() {
        Ok(common) => wrong.extend(weaknesses(&admin.password, &about, &common)),
        Err(fault) => setting("passwords.list", fault),
    }
    wrong
}

/// All that a new instance begins with: organisation, team, roles, the first administrator, and what factors are asked for.
pub(crate) fn first_batch(
    vault: &Vault,
    ids: &IdSource,
    clock: &dyn Clock,
    random: &dyn Random,
    new: &New,
    password: PasswordHash,
) -> Result<Batch> {
    let now = clock.now();
    let mut batch = Batch::new(operator_event(Act::InstanceInit, ids, clock, random));
    let doc = |kind, id: [u8; 16]| Doc {
        kind,
        id,
        key: None,
        user: None,
        version: 1,
        updated_at: now,
        sealed: Vec::new(),
    };
    if new.factors != RequirementInput::default() {
        let asked = Requirement::default().then(&new.factors, now);
        batch.docs.push(put_doc(vault, doc(DocKind::Setting, Requirement::ID), &asked)?);
    }
    let organisation = schema::name(&new.organisation).map_err(|refused| Fault::invalid(refused.reason))?;
    let team_id: TeamId = ids.next(clock, random);
    let team = Team { id: team_id, name: organisation.clone(), parent: None };
    batch.docs.push(put_doc(
        vault,
        doc(DocKind::Setting, Organisation::ID),
        &Organisation { name: organisation },
    )?);
    batch.docs.push(put_doc(vault, doc(DocKind::Team, *team.id.bytes()), &team)?);
    let roles = builtin_roles();
    for role in &roles {
        batch.docs.push(put_doc(vault, doc(DocKind::Role, *role.id.bytes()), role)?);
    }
    let administrator = roles.iter().filter(|r| r.name == "administrator").map(|r| r.id).collect();
    let user = NewUser { roles: administrator, ..first_user(new, team.id) };
    let id: UserId = ids.next(clock, random);
    let (_, write) = create_user(vault, id, now, user, Some(password))?;
    batch.docs.push(write);
    Ok(batch)
}
