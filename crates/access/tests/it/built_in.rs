//! What the built-in roles may do, against the built-in catalog.

use crate::cast::{actor, id};
use access::{Action, Facts, Level, Member, ParentFacts, Policy, Team, Thing, Verb, builtin_roles, role_ids};
use kernel::{RoleId, SubjectId, UserId};
use schema::{Catalog, Entity};
use std::sync::Arc;

const ME: UserId = id(1);

/// Somebody with this role in team 10, above team 11, beside team 20.
fn holding(role: RoleId) -> Policy {
    let team =
        |n: u8, parent: Option<u8>| (id(n), Team { id: id(n), name: n.to_string(), parent: parent.map(id) });
    Policy {
        version: 1,
        catalog: Arc::new(Catalog::new(1, schema::builtin())),
        roles: builtin_roles().into_iter().map(|r| (r.id, r)).collect(),
        teams: [team(10, None), team(11, Some(10)), team(20, None)].into(),
        members: [(
            ME,
            Member { user: ME, team: id(10), roles: vec![role], active: true, owner: None, partner: None },
        )]
        .into(),
        ..Policy::default()
    }
}

fn entity<'a>(policy: &'a Policy, name: &str) -> &'a Entity {
    policy.catalog.get(name).unwrap_or_else(|| panic!("no entity {name}"))
}

/// Another's record in this team.
fn may(policy: &Policy, action: Action, name: &str, team: u8) -> bool {
    let entity = entity(policy, name).code;
    let facts = Facts {
        record: id(200),
        entity,
        subject: SubjectId::NIL,
        owner: id(2),
        team: id(team),
        parent: None,
    };
    policy.decide(&actor(ME), action, &facts).allow
}

fn under(policy: &Policy, action: Action, name: &str, parent: &str, team: u8) -> bool {
    let parent =
        ParentFacts { record: id(201), entity: entity(policy, parent).code, owner: id(2), team: id(team) };
    let entity = entity(policy, name).code;
    let facts = Facts {
        record: id(200),
        entity,
        subject: SubjectId::NIL,
        owner: ME,
        team: id(10),
        parent: Some(parent),
    };
    policy.decide(&actor(ME), action, &facts).allow
}

fn level(policy: &Policy, name: &str, which: fn(&schema::Field) -> bool) -> Vec<Level> {
    let entity = entity(policy, name);
    let Ok(permit) = policy.list(&actor(ME), Action::Read, entity.code) else { return vec![Level::Hidden] };
    let mask = permit.most();
    entity.fields.iter().filter(|f| which(f)).map(|f| mask.level(&f.name)).collect()
}

#[test]
fn roles_are_told_apart_and_name_what_exists() {
    let roles = builtin_roles();
    let ids: std::collections::BTreeSet<_> = roles.iter().map(|r| r.id).collect();
    let names: std::collections::BTreeSet<_> = roles.iter().map(|r| &r.name).collect();
    assert_eq!((ids.len(), names.len()), (9, 9));
    let catalog = Catalog::new(1, schema::builtin());
    for role in &roles {
        assert!(role.built_in && !role.label.pl.is_empty() && !role.label.en.is_empty());
        for (name, rights) in &role.entities {
            let entity = catalog.get(name).unwrap_or_else(|| panic!("{} names {name}", role.name));
            for field in rights.fields.keys() {
                assert!(entity.field(field).is_some(), "{} names {name}.{field}", role.name);
            }
        }
    }
}

#[test]
fn a_seller_works_within_the_team() {
    let p = holding(role_ids::SELLER);
    for name in ["person", "company", "lead", "deal"] {
        for action in [Action::Read, Action::Create, Action::Update, Action::Delete, Action::Import] {
            assert!(may(&p, action, name, 10), "{action:?} {name}");
            assert!(!may(&p, action, name, 11) && !may(&p, action, name, 20), "{action:?} {name} elsewhere");
        }
        for action in [Action::Export, Action::Share, Action::Merge, Action::Reveal, Action::Erase] {
            assert!(!may(&p, action, name, 10), "{action:?} {name}");
        }
    }
    assert!(level(&p, "person", |f| f.flags.special).iter().all(|l| *l == Level::Masked));
    let values = level(&p, "deal", |f| f.flags.trade);
    assert!(!values.is_empty() && values.iter().all(|l| *l == Level::Write));
    assert!(
        under(&p, Action::Create, "note", "person", 10) && under(&p, Action::Read, "activity", "deal", 10)
    );
    assert!(!under(&p, Action::Create, "note", "person", 20) && !under(&p, Action::Read, "note", "deal", 20));
    assert!(!under(&p, Action::Export, "note", "person", 10));
}

