//! Second factors with two servers on one database.

use super::factors::{bare, enrol, finish, given, password, require};
use super::help::{api, problem};
use super::servers::Pair;
use reqwest::Method;
use serde_json::json;
use testkit::{PASSWORD, START};

fn advance(pair: &Pair, ms: i64) -> i64 {
    pair.a.clock.advance_ms(ms);
    pair.clock.advance_ms(ms);
    kernel::Clock::now(&*pair.a.clock).0
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_once_on_all_servers_and_what_one_began_another_finishes() {
    let pair = Pair::new().await;
    let [anna, anna_b] = pair.sign_in("anna.kowalska").await;
    let phone = enrol(&anna, START.0).await;
    let me = anna_b.get(&api("me")).await.expect(200).json();
    assert_eq!(me["factors"]["kinds"]["totp"], 1);
    let client = pair.a.client();
    let now = advance(&pair, 60_000);
    let _ = password(&client, "anna.kowalska").await.expect(202);
    let _ = finish(&client.at(pair.b.address()), &json!({ "totp": phone.code(now) })).await.expect(201);
    let _ = client.get(&api("me")).await.expect(200);
    for _ in 0..5 {
        let now = advance(&pair, 60_000);
        let (one, two) = (pair.a.client(), pair.a.client());
        let two_b = two.at(pair.b.address());
        let _ = password(&one, "anna.kowalska").await.expect(202);
        let _ = password(&two, "anna.kowalska").await.expect(202);
        let proof = json!({ "totp": phone.code(now) });
        let (a, b) = tokio::join!(finish(&one, &proof), finish(&two_b, &proof));
        let mut both = [a.status.as_u16(), b.status.as_u16()];
        both.sort_unstable();
        assert_eq!(both, [201, 401], "the same code at both servers at once");
    }
    pair.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_required_and_confirmed_on_one_server_holds_on_the_other_at_once() {
    let pair = Pair::new().await;
    let [admin, admin_b] = pair.sign_in("robert.szymanski").await;
    let [anna, anna_b] = pair.sign_in("anna.kowalska").await;
    advance(&pair, 5 * 60_000);
    // The session goes on under another secret, on both.
    let begun = bare(&admin, Method::POST, "me/step-up").await.expect(200);
    let pending = given(&begun, "__Host-klucznik-pending");
    let done = admin_b.post(&api("me/step-up/finish"), &json!({ "password": PASSWORD })).await.expect(200);
    let session = given(&done, "__Host-klucznik");
    let again = pair.a.client().request(Method::POST, &api("me/step-up/finish"));
    let again =
        again.header("cookie", format!("{session}; {pending}")).json(&json!({ "password": PASSWORD }));
    problem(&pair.a.client().send(again).await, 401);
    let body = json!({ "everyone": "any", "roles": {}, "grace_days": 0 });
    let _ = require(&admin, 0, &body).await.expect(200);
    for client in [&anna_b, &anna] {
        let refused = problem(&client.get(&api("people")).await, 403);
        assert_eq!(refused["type"], "urn:klucznik:problem:factor-required");
    }
    // Added on one, it is enough on the other.
    anna.step_up(PASSWORD).await;
    let now = advance(&pair, 0);
    let _ = enrol(&anna, now).await;
    let _ = anna_b.get(&api("people")).await.expect(200);
    pair.stop().await;
}

/// Two servers give the same session another secret at once: whoever proved to be there did, and no wrong code is
/// counted.
#[tokio::test(flavor = "multi_thread")]
async fn a_right_proof_that_another_server_overtakes_is_no_wrong_one() {
    let pair = Pair::new().await;
    let [anna, _] = pair.sign_in("anna.kowalska").await;
    let phone = enrol(&anna, START.0).await;
    let codes = bare(&anna, Method::POST, "me/factors/recovery").await.expect(200).json();
    for spare in codes["codes"].as_array().unwrap().iter().take(8) {
        let now = advance(&pair, 60_000);
        let client = pair.a.client();
        let _ = password(&client, "anna.kowalska").await.expect(202);
        let entered = finish(&client, &json!({ "totp": phone.code(now) })).await.expect(201);
        let session = given(&entered, "__Host-klucznik");
        let now = advance(&pair, 60_000);
        let step = async |address: std::net::SocketAddr, proof: serde_json::Value| {
            let at = pair.a.client().at(address);
            let begin = at.request(Method::POST, &api("me/step-up")).header("cookie", session.clone());
            let begun = given(&at.send(begin).await.expect(200), "__Host-klucznik-pending");
            let end = at.request(Method::POST, &api("me/step-up/finish"));
            at.send(end.header("cookie", format!("{session}; {begun}")).json(&proof)).await
        };
        let (a, b) = tokio::join!(
            step(pair.a.address(), json!({ "totp": phone.code(now) })),
            step(pair.b.address(), json!({ "recovery": spare })),
        );
        assert_eq!([a.status.as_u16(), b.status.as_u16()], [200, 200], "{} {}", a.text, b.text);
    }
    let auditor = pair.a.sign_in("danuta.krol").await;
    let refused = auditor.get(&api("ledger/events?act=login.refused")).await.expect(200).json();
    assert_eq!(refused["items"], json!([]), "{refused}");
    pair.stop().await;
}
