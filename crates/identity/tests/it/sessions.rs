//! How sessions and tokens live and end.

use crate::house::{House, PASSWORD, client};
use access::{Action, Facts, Thing, TokenScope, Verb};
use identity::{Limits, NewToken, TOKEN_PREFIX};
use kernel::{Clock, Fault, FaultKind, Id, Lang};
use ledger::Act;
use std::collections::{BTreeMap, BTreeSet};
use store::SessionKind::{Session, Token};

const DAY_MS: i64 = 86_400_000;

fn dead(house: &House, kind: store::SessionKind, secret: &str) {
    let fault = house.identity.authenticate(kind, secret).expect_err("it still opens");
    assert_eq!(fault.kind, FaultKind::Unauthenticated);
}

fn alive(house: &House, secret: &str) -> access::Actor {
    house.identity.authenticate(Session, secret).unwrap().actor
}

fn token(house: &House, days: i64) -> NewToken {
    let read = BTreeMap::from([("person".to_owned(), BTreeSet::from([Action::Read]))]);
    NewToken {
        label: " raporty  nocne ".into(),
        scope: TokenScope { entities: read, things: BTreeMap::new() },
        networks: Vec::new(),
        ends_at: house.clock.now().plus_ms(days * DAY_MS),
    }
}

#[tokio::test]
async fn idle_sessions_end_and_used_ones_go_on_to_the_limit() {
    let house = House::build().await;
    let (idle, used) = (house.anna().await, house.anna().await);
    let limits = Limits::default();
    let step = limits.idle_ms - 1;
    house.clock.advance_ms(step);
    alive(&house, &used.secret);
    house.clock.advance_ms(1);
    dead(&house, Session, &idle.secret);
    let mut passed = limits.idle_ms;
    while passed + step < limits.absolute_ms {
        alive(&house, &used.secret);
        house.clock.advance_ms(step);
        passed += step;
    }
    alive(&house, &used.secret);
    house.clock.advance_ms(limits.absolute_ms - passed);
    dead(&house, Session, &used.secret);
}

#[tokio::test]
async fn revoking_acts_at_once_and_lasts() {
    let house = House::build().await;
    let (one, two, three) = (house.anna().await, house.anna().await, house.anna().await);
    let boss = house.login("szefowa", PASSWORD).await.unwrap_or_else(|f| panic!("{f}"));
    let me = alive(&house, &one.secret);
    house.identity.end(&me, two.session.id()).await.unwrap();
    dead(&house, Session, &two.secret);
    assert_eq!(house.identity.end(&me, two.session.id()).await.unwrap_err().kind, FaultKind::NotFound);
    assert_eq!(house.identity.end(&me, boss.session.id()).await.unwrap_err().kind, FaultKind::NotFound);
    alive(&house, &boss.secret);
    house.identity.end_others(&me).await.unwrap();
    dead(&house, Session, &three.secret);
    alive(&house, &one.secret);

    let seller = house.directory.policy.admin(&me, Thing::Sessions, Verb::Manage);
    assert!(seller.is_err());
    let boss = alive(&house, &boss.secret);
    let permit = house.directory.policy.admin(&boss, Thing::Sessions, Verb::Manage).unwrap();
    house.identity.end_all_of(&permit, house.anna).await.unwrap();
    dead(&house, Session, &one.secret);
    let other = house.directory.policy.admin(&boss, Thing::Users, Verb::Manage).unwrap();
    assert!(house.identity.end_all_of(&other, house.anna).await.is_err(), "a permit for another thing");

    let house = house.restart().await;
    for secret in [&one.secret, &two.secret, &three.secret] {
        dead(&house, Session, secret);
    }
    assert_eq!(house.acts().await.iter().filter(|a| **a == Act::SessionEnd).count(), 3);
}

#[tokio::test]
async fn signing_out_ends_this_session() {
    let house = House::build().await;
    let one = house.anna().await;
    let me = alive(&house, &one.secret);
    house.identity.end(&me, me.session).await.unwrap();
    dead(&house, Session, &one.secret);
}

#[tokio::test]
async fn lists_show_where_and_when() {
    let house = House::build().await;
    let one = house.anna().await;
    house.clock.advance_ms(5000);
    let me = alive(&house, &one.secret);
    house.identity.create_token(&me, token(&house, 10)).await.map(drop).unwrap();
    let list = house.identity.own_sessions(&me).await.unwrap();
    assert_eq!(list.len(), 2);
    assert_eq!((list[0].kind, &*list[0].network, list[0].current), ("session", "192.0.2.1", true));
    assert_eq!(list[0].client, "Test/1.0 canary-agent");
    assert_eq!(list[0].seen_at, house.clock.now().rfc3339());
    assert_eq!((list[1].kind, &*list[1].label, list[1].current), ("token", "raporty nocne", false));
    let shown = serde_json::to_string(&list).unwrap();
    assert!(!shown.contains(&**one.secret), "no secret in a list");
    assert!(house.acts().await.contains(&Act::SessionList));
}