#[test]
fn a_team_lead_reaches_below_exports_and_merges() {
    let p = holding(role_ids::TEAM_LEAD);
    for action in [Action::Read, Action::Update, Action::Export, Action::Merge] {
        assert!(may(&p, action, "person", 11) && !may(&p, action, "person", 20), "{action:?}");
    }
    assert!(may(&p, Action::Export, "deal", 11) && !may(&p, Action::Read, "deal", 20));
}

#[test]
fn marketing_sees_no_trade() {
    let p = holding(role_ids::MARKETING);
    for name in ["person", "company", "lead"] {
        assert!(may(&p, Action::Read, name, 20) && may(&p, Action::Update, name, 20));
        assert!(!may(&p, Action::Export, name, 10) && !may(&p, Action::Create, name, 10));
        assert!(level(&p, name, |f| f.flags.trade || f.flags.special).iter().all(|l| *l == Level::Hidden));
        assert!(level(&p, name, |_| true).contains(&Level::Read));
    }
    let kept = |f: &schema::Field| matches!(f.name.as_str(), "description" | "birthday");
    for name in ["person", "company", "lead"] {
        assert!(level(&p, name, kept).iter().all(|l| *l == Level::Hidden), "no campaign needs it");
    }
    assert!(level(&p, "person", |_| true).contains(&Level::Write), "something to write");
    for action in Action::ALL {
        assert!(!may(&p, action, "deal", 10));
        assert!(!under(&p, action, "note", "person", 10) && !under(&p, action, "activity", "person", 10));
    }
}

#[test]
fn management_reads_all_and_writes_next_to_nothing() {
    let p = holding(role_ids::MANAGEMENT);
    for name in ["person", "company", "lead", "deal"] {
        for action in Action::ALL {
            let allowed = matches!(action, Action::Read | Action::Export);
            assert_eq!(may(&p, action, name, 20), allowed, "{action:?} {name}");
        }
        assert!(level(&p, name, |f| f.flags.special).iter().all(|l| *l == Level::Hidden));
        assert!(level(&p, name, |f| f.flags.trade && !f.flags.special).iter().all(|l| *l == Level::Read));
    }
    assert!(
        under(&p, Action::Create, "note", "deal", 20) && under(&p, Action::Export, "activity", "person", 20)
    );
}

#[test]
fn the_dpo_sees_people_not_trade() {
    let p = holding(role_ids::DPO);
    for name in ["person", "company", "lead"] {
        for action in Action::ALL {
            let allowed = matches!(action, Action::Read | Action::Erase);
            assert_eq!(may(&p, action, name, 20), allowed, "{action:?} {name}");
        }
        assert!(level(&p, name, |f| f.flags.special && !f.flags.trade).iter().all(|l| *l == Level::Read));
    }
    assert!(level(&p, "deal", |f| f.flags.trade).iter().all(|l| *l == Level::Hidden));
    assert!(p.admin(&actor(ME), Thing::Ledger, Verb::Read).is_ok());
    assert!(p.admin(&actor(ME), Thing::Users, Verb::Read).is_err());
}

#[test]
fn administrators_and_auditors_see_no_business_data() {
    let things = [
        Thing::Users,
        Thing::Teams,
        Thing::Roles,
        Thing::Fields,
        Thing::Keys,
        Thing::Sessions,
        Thing::System,
        Thing::Ledger,
    ];
    for role in [role_ids::ADMINISTRATOR, role_ids::AUDITOR] {
        let p = holding(role);
        for entity in p.catalog.entities() {
            for action in Action::ALL {
                assert!(!may(&p, action, &entity.name, 10));
            }
            assert!(p.list(&actor(ME), Action::Read, entity.code).is_err());
        }
        for thing in things {
            let administrator = role == role_ids::ADMINISTRATOR;
            let manage = administrator && thing != Thing::Ledger;
            assert_eq!(p.admin(&actor(ME), thing, Verb::Manage).is_ok(), manage, "{thing:?}");
            let read = administrator || thing == Thing::Ledger;
            assert_eq!(p.admin(&actor(ME), thing, Verb::Read).is_ok(), read, "{thing:?}");
        }
    }
}
