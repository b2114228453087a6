//! What is told of a decision is what was decided, and there is always something that would turn it; also in an
//! organisation with many roles and people.

use crate::cast::{actor, id};
use access::{
    Action, Actor, Agreed, Effect, Facts, Grant, Grantee, Member, Over, Partner, Policy, Question, Role,
    Team, builtin_roles, role_ids,
};
use kernel::{Id, RoleId, SubjectId, Text, Time, UserId};
use schema::Catalog;
use std::sync::Arc;

const ME: UserId = id(1);

fn holding(roles: &[RoleId]) -> Policy {
    let team =
        |n: u8, parent: Option<u8>| (id(n), Team { id: id(n), name: n.to_string(), parent: parent.map(id) });
    let member =
        Member { user: ME, team: id(10), roles: roles.to_vec(), active: true, owner: None, partner: None };
    Policy {
        version: 1,
        catalog: Arc::new(Catalog::new(1, schema::builtin())),
        roles: builtin_roles().into_iter().map(|r| (r.id, r)).collect(),
        teams: [team(10, None), team(11, Some(10)), team(20, None)].into(),
        members: [(ME, member)].into(),
        ..Policy::default()
    }
}

#[test]
fn what_is_told_is_what_was_decided_and_something_always_turns_it() {
    let roles =
        [role_ids::SELLER, role_ids::TEAM_LEAD, role_ids::MARKETING, role_ids::DPO, role_ids::AUDITOR];
    let me = actor(ME);
    let (mut yes, mut no) = (0, 0);
    for role in roles {
        let policy = holding(&[role, role_ids::VIEWER]);
        for entity in policy.catalog.entities() {
            for (action, team) in Action::ALL.into_iter().flat_map(|a| [10, 11, 20].map(|team| (a, team))) {
                let (record, code, subject) = (id(200), entity.code, SubjectId::NIL);
                let facts =
                    Facts { record, entity: code, subject, owner: id(2), team: id(team), parent: None };
                let asked = Question { actor: &me, action, facts: &facts, field: None };
                let found = policy.explain(asked);
                assert_eq!(found.allow, policy.decide(&me, action, &facts).allow);
                let gives = found.steps.iter().any(|step| step.effect == Effect::Gives);
                assert_eq!(gives, found.allow, "{found:?}");
                let ways = policy.otherwise(asked);
                assert!(!ways.is_empty(), "{role} {} {action:?} {team}", entity.name);
                assert!(ways.iter().all(|way| !way.label.pl.is_empty() && !way.label.en.is_empty()));
                if found.allow { yes += 1 } else { no += 1 }
            }
        }
    }
    assert!(yes > 100 && no > 100, "{yes} {no}");
}

#[test]
fn a_role_that_hides_a_field_is_no_way_to_hide_it() {
    let policy = holding(&[role_ids::MARKETING, role_ids::ADMINISTRATOR, role_ids::AUDITOR, role_ids::DPO]);
    let code = policy.catalog.get("person").unwrap().code;
    let (me, record) = (actor(ME), id(200));
    let facts =
        Facts { record, entity: code, subject: SubjectId::NIL, owner: ME, team: id(10), parent: None };
    let asked = Question { actor: &me, action: Action::Read, facts: &facts, field: Some("birthday") };
    assert!(policy.answers(asked));
    let first = policy.otherwise(asked).remove(0);
    assert!(!first.label.en.contains("Marketing"), "marketing reads people, not their birthdays: {first:?}");
    let mut without = policy.clone();
    for role in policy.roles.values().filter(|role| first.label.en.contains(&*role.label.en)) {
        without.roles.remove(&role.id);
    }
    assert!(!without.answers(asked), "{first:?}");
}

