//! Each rule by itself.

use crate::cast::{DEAL, NOTE, PERSON, actor, facts, id, policy, role, under, with_teams};
use access::{Action, Level, Policy, Reason, Role, Scope, Thing, TokenScope, Verb, Within};
use kernel::FaultKind;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const READ: &[Action] = &[Action::Read];
const WORK: &[Action] = &[Action::Read, Action::Create, Action::Update];

/// User 1 in team 10 with these roles.
fn one(roles: Vec<Role>) -> Policy {
    let ids: Vec<_> = roles.iter().map(|r| r.id).collect();
    policy(roles, &[(id(1), id(10), &ids)])
}

fn may(policy: &Policy, action: Action, facts: &access::Facts) -> bool {
    policy.decide(&actor(id(1)), action, facts).allow
}

#[test]
fn scopes_of_several_roles_add_up() {
    let p = one(vec![role(1, &[("person", READ, Scope::Own)]), role(2, &[("person", READ, Scope::Team)])]);
    assert!(may(&p, Action::Read, &facts(PERSON, 1, 99)), "own, in another team");
    assert!(may(&p, Action::Read, &facts(PERSON, 2, 10)), "a colleague's");
    assert!(!may(&p, Action::Read, &facts(PERSON, 2, 11)), "another team's");
    assert!(!may(&p, Action::Update, &facts(PERSON, 1, 10)), "reading is not changing");
}

/// A seller of one team who also sees everybody's people, with little of each.
#[test]
fn a_wide_role_that_shows_little_does_not_widen_a_narrow_one_that_shows_much() {
    let mut seller = role(1, &[("person", WORK, Scope::Team)]);
    seller.entities.get_mut("person").unwrap().level = Level::Write;
    let mut onlooker = role(2, &[("person", WORK, Scope::All)]);
    onlooker.entities.get_mut("person").unwrap().level = Level::Masked;
    let p = one(vec![seller, onlooker]);
    let me = actor(id(1));
    let level = |mask: &access::Mask| mask.level("name");
    let (mine, theirs) = (facts(PERSON, 2, 10), facts(PERSON, 2, 11));
    assert_eq!(level(p.read(&me, id(5), &mine).unwrap().mask()), Level::Write);
    assert_eq!(level(p.read(&me, id(5), &theirs).unwrap().mask()), Level::Masked);
    assert_eq!(level(p.write(&me, Action::Update, id(5), &mine).unwrap().mask()), Level::Write);
    assert_eq!(level(p.write(&me, Action::Update, id(5), &theirs).unwrap().mask()), Level::Masked);
    // A list holds both kinds, and shows of each what is seen of it.
    let list = p.list(&me, Action::Read, PERSON).unwrap();
    assert_eq!((level(&list.mask_of(&mine)), level(&list.mask_of(&theirs))), (Level::Write, Level::Masked));
    let asked = list.reads("name");
    let Within::Each(asked) = asked else { panic!("{asked:?}") };
    assert_eq!([&mine, &theirs].map(|facts| asked.iter().all(|p| p.admits(facts))), [true, false]);
}

/// Reading by one role and changing by another do not make a level that neither has on the record.
#[test]
fn what_may_be_changed_comes_from_the_roles_that_let_the_record_be_changed() {
    let mut reader = role(1, &[("person", READ, Scope::All)]);
    reader.entities.get_mut("person").unwrap().level = Level::Write;
    let mut changer = role(2, &[("person", WORK, Scope::All)]);
    changer.entities.get_mut("person").unwrap().level = Level::Read;
    let p = one(vec![reader, changer]);
    let permit = p.write(&actor(id(1)), Action::Update, id(5), &facts(PERSON, 2, 11)).unwrap();
    assert_eq!(permit.mask().level("name"), Level::Read);
}

