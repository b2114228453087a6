//! Whoever is of a partner organisation has what was granted, while an agreement is in force, and no more.

use crate::agree::Genes;
use crate::cast::{PERSON, actor, facts, id, policy, role};
use access::{
    Action, Actor, Agreed, Grant, Grantee, Member, Over, Partner, Policy, Reason, Scope, Thing, Verb,
};
use kernel::{PartnerId, TeamId, Time, UserId};
use proptest::prelude::*;

const GUEST: UserId = id(1);
const COLLEAGUE: UserId = id(2);
const OTHER: UserId = id(3);
const AGENCY: PartnerId = id(7);
const RIVAL: PartnerId = id(8);

/// A guest of the agency and one of a rival; the agency was given a person to look at until 50, and has an agreement
/// from 10 until 20.
fn house() -> Policy {
    let everything = role(1, &[("person", &Action::ALL, Scope::All), ("note", &Action::ALL, Scope::All)]);
    let looks = role(2, &[("person", &[Action::Read, Action::Export, Action::Update], Scope::Own)]);
    let mut policy = policy(
        vec![everything, looks],
        &[(GUEST, TeamId::NIL, &[]), (COLLEAGUE, TeamId::NIL, &[]), (OTHER, TeamId::NIL, &[])],
    );
    for (user, partner) in [(GUEST, AGENCY), (COLLEAGUE, AGENCY), (OTHER, RIVAL)] {
        policy.members.get_mut(&user).unwrap().partner = Some(partner);
    }
    let span = Agreed { id: id(70), from: Time(10), until: Some(Time(20)) };
    for id in [AGENCY, RIVAL] {
        policy.partners.insert(id, Partner { id, active: true, agreements: vec![span] });
    }
    policy.grants.put(grant(1, Grantee::Partner(AGENCY), Over::Record(PERSON, id(200))));
    policy
}

fn grant(n: u8, to: Grantee, over: Over) -> Grant {
    let (from, until) = (Time(10), Some(Time(50)));
    Grant { id: id(n), to, by: id(99), role: id(2), over, fields: None, from, until, most: None }
}

fn may(policy: &Policy, user: UserId, action: Action, at: i64) -> bool {
    policy.decide(&Actor { at: Time(at), ..actor(user) }, action, &facts(PERSON, 60, 60)).allow
}

#[test]
fn a_grant_counts_while_an_agreement_is_in_force_and_for_that_partner_alone() {
    let policy = house();
    for (at, expected) in [(9, false), (10, true), (19, true), (20, false), (49, false)] {
        for user in [GUEST, COLLEAGUE] {
            assert_eq!(may(&policy, user, Action::Read, at), expected, "at {at}");
        }
        assert!(!may(&policy, OTHER, Action::Read, at));
    }
    let at = |at| Actor { at: Time(at), ..actor(GUEST) };
    assert!(policy.list(&at(15), Action::Read, PERSON).is_ok());
    assert!(policy.list(&at(20), Action::Read, PERSON).is_err());
    assert_ne!(policy.held_by(GUEST, Time(15)), policy.held_by(GUEST, Time(20)));
}

#[test]
fn an_agreement_after_a_gap_brings_nothing_back() {
    let with = |spans: &[(i64, Option<i64>)]| {
        let mut policy = house();
        let agreed = |(from, until): &(i64, Option<i64>)| Agreed {
            id: id(70),
            from: Time(*from),
            until: until.map(Time),
        };
        policy.partners.get_mut(&AGENCY).unwrap().agreements = spans.iter().map(agreed).collect();
        policy
    };
    let given = |policy: &Policy| policy.grants.all().next().cloned().unwrap();
    let told =
        |policy: &Policy, now| (policy.ends(&given(policy)), policy.is_uncovered(&given(policy), Time(now)));
    // In whatever order they were entered; the last of them may have no end.
    for spans in [
        &[(10, Some(20)), (20, Some(30))][..],
        &[(15, Some(30)), (0, Some(16))],
        &[(0, None)],
        &[(18, None), (9, Some(19))],
    ] {
        let policy = with(spans);
        assert!(may(&policy, GUEST, Action::Read, 25), "{spans:?}");
        assert!(!policy.is_uncovered(&given(&policy), Time(25)), "{spans:?}");
    }
    let policy = with(&[(21, Some(60)), (10, Some(20))]);
    for (at, expected) in [(10, true), (19, true), (20, false), (21, false), (40, false)] {
        assert_eq!(may(&policy, GUEST, Action::Read, at), expected, "at {at}");
    }
    assert_eq!((told(&policy, 19), told(&policy, 20)), ((Some(Time(20)), false), (Some(Time(20)), true)));
    let later = Grant { from: Time(22), ..grant(2, Grantee::User(COLLEAGUE), Over::Record(PERSON, id(200))) };
    assert!(!policy.is_uncovered(&later, Time(20)), "an agreement comes with it");
    let between = Grant { from: Time(20), ..later.clone() };
    assert!(policy.is_uncovered(&between, Time(15)), "there will be none when it begins");
    let of_house = Grant { to: Grantee::User(id(60)), ..between };
    assert!(!policy.is_uncovered(&of_house, Time(40)) && policy.ends(&of_house) == Some(Time(50)));
    assert_eq!(told(&with(&[(0, None)]), 40), (Some(Time(50)), false));
}

