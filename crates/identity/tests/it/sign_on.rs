//! Whom a provider vouched for, a moment later.

use crate::house::{House, START, client, event};
use identity::{AccountDoc, Origin, SignIn, Strength, find_account, put_account};
use kernel::{FaultKind, IdSource, UserId};
use ledger::Act;
use serde_json::json;
use store::{Batch, DocWrite};

const ISSUER: &str = "https://login.firma.example";

async fn write(house: &House, doc: DocWrite) {
    let mut batch = Batch::new(event(&IdSource::new(), &*house.clock, Act::SignOnLink));
    batch.docs.push(doc);
    let _ = house.store.commit(batch).await.unwrap();
}

async fn link(house: &House, user: UserId, subject: &str) {
    let doc = AccountDoc {
        user,
        provider: "firma".into(),
        issuer: ISSUER.into(),
        subject: subject.into(),
        made_at: START,
        given: Vec::new(),
    };
    write(house, put_account(&house.vault, START, &doc, 0).unwrap()).await;
}

fn origin(subject: &str) -> Origin {
    Origin {
        provider: "firma".into(),
        issuer: ISSUER.into(),
        subject: subject.into(),
        sid: None,
        strength: Strength::default(),
        at: None,
    }
}

#[tokio::test]
async fn whose_account_was_taken_away_meanwhile_is_not_signed_in() {
    let house = House::build().await;
    let sign_on = async |user, subject: &str| {
        house.identity.sign_on(house.directory.clone(), user, origin(subject), &client(1)).await
    };
    link(&house, house.anna, "7").await;
    assert!(matches!(sign_on(house.anna, "7").await, Ok(SignIn::Done(_))));
    // Between what the provider vouched for and the session it was unlinked, or became another's.
    let account = find_account(&house.store, &house.vault, ISSUER, "7").await.unwrap().unwrap();
    write(&house, account.removal()).await;
    for _ in 0..2 {
        let refused = sign_on(house.anna, "7").await.err().expect("a refusal");
        assert_eq!(refused.kind, FaultKind::Unauthenticated);
        if find_account(&house.store, &house.vault, ISSUER, "7").await.unwrap().is_none() {
            link(&house, house.boss, "7").await;
        }
    }
    let reasons: Vec<_> =
        house.details(Act::LoginRefused).await.iter().map(|d| d["reason"].clone()).collect();
    assert_eq!(reasons, ["unlinked", "unlinked"]);
    assert!(matches!(sign_on(house.boss, "7").await, Ok(SignIn::Done(_))));
}

#[test]
fn a_factor_of_which_only_a_yes_was_kept_counts_no_more() {
    let kept = json!({
        "provider": "firma", "issuer": ISSUER, "subject": "7", "sid": null, "factor": true, "at": null,
    });
    let before: Origin = serde_json::from_value(kept).expect("what was kept before opens");
    assert_eq!(before, origin("7"));
    let strength = Strength { acr: vec!["gold".into()], amr: vec!["otp".into()] };
    let now = Origin { strength, ..origin("7") };
    let again: Origin = serde_json::from_value(serde_json::to_value(&now).expect("JSON")).expect("an origin");
    assert_eq!(again, now);
}