#[test]
fn what_no_role_names_is_refused() {
    let p = one(vec![]);
    for action in Action::ALL {
        assert!(!may(&p, action, &facts(PERSON, 1, 10)));
    }
    assert_eq!(p.list(&actor(id(1)), Action::Read, PERSON).unwrap_err().kind, FaultKind::Forbidden);
    assert!(p.predicate(&actor(id(1)), Action::Read, p.catalog.get("person").unwrap()).is_nothing());
}

#[test]
fn denials_beat_allowances() {
    let mut second = role(2, &[]);
    second.denials.insert("person".into(), BTreeSet::from([Action::Update]));
    let p = one(vec![role(1, &[("person", WORK, Scope::All)]), second.clone()]);
    assert!(may(&p, Action::Read, &facts(PERSON, 1, 10)));
    let refused = p.decide(&actor(id(1)), Action::Update, &facts(PERSON, 1, 10));
    assert_eq!(refused.reasons, [Reason::Denied { role: "role_2".into() }]);

    second.denials.insert("person".into(), BTreeSet::from([Action::Read]));
    let p = one(vec![role(1, &[("person", &Action::ALL, Scope::All)]), second]);
    for action in Action::ALL {
        assert!(!may(&p, action, &facts(PERSON, 1, 10)), "{action:?} where reading is denied");
    }
}

#[test]
fn a_token_only_narrows() {
    let mut worker = role(1, &[("person", WORK, Scope::Team)]);
    worker.things.insert(Thing::Users, Verb::Read);
    let p = one(vec![worker]);
    let all = || Action::ALL.into_iter().collect::<BTreeSet<_>>();
    let token = TokenScope {
        entities: BTreeMap::from([("person".into(), BTreeSet::from([Action::Read])), ("deal".into(), all())]),
        things: BTreeMap::from([(Thing::Users, Verb::Manage), (Thing::Ledger, Verb::Manage)]),
    };
    let mut by_token = actor(id(1));
    by_token.token = Some(Arc::new(token));
    assert!(p.decide(&by_token, Action::Read, &facts(PERSON, 1, 10)).allow);
    let update = p.decide(&by_token, Action::Update, &facts(PERSON, 1, 10));
    assert_eq!(update.reasons, [Reason::OutsideToken]);
    assert!(!p.decide(&by_token, Action::Read, &facts(PERSON, 2, 11)).allow, "beyond the owner's scope");
    assert!(!p.decide(&by_token, Action::Read, &facts(DEAL, 1, 10)).allow, "beyond the owner's roles");
    assert!(p.admin(&by_token, Thing::Users, Verb::Read).is_ok());
    assert!(p.admin(&by_token, Thing::Users, Verb::Manage).is_err());
    assert!(p.admin(&by_token, Thing::Ledger, Verb::Read).is_err());
    by_token.token = Some(Arc::default());
    assert!(!p.decide(&by_token, Action::Read, &facts(PERSON, 1, 10)).allow, "an empty token does nothing");
    assert!(p.admin(&by_token, Thing::Users, Verb::Read).is_err());
}

#[test]
fn circular_and_deep_team_trees_end() {
    let circle = with_teams(Policy::default(), &[(1, Some(3)), (2, Some(1)), (3, Some(2)), (4, Some(4))]);
    assert_eq!(circle.team_and_below(id(1)), [id(1), id(2), id(3)]);
    assert_eq!(circle.team_and_below(id(4)), [id(4)]);
    let chain: Vec<(u8, Option<u8>)> = (1..=40).map(|n| (n, (n > 1).then(|| n - 1))).collect();
    assert_eq!(with_teams(Policy::default(), &chain).team_and_below(id(1)).len(), 17);
}

#[test]
fn below_reaches_down_and_not_up() {
    let p = one(vec![role(1, &[("person", READ, Scope::Below)])]);
    let p = with_teams(p, &[(9, None), (10, Some(9)), (11, Some(10)), (12, Some(11)), (20, Some(9))]);
    for (team, seen) in [(9, false), (10, true), (11, true), (12, true), (20, false)] {
        assert_eq!(may(&p, Action::Read, &facts(PERSON, 2, team)), seen, "team {team}");
    }
}

