//! Browsers in which a user signed in before: what others do under the name does not keep the user out.

use crate::house::{House, PASSWORD, client};
use access::{Thing, Verb};
use identity::{BROWSER_MS, Client, LOCK_AFTER, NewSession, NoticeDoc, open_doc};
use kernel::{Fault, FaultKind};
use ledger::Act;
use store::{DocKind, SessionKind};

const OTHER: &str = "czerwony latawiec nad polem";

/// The token of a browser in which Anna has just signed in.
async fn browser(house: &House) -> (NewSession, String) {
    let new = house.anna().await;
    let token = house.identity.remember(&new.session).await.unwrap().to_string();
    (new, token)
}

async fn from(house: &House, login: &str, token: &str) -> Client {
    Client { known: house.identity.recognise(login, Some(token)).await.unwrap(), ..client(77) }
}

async fn try_in(house: &House, client: &Client, login: &str, password: &str) -> Result<NewSession, Fault> {
    house.login_from(login, password, client).await
}

async fn is_known(house: &House, token: &str) -> bool {
    from(house, "anna.kowalska", token).await.known.is_some()
}

#[tokio::test]
async fn what_strangers_try_does_not_stop_the_owner_in_a_known_browser() {
    let house = House::build().await;
    let (_, token) = browser(&house).await;
    house.fail("anna.kowalska", LOCK_AFTER).await;
    assert_eq!(house.login("anna.kowalska", PASSWORD).await.err().unwrap().kind, FaultKind::TooMany);
    let known = from(&house, " Anna.KOWALSKA ", &token).await;
    try_in(&house, &known, "anna.kowalska", PASSWORD).await.map(drop).unwrap();
    let still = house.login("anna.kowalska", PASSWORD).await.err().unwrap().kind;
    assert_eq!(still, FaultKind::TooMany, "and strangers gain nothing by it");
    // A network that tried too much is no matter either.
    for n in 0..30 {
        let stranger = Client { known: None, ..known.clone() };
        let _ = try_in(&house, &stranger, &format!("nikt.{n}"), "x").await;
    }
    try_in(&house, &known, "anna.kowalska", PASSWORD).await.map(drop).unwrap();
}

#[tokio::test]
async fn a_known_browser_is_slowed_down_by_itself() {
    let house = House::build().await;
    let (_, token) = browser(&house).await;
    let (_, second) = browser(&house).await;
    let known = from(&house, "anna.kowalska", &token).await;
    for expected in [None, None, None, Some(1)] {
        let fault = try_in(&house, &known, "anna.kowalska", "nie to hasło").await.err().unwrap();
        assert_eq!(fault.retry_after_s, expected);
    }
    assert!(house.login("anna.kowalska", "nie to hasło").await.err().unwrap().retry_after_s.is_none());
    for failures in 3..LOCK_AFTER {
        house.clock.advance_ms(70_000);
        let fault = try_in(&house, &known, "anna.kowalska", "nie to hasło").await.err().unwrap();
        assert_eq!(fault.kind, FaultKind::Unauthenticated, "{failures}");
    }
    let locked = try_in(&house, &known, "anna.kowalska", PASSWORD).await.err().unwrap();
    assert_eq!((locked.kind, locked.retry_after_s), (FaultKind::TooMany, Some(900)));
    assert_eq!(house.details(Act::LoginLocked).await[0]["of"], "known");
    let notices = house.store.docs(DocKind::Notice).await.unwrap();
    let codes = notices.iter().map(|doc| open_doc::<NoticeDoc>(&house.vault, doc).unwrap().code);
    assert_eq!(codes.filter(|code| code == "login-locked").count(), 2, "that, too, is told");
    let house = house.restart().await;
    assert!(try_in(&house, &known, "anna.kowalska", PASSWORD).await.is_err(), "after a restart too");
    let other = from(&house, "anna.kowalska", &second).await;
    assert!(try_in(&house, &other, "anna.kowalska", PASSWORD).await.is_ok(), "another one of hers is free");
    house.anna().await;
}

