//! Right and wrong log-ins, delays and locks.

use crate::house::{FAST, House, PASSWORD, client};
use identity::{Cost, LOCK_MS, NoticeDoc, PasswordHash, User, open_doc};
use kernel::{Clock, Fault, FaultKind, Time};
use ledger::Act;
use store::{Batch, DocKind, SessionKind};

fn answer(fault: &Fault) -> (FaultKind, String, Option<u32>) {
    (fault.kind, fault.public(kernel::Lang::Pl), fault.retry_after_s)
}

#[tokio::test]
async fn the_right_password_opens_a_session() {
    let house = House::build().await;
    let new = house.login("  ANNA.kowalska ", PASSWORD).await.unwrap_or_else(|f| panic!("{f}"));
    let who = house.identity.authenticate(SessionKind::Session, &new.secret).unwrap();
    assert_eq!((who.actor.user, who.actor.session), (house.anna, new.session.id()));
    assert!(who.actor.token.is_none());
    assert_eq!(house.acts().await, [Act::InstanceInit, Act::SessionStart]);
    let other = house.anna().await;
    assert_ne!(other.secret, new.secret);
}

#[tokio::test]
async fn wrong_and_unknown_are_answered_alike_all_the_way_to_the_lock() {
    let house = House::build().await;
    suspend(&house).await;
    for step in 0..30 {
        let from = async |network, login: &str, password: &str| {
            let directory = house.directory.clone();
            house.identity.login(directory, login, password, &client(network)).await.err().unwrap()
        };
        let known = from(1, "anna.kowalska", "nie to hasło").await;
        let unknown = from(2, "nikt.taki", "nie to hasło").await;
        let suspended = from(3, "szefowa", PASSWORD).await;
        assert_eq!(answer(&known), answer(&unknown), "step {step}");
        assert_eq!(answer(&known), answer(&suspended), "step {step}");
        house.clock.advance_ms(20_000);
    }
    let acts = house.acts().await;
    assert_eq!(acts.iter().filter(|a| **a == Act::LoginLocked).count(), 3);
    assert_eq!(acts.iter().filter(|a| **a == Act::LoginRefused).count(), 90, "each try is written down");
}

async fn suspend(house: &House) {
    let doc = house.store.doc(DocKind::User, *house.boss.bytes()).await.unwrap().unwrap();
    let user = identity::load_user(&house.vault, &doc).unwrap();
    let change = identity::UserChange { active: Some(false), ..identity::UserChange::default() };
    let (_, put, changed) = identity::update_user(&house.vault, house.clock.now(), &user, change).unwrap();
    assert_eq!(changed, ["active"]);
    let mut batch = Batch::new(crate::house::event(&kernel::IdSource::new(), &*house.clock, Act::UserUpdate));
    batch.docs.push(put);
    house.store.commit(batch).await.unwrap();
}

#[tokio::test]
async fn failures_slow_down() {
    let house = House::build().await;
    for expected in [None, None, None, Some(1)] {
        let fault = house.login("anna.kowalska", "nie to hasło").await.err().unwrap();
        assert_eq!(fault.retry_after_s, expected);
    }
    let early = house.login("anna.kowalska", PASSWORD).await.err().unwrap();
    assert_eq!(early.kind, FaultKind::TooMany, "the right password is not looked at either");
    house.clock.advance_ms(1000);
    let wrong = house.login("anna.kowalska", "nie to hasło").await.err().unwrap();
    assert_eq!(wrong.kind, FaultKind::Unauthenticated);
    let fault = house.login("anna.kowalska", "nie to hasło").await.err().unwrap();
    assert_eq!(fault.retry_after_s, Some(2));
    house.clock.advance_ms(2000);
    house.anna().await;
    for _ in 0..3 {
        let fault = house.login("anna.kowalska", "nie to hasło").await.err().unwrap();
        assert_eq!(fault.kind, FaultKind::Unauthenticated, "success has reset the count");
    }
}

#[tokio::test]
async fn ten_failures_lock_for_a_while_and_tell_administrators_and_the_user() {
    let house = House::build().await;
    house.fail("anna.kowalska", 10).await;
    let locked = house.login("anna.kowalska", PASSWORD).await.err().unwrap();
    assert_eq!(locked.kind, FaultKind::TooMany);
    assert_eq!(locked.retry_after_s, Some(900 - 70));
    assert!(house.login("szefowa", PASSWORD).await.is_ok(), "others are not locked");

    let notices = house.store.docs(DocKind::Notice).await.unwrap();
    assert_eq!(notices.len(), 2, "the administrator's and the user's own");
    for (user, title) in [
        (house.boss, ["Zablokowane logowanie: Anna Kowalska", "Sign-in locked: Anna Kowalska"]),
        (
            house.anna,
            ["Ktoś próbował zalogować się na Twoje konto", "Somebody tried to sign in to your account"],
        ),
    ] {
        let doc = notices.iter().find(|d| d.user == Some(user)).expect("a notice");
        let notice: NoticeDoc = open_doc(&house.vault, doc).unwrap();
        assert_eq!(notice.code, "login-locked");
        assert_eq!([&*notice.title.pl, &*notice.title.en], title);
        for (body, when) in [(notice.body.pl, "21.09.2026, 16:"), (notice.body.en, "21 Sep 2026, 16:")] {
            for told in ["192.0.2.1", "Test/1.0 canary-agent", when] {
                assert!(body.contains(told), "where and when: {body}");
            }
        }
    }
    let acts = house.acts().await;
    assert!(acts.contains(&Act::LoginLocked) && acts.contains(&Act::NoticeCreate));

    house.clock.advance_ms(LOCK_MS - 70_000 - 1);
    assert!(house.login("anna.kowalska", PASSWORD).await.is_err());
    house.clock.advance_ms(1);
    house.anna().await;
}