#[test]
fn suspended_and_unknown_users_may_do_nothing() {
    let mut everything = role(1, &[("person", &Action::ALL, Scope::All)]);
    everything.things.insert(Thing::Users, Verb::Manage);
    let mut p = one(vec![everything]);
    p.members.get_mut(&id(1)).unwrap().active = false;
    for user in [id(1), id(77)] {
        for action in Action::ALL {
            let decision = p.decide(&actor(user), action, &facts(PERSON, 1, 10));
            assert_eq!(decision.reasons, [Reason::NotActive]);
            assert!(!decision.allow);
        }
        assert!(p.admin(&actor(user), Thing::Users, Verb::Read).is_err());
        assert!(p.list(&actor(user), Action::Read, PERSON).is_err());
    }
}

#[test]
fn a_restricted_subject_is_read_and_not_changed() {
    let mut p = one(vec![role(1, &[("person", &Action::ALL, Scope::Team)])]);
    let mut person = facts(PERSON, 1, 10);
    person.subject = id(50);
    p.restricted.insert(id(50));
    for action in Action::ALL {
        let reading = matches!(action, Action::Read | Action::Export | Action::Erase);
        assert_eq!(may(&p, action, &person), reading, "{action:?}");
    }
    assert_eq!(
        p.write(&actor(id(1)), Action::Update, id(50), &person).unwrap_err().kind,
        FaultKind::Forbidden
    );
    let mut unseen = facts(PERSON, 2, 11);
    unseen.subject = id(50);
    let reasons = p.decide(&actor(id(1)), Action::Update, &unseen).reasons;
    assert_eq!(reasons, [Reason::NoRole], "that a subject is restricted is not told of what is not seen");
}

#[test]
fn children_follow_the_parent() {
    let p = one(vec![role(1, &[("person", READ, Scope::Team), ("note", WORK, Scope::Own)])]);
    let theirs = under(facts(NOTE, 2, 11), PERSON, 2, 10);
    assert!(may(&p, Action::Read, &theirs), "another's note on a person within reach");
    assert!(!may(&p, Action::Update, &theirs), "but it is not one's own to change");
    assert!(may(&p, Action::Update, &under(facts(NOTE, 1, 10), PERSON, 2, 10)));
    let hidden = under(facts(NOTE, 1, 10), PERSON, 2, 11);
    assert_eq!(p.decide(&actor(id(1)), Action::Read, &hidden).reasons, [Reason::ParentUnseen]);
    assert!(!may(&p, Action::Update, &hidden), "own, but on a person out of reach");
    assert!(!may(&p, Action::Read, &under(facts(NOTE, 1, 10), DEAL, 1, 10)), "no role reads deals");
    assert!(may(&p, Action::Read, &facts(NOTE, 1, 10)), "on nothing: its own scope counts");
    assert!(!may(&p, Action::Read, &facts(NOTE, 2, 10)));
    assert!(!may(&p, Action::Read, &under(facts(PERSON, 1, 10), PERSON, 1, 10)), "a person hangs on nothing");
}

#[test]
fn nothing_is_hung_on_what_is_not_seen() {
    let p = one(vec![role(1, &[("person", READ, Scope::Team), ("note", WORK, Scope::Own)])]);
    let write = |facts| p.write(&actor(id(1)), Action::Create, id(9), &facts).map(|_| ()).map_err(|f| f.kind);
    assert_eq!(write(under(facts(NOTE, 1, 10), PERSON, 2, 10)), Ok(()));
    assert_eq!(write(under(facts(NOTE, 1, 10), PERSON, 2, 11)), Err(FaultKind::NotFound));
    assert_eq!(write(under(facts(NOTE, 1, 10), DEAL, 1, 10)), Err(FaultKind::NotFound));
    assert_eq!(write(under(facts(NOTE, 2, 10), PERSON, 2, 10)), Err(FaultKind::Forbidden), "for another");
    assert_eq!(write(facts(NOTE, 1, 10)), Ok(()));
}

