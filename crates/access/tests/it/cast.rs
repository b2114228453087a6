//! A small catalog and policies to test with.

use access::{Action, Actor, EntityRights, Facts, Level, Member, ParentFacts, Policy, Role, Scope, Team};
use kernel::{Id, RoleId, SessionId, SubjectId, TeamId, Text, Time, UserId};
use schema::{Catalog, Entity, EntityCode, Field, FieldKind, Flags, SubjectRule};
use std::sync::Arc;

pub const PERSON: EntityCode = EntityCode(1);
pub const DEAL: EntityCode = EntityCode(2);
pub const NOTE: EntityCode = EntityCode(3);

pub const fn id<K>(n: u8) -> Id<K> {
    Id::from_bytes([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, n])
}

fn field(name: &str, kind: FieldKind, flags: Flags) -> Field {
    Field { name: name.into(), label: Text::same(name), kind, flags }
}

fn entity(code: EntityCode, name: &str, parents: &[&str]) -> Entity {
    let text = FieldKind::Text { max: 100 };
    Entity {
        code,
        name: name.into(),
        plural: format!("{name}s"),
        label: Text::same(name),
        label_plural: Text::same(name),
        fields: vec![
            field("name", text.clone(), Flags::default()),
            field("discount", FieldKind::Decimal, Flags { trade: true, ..Flags::default() }),
            field("health", text, Flags { special: true, ..Flags::default() }),
            field("cf_pesel", FieldKind::Pesel, Flags { custom: true, ..Flags::default() }),
        ],
        parents: parents.iter().map(|p| (*p).to_owned()).collect(),
        subject: SubjectRule::Own,
        title: "name".into(),
        schema: 1,
    }
}

/// Persons and deals stand for themselves; notes hang on persons or deals.
pub fn catalog() -> Arc<Catalog> {
    let entities = vec![
        entity(PERSON, "person", &[]),
        entity(DEAL, "deal", &[]),
        entity(NOTE, "note", &["person", "deal"]),
    ];
    Arc::new(Catalog::new(1, entities))
}

pub fn role(n: u8, entities: &[(&str, &[Action], Scope)]) -> Role {
    let entities = entities
        .iter()
        .map(|(name, actions, scope)| {
            let scopes = actions.iter().map(|a| (*a, *scope)).collect();
            ((*name).to_owned(), EntityRights { scopes, level: Level::Write, ..EntityRights::default() })
        })
        .collect();
    Role {
        id: id(n),
        name: format!("role_{n}"),
        label: Text::same(format!("role {n}")),
        built_in: false,
        entities,
        denials: Default::default(),
        things: Default::default(),
    }
}

pub fn policy(roles: Vec<Role>, members: &[(UserId, TeamId, &[RoleId])]) -> Policy {
    Policy {
        version: 1,
        catalog: catalog(),
        roles: roles.into_iter().map(|r| (r.id, r)).collect(),
        members: members
            .iter()
            .map(|(user, team, roles)| {
                (
                    *user,
                    Member {
                        user: *user,
                        team: *team,
                        roles: roles.to_vec(),
                        active: true,
                        owner: None,
                        partner: None,
                    },
                )
            })
            .collect(),
        ..Policy::default()
    }
}

pub fn with_teams(mut policy: Policy, teams: &[(u8, Option<u8>)]) -> Policy {
    for (team, parent) in teams {
        policy
            .teams
            .insert(id(*team), Team { id: id(*team), name: team.to_string(), parent: parent.map(id) });
    }
    policy
}

pub fn actor(user: UserId) -> Actor {
    Actor { user, session: SessionId::NIL, token: None, at: Time(0) }
}

pub fn facts(entity: EntityCode, owner: u8, team: u8) -> Facts {
    Facts { record: id(200), entity, subject: SubjectId::NIL, owner: id(owner), team: id(team), parent: None }
}

pub fn under(mut facts: Facts, entity: EntityCode, owner: u8, team: u8) -> Facts {
    facts.parent = Some(ParentFacts { record: id(201), entity, owner: id(owner), team: id(team) });
    facts
}