#[tokio::test]
async fn a_token_is_good_for_its_user_alone_and_as_it_was_made() {
    let house = House::build().await;
    let (_, token) = browser(&house).await;
    assert!(is_known(&house, &token).await);
    assert_ne!(browser(&house).await.1, token);
    for login in ["szefowa", "nikt.taki", ""] {
        assert!(from(&house, login, &token).await.known.is_none(), "{login}");
    }
    let mut altered = token.clone();
    altered.replace_range(20..21, if token.as_bytes()[20] == b'A' { "B" } else { "A" });
    let long = token.repeat(3);
    for wrong in ["", "x", &token[..token.len() - 1], &altered, &long, "\u{17c}"] {
        assert!(!is_known(&house, wrong).await, "{wrong}");
    }
    // Recognised for one name, it is none for another.
    let hers = from(&house, "anna.kowalska", &token).await;
    house.fail("szefowa", LOCK_AFTER).await;
    let fault = try_in(&house, &hers, "szefowa", PASSWORD).await.err().unwrap();
    assert_eq!(fault.kind, FaultKind::TooMany);
    let house = house.restart().await;
    assert!(is_known(&house, &token).await);
    house.clock.advance_ms(BROWSER_MS - LOCK_AFTER as i64 * 70_000 - 1);
    assert!(is_known(&house, &token).await);
    house.clock.advance_ms(1);
    assert!(!is_known(&house, &token).await, "after half a year without a sign-in");
}

#[tokio::test]
async fn a_changed_password_and_the_end_of_all_sessions_forget_browsers() {
    let house = House::build().await;
    let (first, token) = browser(&house).await;
    let (_, second) = browser(&house).await;
    let me = house.identity.authenticate(SessionKind::Session, &first.secret).unwrap().actor;
    house.identity.end_others(&me).await.unwrap();
    assert!(!is_known(&house, &token).await && !is_known(&house, &second).await);
    let again = house.identity.remember(&first.session).await.unwrap();
    assert!(is_known(&house, &again).await, "the one that is used is given another");

    // Strangers cannot keep her from changing it.
    house.fail("anna.kowalska", LOCK_AFTER).await;
    let directory = house.directory.clone();
    house.clock.advance_ms(1);
    house.identity.change_password(directory, &me, PASSWORD, OTHER, "Firma", &client(3)).await.unwrap();
    assert!(!is_known(&house, &again).await);
    let again = house.identity.remember(&first.session).await.unwrap();
    assert!(is_known(&house, &again).await);

    let boss = house.login("szefowa", PASSWORD).await.unwrap_or_else(|f| panic!("{f}"));
    let boss = house.identity.authenticate(SessionKind::Session, &boss.secret).unwrap().actor;
    let permit = house.directory.policy.admin(&boss, Thing::Sessions, Verb::Manage).unwrap();
    house.identity.end_all_of(&permit, house.anna).await.unwrap();
    assert!(!is_known(&house, &again).await);
    let gone = house.identity.remember(&first.session).await.err().unwrap();
    assert_eq!(gone.kind, FaultKind::Unauthenticated, "a session that has ended makes nothing known");
}

#[tokio::test]
async fn a_stolen_session_guesses_no_password_for_long() {
    let house = House::build().await;
    let (new, _) = browser(&house).await;
    let me = house.identity.authenticate(SessionKind::Session, &new.secret).unwrap().actor;
    let mut kinds = Vec::new();
    for _ in 0..5 {
        let directory = house.directory.clone();
        let tried =
            house.identity.change_password(directory, &me, "nie to hasło", OTHER, "Firma", &client(3)).await;
        kinds.push(tried.err().unwrap().kind);
    }
    use FaultKind::{TooMany, Unauthenticated};
    assert_eq!(kinds, [Unauthenticated, Unauthenticated, Unauthenticated, TooMany, TooMany]);
    house.anna().await;
}

#[tokio::test]
async fn a_stolen_session_gains_no_guesses_by_forgetting_browsers() {
    let house = House::build().await;
    let (new, _) = browser(&house).await;
    let me = house.identity.authenticate(SessionKind::Session, &new.secret).unwrap().actor;
    let mut waits = Vec::new();
    for _ in 0..5 {
        house.identity.end_others(&me).await.unwrap();
        let token = house.identity.remember(&new.session).await.unwrap();
        let known = from(&house, "anna.kowalska", &token).await;
        let fault = try_in(&house, &known, "anna.kowalska", "nie to hasło").await.err().unwrap();
        waits.push(fault.retry_after_s);
    }
    assert_eq!(waits, [None, None, None, Some(1), Some(1)], "one count, whichever token of the session");
}