#[test]
fn writing_tells_unseen_from_not_allowed() {
    let p = one(vec![role(1, &[("person", READ, Scope::Team)])]);
    let kind = |facts| p.write(&actor(id(1)), Action::Update, id(5), &facts).unwrap_err().kind;
    assert_eq!(kind(facts(PERSON, 2, 10)), FaultKind::Forbidden);
    assert_eq!(kind(facts(PERSON, 2, 11)), FaultKind::NotFound);
    assert_eq!(p.read(&actor(id(1)), id(5), &facts(PERSON, 2, 11)).unwrap_err().kind, FaultKind::NotFound);
}

#[test]
fn changing_needs_reading() {
    let p = one(vec![role(1, &[("person", &[Action::Update, Action::Erase], Scope::All)])]);
    assert!(!may(&p, Action::Update, &facts(PERSON, 1, 10)));
    assert!(!may(&p, Action::Erase, &facts(PERSON, 1, 10)));
}

#[test]
fn lists_are_for_reading_and_exporting() {
    let p = one(vec![role(1, &[("person", &Action::ALL, Scope::All)])]);
    for action in Action::ALL {
        let listed = p.list(&actor(id(1)), action, PERSON).is_ok();
        assert_eq!(listed, matches!(action, Action::Read | Action::Export));
    }
}

#[test]
fn the_nil_team_makes_no_colleagues() {
    let p = policy(vec![role(1, &[("person", READ, Scope::Below)])], &[(id(1), id(0), &[id(1)])]);
    assert!(!may(&p, Action::Read, &facts(PERSON, 2, 0)));
    assert!(may(&p, Action::Read, &facts(PERSON, 1, 0)));
}

#[test]
fn fields_are_hidden_unless_a_role_shows_them() {
    let mut first = role(1, &[("person", READ, Scope::All)]);
    let p = one(vec![first.clone()]);
    let of = |p: &Policy| p.list(&actor(id(1)), Action::Read, PERSON).unwrap().most().clone();
    let mask = of(&p);
    assert_eq!(mask.level("name"), Level::Write);
    assert_eq!(mask.level("discount"), Level::Write, "trade is as ordinary unless said");
    assert_eq!(mask.level("health"), Level::Hidden, "special is hidden unless said");
    assert_eq!(mask.level("cf_pesel"), Level::Hidden, "special by its kind, whatever its flags");
    assert_eq!(mask.level("unheard_of"), Level::Hidden);
    assert!(mask.is_open());

    let rights = first.entities.get_mut("person").unwrap();
    (rights.trade, rights.special) = (Some(Level::Hidden), Some(Level::Masked));
    let p = one(vec![first.clone()]);
    let mask = of(&p);
    assert_eq!((mask.level("discount"), mask.level("health")), (Level::Hidden, Level::Masked));
    assert!(!mask.is_open());

    let rights = first.entities.get_mut("person").unwrap();
    (rights.level, rights.trade) = (Level::Masked, Some(Level::Write));
    rights.fields.insert("health".into(), Level::Read);
    let p = one(vec![first]);
    let mask = of(&p);
    assert_eq!(mask.level("discount"), Level::Masked, "never above ordinary fields");
    assert_eq!(mask.level("health"), Level::Read, "a field by name beats the rest");
}

#[test]
fn a_misspelt_role_is_not_read() {
    let role = serde_json::to_value(role(1, &[("person", READ, Scope::All)])).unwrap();
    assert!(serde_json::from_value::<Role>(role.clone()).is_ok());
    let mut wrong = role;
    wrong["denails"] = serde_json::json!({"person": ["read"]});
    assert!(serde_json::from_value::<Role>(wrong).is_err());
}