#[tokio::test]
async fn tokens_narrow_and_end() {
    let house = House::build().await;
    let me = alive(&house, &house.anna().await.secret);
    let made = house.identity.create_token(&me, token(&house, 2)).await.unwrap_or_else(|f| panic!("{f}"));
    assert!(made.secret.starts_with(TOKEN_PREFIX));
    let by_token = house.identity.authenticate(Token, &made.secret).unwrap().actor;
    let policy = &house.directory.policy;
    let facts = |name: &str| Facts {
        record: Id::NIL,
        entity: policy.catalog.get(name).unwrap().code,
        subject: Id::NIL,
        owner: house.anna,
        team: house.team,
        parent: None,
    };
    assert!(policy.decide(&by_token, Action::Read, &facts("person")).allow);
    assert!(policy.decide(&me, Action::Update, &facts("person")).allow);
    assert!(!policy.decide(&by_token, Action::Update, &facts("person")).allow);
    assert!(!policy.decide(&by_token, Action::Read, &facts("deal")).allow);

    for result in [
        house.identity.create_token(&by_token, token(&house, 1)).await.map(drop),
        house.identity.end_others(&by_token).await,
        house.identity.end(&by_token, me.session).await,
        house.identity.own_sessions(&by_token).await.map(drop),
    ] {
        assert_eq!(result.unwrap_err().kind, FaultKind::Forbidden, "a token manages no sessions");
    }
    let house = house.restart().await;
    house.clock.advance_ms(2 * DAY_MS - 1);
    let later = house.identity.authenticate(Token, &made.secret).unwrap().actor;
    assert_eq!(later.token, by_token.token, "the scope outlives a restart");
    house.clock.advance_ms(1);
    dead(&house, Token, &made.secret);
}

#[tokio::test]
async fn a_revoked_token_is_refused() {
    let house = House::build().await;
    let me = alive(&house, &house.anna().await.secret);
    let made = house.identity.create_token(&me, token(&house, 2)).await.unwrap_or_else(|f| panic!("{f}"));
    house.identity.end(&me, made.session.id()).await.unwrap();
    dead(&house, Token, &made.secret);
    let acts = house.acts().await;
    assert!(acts.contains(&Act::TokenCreate) && acts.contains(&Act::TokenRevoke));
}

#[tokio::test]
async fn tokens_without_end_scope_or_name_are_not_made() {
    let house = House::build().await;
    let me = alive(&house, &house.anna().await.secret);
    let codes = |fault: Fault| fault.issues.into_iter().map(|i| i.code).collect::<Vec<_>>();
    let refused = async |input| codes(house.identity.create_token(&me, input).await.err().unwrap());
    assert_eq!(refused(token(&house, 366)).await, ["wrong-end"]);
    assert_eq!(refused(token(&house, 0)).await, ["wrong-end"]);
    assert_eq!(refused(NewToken { scope: TokenScope::default(), ..token(&house, 1) }).await, ["empty-scope"]);
    assert_eq!(refused(NewToken { label: "  ".into(), ..token(&house, 1) }).await, ["malformed-label"]);
    for _ in 0..Limits::default().tokens {
        house.identity.create_token(&me, token(&house, 1)).await.map(drop).unwrap();
    }
    let fault = house.identity.create_token(&me, token(&house, 1)).await.err().unwrap();
    assert_eq!(fault.kind, FaultKind::Conflict);
}

#[tokio::test]
async fn the_oldest_session_gives_way() {
    let house = House::build().await;
    let first = house.anna().await;
    for _ in 0..Limits::default().sessions {
        house.anna().await;
    }
    dead(&house, Session, &first.secret);
    assert_eq!(house.store.sessions_of(house.anna).await.unwrap().len(), Limits::default().sessions);
}

#[tokio::test]
async fn last_uses_are_written_once_a_minute() {
    let house = House::build().await;
    let one = house.anna().await;
    house.clock.advance_ms(59_000);
    alive(&house, &one.secret);
    assert!(house.identity.pending_seen().is_empty());
    house.clock.advance_ms(1000);
    alive(&house, &one.secret);
    assert_eq!(house.identity.pending_seen().len(), 1);
    assert!(house.identity.pending_seen().is_empty());
    house.clock.advance_ms(60_000);
    alive(&house, &one.secret);
    house.login("szefowa", PASSWORD).await.map(drop).unwrap();
    let row = house.store.session(one.session.id()).await.unwrap().unwrap();
    assert_eq!(row.seen_at, house.clock.now(), "a log-in takes them along");
}

#[tokio::test]
async fn a_new_password_ends_the_others() {
    let house = House::build().await;
    let (one, two) = (house.anna().await, house.anna().await);
    let me = alive(&house, &one.secret);
    let change = async |old: &str, new: &str| {
        house
            .identity
            .change_password(house.directory.clone(), &me, old, new, "Okna Sp. z o.o.", &client(2))
            .await
    };
    let weak = change(PASSWORD, "Kowalska12345").await.unwrap_err();
    assert_eq!(weak.kind, FaultKind::Invalid);
    assert!(weak.public(Lang::Pl).contains("login"), "with the reason: {}", weak.public(Lang::Pl));
    assert_eq!(change("nie to", "gx7Lq0vTr2Pzm5W").await.unwrap_err().kind, FaultKind::Unauthenticated);
    alive(&house, &two.secret);
    change(PASSWORD, "gx7Lq0vTr2Pzm5W").await.unwrap();
    alive(&house, &one.secret);
    dead(&house, Session, &two.secret);
    assert!(house.login("anna.kowalska", PASSWORD).await.is_err());
    assert!(house.login("anna.kowalska", "gx7Lq0vTr2Pzm5W").await.is_ok());
}
