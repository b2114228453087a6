//! What a new instance holds.

use crate::instance::{New, operator_event};
use access::{Team, builtin_roles};
use identity::{NewUser, Organisation, Requirement, RequirementInput, create_user, put_doc};
use kernel::{Clock, IdSource, Random, Result, TeamId, UserId};
use ledger::Act;
use store::{Batch, Doc, DocKind};
use vault::Vault;

/// All that a new instance begins with: organisation, team, roles, the first administrator, and what factors are asked for.
pub(crate) fn first_batch(
    vault: &Vault,
    ids: &IdSource,
    clock: &dyn Clock,
    random: &dyn Random,
    new: &New,
    password: identity::PasswordHash,
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
    let team_id: TeamId = ids.next(clock, random);
    let team = Team { id: team_id, name: new.organisation.clone(), parent: None };
    batch.docs.push(put_doc(
        vault,
        doc(DocKind::Setting, Organisation::ID),
        &Organisation { name: new.organisation.clone() },
    )?);
    batch.docs.push(put_doc(vault, doc(DocKind::Team, *team.id.bytes()), &team)?);
    let roles = builtin_roles();
    for role in &roles {
        batch.docs.push(put_doc(vault, doc(DocKind::Role, *role.id.bytes()), role)?);
    }
    let administrator = roles.iter().filter(|r| r.name == "administrator").map(|r| r.id).collect();
    let user = NewUser {
        login: new.admin.login.clone(),
        name: new.admin.name.clone(),
        email: new.admin.email.clone(),
        lang: new.admin.lang,
        team: team.id,
        roles: administrator,
    };
    let id: UserId = ids.next(clock, random);
    let (_, write) = create_user(vault, id, now, user, Some(password))?;
    batch.docs.push(write);
    Ok(batch)
}
