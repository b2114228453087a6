//! Users' documents and the directory.

use crate::house::{House, START, event};
use access::{Thing, Verb, role_ids};
use identity::{Directory, NewUser, UserChange, create_user, fold_login, load_user, update_user};
use kernel::{Clock, FaultKind, Id, IdSource, Lang, TeamId};
use ledger::Act;
use store::{Batch, DocKind, DocWrite};

fn new_user(login: &str) -> NewUser {
    NewUser {
        login: login.into(),
        name: "  Jan \u{a0} Nowak ".into(),
        email: "jan@example.pl".into(),
        lang: Lang::Pl,
        team: TeamId::NIL,
        roles: vec![role_ids::DPO, role_ids::SELLER, role_ids::DPO],
        partner: None,
    }
}

#[test]
fn log_ins_are_folded() {
    assert_eq!(fold_login(" Anna.KOWALSKA "), "anna.kowalska");
    assert_eq!(fold_login("\u{ff21}nna"), "anna");
    assert_eq!(fold_login(&"x".repeat(1 << 20)).len(), 100);
}

#[tokio::test]
async fn a_log_in_is_taken_once_whatever_its_case() {
    let house = House::build().await;
    let (_, put) =
        create_user(&house.vault, Id::from_bytes([9; 16]), START, new_user("ANNA.Kowalska"), None).unwrap();
    let mut batch = Batch::new(event(&IdSource::new(), &*house.clock, Act::UserCreate));
    batch.docs.push(put);
    assert_eq!(house.store.commit(batch).await.unwrap_err().kind, FaultKind::Conflict);
}

#[tokio::test]
async fn users_are_checked_and_tidied() {
    let house = House::build().await;
    let make = |input| create_user(&house.vault, Id::from_bytes([9; 16]), START, input, None);
    let (user, _) = make(new_user("Jan.Nowak")).unwrap();
    assert_eq!((&*user.doc.name, &*user.doc.login, user.doc.roles.len()), ("Jan Nowak", "jan.nowak", 2));
    let wrong = NewUser { name: " ".into(), email: "to nie adres".into(), ..new_user("łódź") };
    let fields: Vec<_> = make(wrong).unwrap_err().issues.into_iter().map(|i| i.field).collect();
    assert_eq!(fields, ["name", "email", "login"]);
    assert!(make(new_user("ab")).is_err() && make(new_user(&"a".repeat(101))).is_err());
    let (_, _, changed) = update_user(&house.vault, START, &user, UserChange::default()).unwrap();
    assert!(changed.is_empty());
    // A name from before they were looked at keeps nobody from being suspended.
    let mut odd = user.clone();
    odd.doc.name = "Jan\u{202e} Nowak".into();
    let suspend = UserChange { active: Some(false), ..UserChange::default() };
    let (suspended, _, changed) = update_user(&house.vault, START, &odd, suspend).unwrap();
    assert_eq!((changed, suspended.doc.active), (vec!["active"], false));
    // Neither does an address, which loses no role by being odd; a new one that is odd is none.
    let mut odd = user.clone();
    odd.doc.email = "jan".into();
    let take = UserChange { roles: Some(Vec::new()), ..UserChange::default() };
    let (_, _, changed) = update_user(&house.vault, START, &odd, take).unwrap();
    assert_eq!(changed, ["roles"]);
    let change = UserChange { email: Some("nowak".into()), ..UserChange::default() };
    assert!(update_user(&house.vault, START, &odd, change).is_err());
    let fault = house.directory.check(TeamId::NIL, &[Id::from_bytes([1; 16])]).unwrap_err();
    assert_eq!(fault.issues.len(), 2);
    assert!(house.directory.check(house.team, &[role_ids::SELLER]).is_ok());
}

#[tokio::test]
async fn the_directory_knows_names_rights_and_who_can_help() {
    let house = House::build().await;
    assert_eq!(house.directory.user_name(house.anna), "Anna Kowalska");
    assert_eq!(house.directory.user_name(Id::NIL), "");
    let now = house.clock.now();
    assert_eq!(house.directory.holders(Thing::Users, Verb::Manage, now), [house.boss]);
    assert!(house.directory.can_help(&house.directory.users[&house.boss].login, now));
    assert!(!house.directory.can_help(&house.directory.users[&house.anna].login, now));
    assert_eq!(house.directory.policy.members[&house.anna].team, house.team);
    assert_eq!(house.directory.policy.roles.len(), 9);
    assert_eq!(house.directory.versions.len(), 10);
}

#[tokio::test]
async fn a_document_moved_to_another_user_is_not_served() {
    let house = House::build().await;
    let read = async |id| house.store.doc(DocKind::User, id).await.unwrap().unwrap();
    let (mut anna, boss) = (read(*house.anna.bytes()).await, read(*house.boss.bytes()).await);
    anna.sealed.clone_from(&boss.sealed);
    assert_eq!(load_user(&house.vault, &anna).unwrap_err().kind, FaultKind::Corrupt);
    anna.version += 1;
    let mut batch = Batch::new(event(&IdSource::new(), &*house.clock, Act::UserUpdate));
    batch.docs.push(DocWrite::Put(anna));
    house.store.commit(batch).await.unwrap();
    let loaded = Directory::load(&house.store, &house.vault, None).await;
    assert_eq!(loaded.unwrap_err().kind, FaultKind::Corrupt, "no policy with a part missing");
}