#[tokio::test]
async fn a_lock_on_nobody_tells_nobody() {
    let house = House::build().await;
    house.fail("nikt.taki", 10).await;
    assert!(house.acts().await.contains(&Act::LoginLocked));
    assert!(house.store.docs(DocKind::Notice).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_restart_lifts_no_lock_and_ends_no_session() {
    let house = House::build().await;
    let session = house.login("szefowa", PASSWORD).await.unwrap_or_else(|f| panic!("{f}"));
    house.fail("anna.kowalska", 10).await;
    house.fail("nikt.taki", 10).await;
    house.clock.set(Time(house.clock.now().0 - 690_000));
    let house = house.restart().await;
    for login in ["anna.kowalska", "nikt.taki"] {
        assert_eq!(house.login(login, PASSWORD).await.err().unwrap().kind, FaultKind::TooMany, "{login}");
    }
    let who = house.identity.authenticate(SessionKind::Session, &session.secret).unwrap();
    assert_eq!(who.actor.user, house.boss);
}

#[tokio::test]
async fn a_network_that_tries_many_names_is_slowed_down() {
    let house = House::build().await;
    for n in 0..20 {
        let fault = house.login(&format!("imie.{n}"), "haslo").await.err().unwrap();
        assert_eq!(fault.kind, FaultKind::Unauthenticated);
    }
    assert_eq!(house.login("anna.kowalska", PASSWORD).await.err().unwrap().kind, FaultKind::TooMany);
    let elsewhere = house.login_from("anna.kowalska", PASSWORD, &client(9)).await;
    assert!(elsewhere.is_ok());
    house.clock.advance_ms(1000);
    house.anna().await;
}

async fn anna(house: &House) -> User {
    let doc = house.store.doc(DocKind::User, *house.anna.bytes()).await.unwrap().unwrap();
    identity::load_user(&house.vault, &doc).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hash_rises_with_the_setting_at_the_next_sign_in() {
    let house = House::build().await;
    let cost = |user: &User| {
        let hash: String = serde_json::from_value(serde_json::to_value(&user.doc.password).unwrap()).unwrap();
        hash.split('$').nth(3).unwrap().to_owned()
    };
    let first = anna(&house).await;
    assert_eq!(cost(&first), "m=8,t=1,p=1,keyid=dmF1bHQtMQ");
    house.anna().await;
    assert_eq!(anna(&house).await, first, "as long as it is as new ones are, it stays");
    assert!(!house.identity.take_renewed());

    let house = house.restart_at(Cost { passes: 2, ..FAST }).await;
    house.fail("anna.kowalska", 1).await;
    assert_eq!(anna(&house).await, first, "a wrong password changes nothing");
    // Many at once, of whom one is the first.
    let tasks: Vec<_> = (0..8)
        .map(|n| {
            let (identity, directory) = (house.identity.clone(), house.directory.clone());
            tokio::spawn(async move {
                let known = None;
                let from = identity::Client { known, ..client(n) };
                identity.login(directory, "anna.kowalska", PASSWORD, &from).await.map(drop)
            })
        })
        .collect();
    for task in tasks {
        let done = task.await.unwrap();
        assert!(done.is_ok() || done.err().unwrap().kind == FaultKind::TooMany);
    }
    let risen = anna(&house).await;
    assert_eq!(cost(&risen), "m=8,t=2,p=1,keyid=dmF1bHQtMQ");
    assert_eq!(risen.doc.password_at, first.doc.password_at, "it is the same password");
    assert!(house.identity.take_renewed() && !house.identity.take_renewed());
    house.anna().await;

    let house = house.restart().await;
    house.anna().await;
    assert_eq!(anna(&house).await, risen, "and falls with nothing");
    let told = house.details(Act::UserUpdate).await;
    assert!(told.iter().all(|d| d["fields"] == serde_json::json!(["password hash"])), "{told:?}");
}

#[tokio::test]
async fn a_hash_of_an_earlier_release_is_made_anew_and_rotation_takes_no_password_away() {
    let house = House::build().await;
    // Of the password itself: argon2id, 8 KiB, one pass.
    let old = "$argon2id$v=19$m=8,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$hRx7BqUcrLUKg/FSmD/zJkV1nTkxClzufgtijA3AinE";
    let mut user = anna(&house).await;
    user.doc.password = Some(serde_json::from_value::<PasswordHash>(old.into()).unwrap());
    let doc = house.store.doc(DocKind::User, *house.anna.bytes()).await.unwrap().unwrap();
    let put = store::Doc { version: doc.version + 1, ..doc };
    let mut batch = Batch::new(crate::house::event(&kernel::IdSource::new(), &*house.clock, Act::UserUpdate));
    batch.docs.push(identity::put_doc(&house.vault, put, &user.doc).unwrap());
    house.store.commit(batch).await.unwrap();
    house.anna().await;
    assert_ne!(anna(&house).await.doc.password, user.doc.password);
    house.vault.rotate(house.clock.now(), &|_, _| Ok(())).unwrap();
    let house = house.restart().await;
    house.anna().await;
}