#[test]
fn with_the_partner_all_its_users_are_suspended() {
    let mut policy = house();
    policy.partners.get_mut(&AGENCY).unwrap().active = false;
    let decided =
        policy.decide(&Actor { at: Time(15), ..actor(GUEST) }, Action::Read, &facts(PERSON, 60, 60));
    assert_eq!((decided.allow, decided.reasons), (false, vec![Reason::NotActive]));
    policy.partners.remove(&RIVAL);
    policy.grants.put(grant(2, Grantee::User(OTHER), Over::Record(PERSON, id(200))));
    assert!(!may(&policy, OTHER, Action::Read, 15), "of a partner that is not there");
}

#[test]
fn a_partner_looks_and_takes_out_and_covers_for_nobody() {
    let mut policy = house();
    for action in Action::ALL {
        let given = matches!(action, Action::Read | Action::Export);
        assert_eq!(may(&policy, GUEST, action, 15), given, "{action:?}");
    }
    policy.grants = access::Grants::default();
    policy.grants.put(grant(1, Grantee::User(GUEST), Over::OwnedBy(id(60))));
    assert!(!may(&policy, GUEST, Action::Read, 15));
    policy.grants.put(grant(1, Grantee::User(GUEST), Over::Record(PERSON, id(200))));
    assert!(may(&policy, GUEST, Action::Read, 15) && !may(&policy, COLLEAGUE, Action::Read, 15));
}

#[test]
fn neither_a_team_nor_a_role_makes_somebody_of_a_partner_one_of_the_house() {
    let mut policy = house();
    let guest = policy.members.get_mut(&GUEST).unwrap();
    (guest.team, guest.roles) = (id(60), vec![id(1)]);
    policy.roles.get_mut(&id(1)).unwrap().things = Thing::ALL.map(|thing| (thing, Verb::Manage)).into();
    policy.grants = access::Grants::default();
    policy.grants.put(grant(1, Grantee::Team(id(60)), Over::Record(PERSON, id(200))));
    let guest = Actor { at: Time(15), ..actor(GUEST) };
    assert!(!may(&policy, GUEST, Action::Read, 15));
    assert!(policy.things(&guest).is_empty() && policy.scopes(&guest, "person").is_empty());
    let of_house = Member { partner: None, ..policy.members[&GUEST].clone() };
    policy.members.insert(GUEST, of_house);
    assert!(
        may(&policy, GUEST, Action::Read, 15) && !policy.things(&guest).is_empty(),
        "the same in the house"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6_000, ..ProptestConfig::default() })]

    /// Whatever roles and team a document names: decisions are those without any, from grants alone, and only about
    /// looking and taking out.
    #[test]
    fn rights_of_a_partner_come_from_grants_only(bytes in proptest::collection::vec(any::<u8>(), 1_100)) {
        let mut genes = Genes(&bytes);
        let mut with = genes.policy();
        let actor = genes.actor();
        let Some(member) = with.members.get_mut(&actor.user) else { return Ok(()) };
        member.partner.get_or_insert(id(1));
        member.roles = vec![id(1), id(2), id(3)];
        let things = Thing::ALL.map(|thing| (thing, Verb::Manage));
        with.roles.values_mut().for_each(|role| role.things = things.into());
        let mut without = with.clone();
        let bare = without.members.get_mut(&actor.user).unwrap();
        (bare.roles, bare.team) = (Vec::new(), TeamId::NIL);
        prop_assert!(with.things(&actor).is_empty());
        let partner = &with.partners.get(&with.members[&actor.user].partner.unwrap());
        let agreed = partner.is_some_and(|partner| partner.agreed_at(actor.at));
        for _ in 0..6 {
            let facts = genes.facts();
            for action in Action::ALL {
                let decided = with.decide(&actor, action, &facts);
                prop_assert_eq!(decided.allow, without.decide(&actor, action, &facts).allow, "{:?}", action);
                if decided.allow {
                    prop_assert!(agreed && matches!(action, Action::Read | Action::Export));
                    let granted = |r: &Reason| matches!(r, Reason::Granted { .. });
                    prop_assert!(decided.reasons.iter().all(granted), "{:?}", decided.reasons);
                }
            }
            let seen = |policy: &Policy| policy.read(&actor, facts.record, &facts).ok().map(|p| p.mask().clone());
            prop_assert_eq!(seen(&with), seen(&without));
        }
    }
}