#[test]
fn a_grant_of_a_role_that_is_held_as_well_is_told_beside_it() {
    let mut policy = holding(&[role_ids::VIEWER]);
    let code = policy.catalog.get("person").unwrap().code;
    let (me, record) = (actor(ME), id(200));
    policy.grants.put(Grant {
        id: id(60),
        to: Grantee::User(ME),
        by: id(2),
        role: role_ids::VIEWER,
        over: Over::Record(code, record),
        fields: None,
        from: Time(0),
        until: None,
        most: None,
    });
    let facts =
        Facts { record, entity: code, subject: SubjectId::NIL, owner: ME, team: id(10), parent: None };
    let asked = Question { actor: &me, action: Action::Read, facts: &facts, field: None };
    let first = policy.otherwise(asked).remove(0);
    assert_eq!((first.role, first.grant), (None, None), "one of the two is not enough: {first:?}");
    for word in ["role", "grant"] {
        assert!(first.label.en.contains(word), "{first:?}");
    }
}

#[test]
fn what_a_partner_s_user_may_is_told_with_the_agreement() {
    let (guest, agency) = (id(3), id(50));
    let mut policy = holding(&[]);
    let member = Member {
        user: guest,
        team: Id::NIL,
        roles: Vec::new(),
        active: true,
        owner: None,
        partner: Some(agency),
    };
    policy.members.insert(guest, member);
    let agreements = vec![Agreed { id: Id::NIL, from: Time(10), until: Some(Time(20)) }];
    policy.partners.insert(agency, Partner { id: agency, active: true, agreements });
    let code = policy.catalog.get("person").unwrap().code;
    policy.grants.put(Grant {
        id: id(60),
        to: Grantee::Partner(agency),
        by: id(2),
        role: role_ids::VIEWER,
        over: Over::Record(code, id(200)),
        fields: None,
        from: Time(10),
        until: Some(Time(50)),
        most: None,
    });
    assert_eq!(policy.next_turn(guest, Time(10)), Some(Time(20)));
    let (record, subject) = (id(200), SubjectId::NIL);
    let facts = Facts { record, entity: code, subject, owner: id(2), team: id(10), parent: None };
    for (at, active, allow) in [(15, true, true), (25, true, false), (15, false, false)] {
        policy.partners.get_mut(&agency).unwrap().active = active;
        let actor = Actor { at: Time(at), ..actor(guest) };
        let asked = Question { actor: &actor, action: Action::Read, facts: &facts, field: None };
        let (found, ways) = (policy.explain(asked), policy.otherwise(asked));
        assert_eq!(found.allow, allow, "at {at}: {found:?}");
        assert!(!ways.is_empty(), "at {at}");
        assert!(ways.iter().all(|way| !way.label.pl.is_empty()), "at {at}: {ways:?}");
        let told = |word: &str| found.steps.iter().any(|step| step.label.en.contains(word));
        assert_eq!(told("no agreement"), !allow, "at {at}: {found:?}");
        assert_eq!(told("is suspended"), !active, "{found:?}");
    }
}

#[test]
fn five_hundred_roles_and_two_thousand_people_make_no_longer_answer() {
    let mut policy = holding(&[role_ids::MARKETING]);
    let number = |n: u16| -> [u8; 16] { std::array::from_fn(|i| if i < 2 { n.to_be_bytes()[i] } else { 7 }) };
    let seller = policy.roles[&role_ids::SELLER].clone();
    for n in 0..500 {
        let (id, name) = (Id::from_bytes(number(n)), format!("role_{n}"));
        policy.roles.insert(
            id,
            Role { id, label: Text::same(name.as_str()), name, built_in: false, ..seller.clone() },
        );
    }
    for n in 0..2_000 {
        let user = Id::from_bytes(number(n));
        let roles = vec![Id::from_bytes(number(n % 500)), role_ids::VIEWER];
        policy
            .members
            .insert(user, Member { user, team: id(20), roles, active: true, owner: None, partner: None });
    }
    let me = actor(ME);
    let entity = policy.catalog.get("deal").unwrap().code;
    let (record, subject) = (id(200), SubjectId::NIL);
    let facts = Facts { record, entity, subject, owner: id(2), team: id(10), parent: None };
    let asked = Question { actor: &me, action: Action::Export, facts: &facts, field: Some("value") };
    let (found, ways) = (policy.explain(asked), policy.otherwise(asked));
    assert!(!found.allow, "{found:?}");
    // The role held, and of all others only a few: the list does not grow with the organisation.
    assert!((2..=7).contains(&ways.len()), "{ways:?}");
}
