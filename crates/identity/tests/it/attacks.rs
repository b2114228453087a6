//! What somebody with bad intentions would try.

use crate::house::{House, PASSWORD, client};
use identity::Cost;
use kernel::FaultKind;
use ledger::Act;
use std::collections::BTreeMap;
use store::DocKind;
use store::SessionKind::{Session, Token};

#[tokio::test]
async fn no_secret_and_no_name_lies_in_the_store() {
    let house = House::build().await;
    let new = house.anna().await;
    house.fail("tajny-kanarek", 3).await;
    house.login("szefowa", "kanarek w złym polu").await.err().unwrap();
    let bytes = house.plain_bytes();
    let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|w| w == needle);
    assert!(holds(&vault::sha256(&[new.secret.as_bytes()])), "the search finds what is there");
    for canary in [
        new.secret.as_str(),
        PASSWORD,
        "kanarek",
        "argon2id",
        "anna.kowalska",
        "Kowalska",
        "canary-agent",
        "192.0.2.1",
        "Sprzedaż",
    ] {
        assert!(!holds(canary.as_bytes()), "{canary} lies in clear");
    }
}

#[tokio::test]
async fn what_was_typed_as_a_name_is_written_down_nowhere() {
    let house = House::build().await;
    house.fail("moje hasło w złym polu", 1).await;
    house.fail("anna.kowalska", 1).await;
    house.anna().await;
    let details = house.details(Act::LoginRefused).await;
    assert_eq!(details.len(), 2);
    assert!(details.iter().all(|d| !d.to_string().contains("hasło")), "{details:?}");
    assert_eq!(details[0]["name"]["mac"].as_str().map(str::len), Some(64));
    assert_eq!(details[1]["name"]["user"], house.anna.to_string());
    assert_eq!(details[1]["network"], "192.0.2.1");
    assert_eq!(house.details(Act::SessionStart).await[0]["network"], "192.0.2.1");
}

#[tokio::test]
async fn a_secret_is_good_for_its_own_kind_only_and_as_a_whole() {
    let house = House::build().await;
    let new = house.anna().await;
    let secret = new.secret.as_str();
    let mut flipped = secret.to_owned();
    flipped.replace_range(..1, if secret.starts_with('A') { "B" } else { "A" });
    let long = "A".repeat(100_000);
    for (kind, tried) in
        [(Token, secret), (Session, ""), (Session, &secret[..42]), (Session, &flipped), (Session, &long)]
    {
        let fault = house.identity.authenticate(kind, tried).err().unwrap();
        assert_eq!(fault.kind, FaultKind::Unauthenticated);
    }
    assert!(house.identity.authenticate(Session, secret).is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn guesses_that_come_together_are_counted_one_by_one() {
    // A hash that takes its time: all are there before the first has failed.
    let house = House::with(Cost::default(), 2, 64).await;
    let tries: Vec<_> = (0..64u8)
        .map(|n| {
            let (identity, directory) = (house.identity.clone(), house.directory.clone());
            tokio::spawn(async move {
                identity
                    .login(directory, "anna.kowalska", "nie to hasło", &client(n))
                    .await
                    .err()
                    .unwrap()
                    .kind
            })
        })
        .collect();
    let mut kinds = BTreeMap::new();
    for task in tries {
        *kinds.entry(task.await.unwrap().code()).or_insert(0) += 1;
    }
    assert_eq!(kinds["unauthenticated"], 3, "looked at: as many as are free, {kinds:?}");
    assert_eq!(kinds["too-many"], 61);
    let refused = house.acts().await.into_iter().filter(|a| *a == Act::LoginRefused).count();
    assert_eq!(refused, 64);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_log_ins_at_once_are_bounded_and_the_rest_sent_away() {
    let house = House::with_queue(1, 3).await;
    let tries: Vec<_> = (0..64u8)
        .map(|n| {
            let (identity, directory) = (house.identity.clone(), house.directory.clone());
            tokio::spawn(async move {
                identity
                    .login(directory, &format!("imie.{n}"), "nie to hasło", &client(n))
                    .await
                    .err()
                    .unwrap()
            })
        })
        .collect();
    for task in tries {
        let fault = task.await.unwrap();
        match fault.kind {
            FaultKind::Unauthenticated => {}
            FaultKind::TooMany => assert!(fault.retry_after_s.is_some()),
            other => panic!("{other:?}"),
        }
    }
    house.anna().await;
}

#[tokio::test]
async fn hanging_up_escapes_no_count() {
    let house = House::build().await;
    let refused = async || house.acts().await.into_iter().filter(|a| *a == Act::LoginRefused).count();
    for failures in 1..=3 {
        let counted =
            async || house.store.docs(DocKind::Attempts).await.unwrap().first().map_or(0, |d| d.version);
        while counted().await < failures {
            let before = refused().await;
            let mut attempt = Box::pin(house.login("anna.kowalska", "nie to hasło"));
            // Polled once, so that it has begun; then dropped.
            let mut context = std::task::Context::from_waker(std::task::Waker::noop());
            assert!(attempt.as_mut().poll(&mut context).is_pending());
            drop(attempt);
            while refused().await == before {
                tokio::task::yield_now().await;
            }
        }
    }
    let fault = house.login("anna.kowalska", PASSWORD).await.err().unwrap();
    assert_eq!(fault.kind, FaultKind::TooMany);
}

#[tokio::test]
async fn over_long_input_is_a_wrong_password() {
    let house = House::build().await;
    let long = "a".repeat(1 << 20);
    assert_eq!(house.login(&long, PASSWORD).await.err().unwrap().kind, FaultKind::Unauthenticated);
    assert_eq!(house.login("anna.kowalska", &long).await.err().unwrap().kind, FaultKind::Unauthenticated);
    assert_eq!(house.login("", "").await.err().unwrap().kind, FaultKind::Unauthenticated);
}
