//! Limits of registering that hold whatever is tried: at several servers at once, while it is closed, again after a lost
//! answer. OWASP API Security 2023: API4 (limits), API6 (a flow that could be abused).

use super::help::{api, named, problem};
use super::links::settings;
use super::partners::{DAY_MS, Stage, guest, partner};
use super::registrations::{AT, arrange, at_once, deal, lead, leads, notices, open, own};
use super::servers::Pair;
use access::{Grant, Grantee, Over};
use identity::GrantDoc;
use kernel::{RecordId, SubjectId, Time};
use ledger::Act;
use reqwest::Method;
use serde_json::{Value, json};
use store::Batch;
use testkit::{Answer, Client, World};
use tokio::task::JoinSet;

/// Two servers, and a partner whose users register deals that Anna takes care of.
async fn two_servers() -> (Pair, Client, String) {
    let pair = Pair::with(settings(), settings()).await;
    let admin = pair.a.sign_in("robert.szymanski").await;
    let agency = partner(&pair.a, &admin, "Agencja Sowa", true).await;
    let rules = json!({
        "caretaker": named(&admin, "users", "anna.kowalska").await,
        "role": named(&admin, "roles", "viewer").await, "days": 10,
    });
    let at = api(&format!("partners/{agency}"));
    let _ = admin.patch(&at, 1, &json!({ "registration": rules })).await.expect(200);
    (pair, admin, agency)
}

/// So many grants of a caretaker's for a partner, over records that are not there.
async fn fill(world: &World, (caretaker, partner, role): (&str, &str, &str), count: usize) {
    let engine = world.app().engine();
    let code = engine.policy().catalog.get("lead").unwrap().code;
    let subject: SubjectId = engine.id();
    engine.vault().add_subjects(&[subject]).unwrap();
    let mut batch = Batch::new(engine.system_event(Act::GrantCreate));
    for _ in 0..count {
        let record: RecordId = engine.id();
        let grant = Grant {
            id: engine.id(),
            to: Grantee::Partner(partner.parse().unwrap()),
            by: caretaker.parse().unwrap(),
            role: role.parse().unwrap(),
            over: Over::Record(code, record),
            fields: None,
            from: Time(0),
            until: Some(engine.now().plus_ms(DAY_MS)),
            most: None,
        };
        let doc = GrantDoc::new(engine.vault(), grant, engine.now(), subject, "Kampania").unwrap();
        batch.docs.push(doc.put(engine.vault(), engine.now(), 0).unwrap());
    }
    engine.store().commit(batch).await.unwrap();
}

/// Registers as often as this at each of two servers at once; gives how often it was done, and a refusal.
async fn at_both(here: &Client, there: &Client, times: usize) -> (usize, Option<Answer>) {
    let (one, two) = tokio::join!(at_once(here, times), at_once(there, times));
    (one.0 + two.0, one.1.or(two.1))
}

#[tokio::test(flavor = "multi_thread")]
async fn several_servers_count_a_day_as_one() {
    let (pair, admin, agency) = two_servers().await;
    for login in ["jan.gosc", "ewa.gosc", "iza.gosc"] {
        let (client, _) = guest(&pair.a, &admin, login, &agency).await;
        let (done, refused) = at_both(&client, &client.at(pair.b.address()), 13).await;
        let refused = refused.unwrap();
        assert_eq!(done, 20, "{login}: {}", refused.text);
        assert!(problem(&refused, 429)["detail"].as_str().unwrap().contains("20"), "{}", refused.text);
    }
    // A day later the partner's sixty are free again: of four users at once, at two servers.
    pair.forward(DAY_MS);
    let admin = pair.a.sign_in("robert.szymanski").await;
    let mut clients = Vec::new();
    for login in ["ula.gosc", "ola.gosc", "zoja.gosc", "maja.gosc"] {
        let (client, _) = guest(&pair.a, &admin, login, &agency).await;
        clients.push((client.clone(), client.at(pair.b.address())));
    }
    let [a, b, c, d] = &clients[..] else { panic!("four") };
    let all = tokio::join!(
        at_both(&a.0, &a.1, 8),
        at_both(&b.0, &b.1, 8),
        at_both(&c.0, &c.1, 8),
        at_both(&d.0, &d.1, 8),
    );
    let done = all.0.0 + all.1.0 + all.2.0 + all.3.0;
    assert_eq!(done, 60, "{:?}", all.0.1.map(|refused| refused.text));
    assert_eq!(own(&a.1).await["count"], 120);
    pair.stop().await;
}

/// What is refused for want of room is as though it had not been tried: no key is left of a lead that never was.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_grant_is_given_once_and_what_is_refused_leaves_no_key() {
    let (mut pair, admin, agency) = two_servers().await;
    let (client, _) = guest(&pair.a, &admin, "jan.gosc", &agency).await;
    let caretaker = named(&admin, "users", "anna.kowalska").await;
    let viewer = named(&admin, "roles", "viewer").await;
    fill(&pair.a, (&caretaker, &agency, &viewer), 999).await;
    pair.a.stop().await;
    pair.a.start_with(settings()).await.unwrap();
    let (here, there) = (client.at(pair.a.address()), client.at(pair.b.address()));
    let (done, refused) = at_both(&here, &there, 4).await;
    assert_eq!(done, 1, "{:?}", refused.map(|refused| refused.text));
    problem(&refused.unwrap(), 409);
    let subjects = pair.a.app().engine().vault().subjects().unwrap().len();
    for client in [&here, &there, &here] {
        problem(&client.post(&api(AT), &deal("Bez miejsca")).await, 409);
    }
    assert_eq!(pair.a.app().engine().vault().subjects().unwrap().len(), subjects);
    let admin = pair.a.sign_in("robert.szymanski").await;
    assert_eq!(notices(&admin, "registration-closed").await.len(), 1);
    pair.stop().await;
}

async fn refusals(dpo: &Client) -> Vec<Value> {
    let at = api("ledger/events?act=registration.refuse&limit=200");
    dpo.get(&at).await.expect(200).json()["items"].as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_fills_the_ledger_by_registering_while_it_is_closed() {
    const TIMES: usize = 40;
    let stage = open().await;
    let Stage { world, admin, guest, .. } = &stage;
    let (rival, _) = self::guest(world, admin, "lis.gosc", &stage.rival).await;
    for client in [&rival, &rival] {
        let (done, refused) = at_once(client, TIMES / 2).await;
        assert_eq!(done, 0);
        problem(&refused.unwrap(), 409);
    }
    let dpo = world.sign_in("zofia.jablonska").await;
    let written = refusals(&dpo).await;
    assert_eq!(written.len(), 10, "{written:?}");
    let detail = &written[0]["detail"];
    assert_eq!((&detail["why"], &detail["partner"]), (&json!("off"), &json!(stage.rival)), "{detail}");
    assert_eq!(detail["route"], "POST /api/v1/registrations");
    world.clock.advance_ms(60_000);
    world.app().engine().write_attempts(false).await.unwrap();
    let sum = &refusals(&dpo).await[0]["detail"];
    assert_eq!((&sum["count"], &sum["why"]), (&json!(TIMES - 10), &json!("off")), "{sum}");
    assert_eq!(refusals(&dpo).await.len(), 11);

    // What the house has to see to is told at the first attempt, however many there were of another kind.
    let blind = json!({ "scopes": { "read": "own" }, "level": "read" });
    let mut role =
        json!({ "name": "grows", "label": { "pl": "Rośnie", "en": "Grows" }, "entities": { "lead": blind } });
    let made = admin.post(&api("roles"), &role).await.expect(201).json();
    let _ = arrange(&stage, json!({ "role": made["id"] })).await.expect(200);
    role["entities"]["lead"]["scopes"]["update"] = json!("own");
    let put = admin.request(Method::PUT, &api(&format!("roles/{}", made["id"].as_str().unwrap())));
    let _ = admin.send(put.header("if-match", "\"1\"").json(&role)).await.expect(200);
    let (done, _) = at_once(guest, TIMES).await;
    assert_eq!((done, notices(admin, "registration-closed").await.len()), (0, 1));
    let written = refusals(&dpo).await;
    assert!(
        (21..=22).contains(&written.len()),
        "one told the house, ten were written one by one: {written:?}"
    );
    assert!(written[..10].iter().all(|event| event["detail"]["why"] == "role_unfit"), "{written:?}");
}

/// Registers under a key.
async fn keyed(client: &Client, key: &str, body: &Value) -> Answer {
    let request = client.request(Method::POST, &api(AT)).header("idempotency-key", key);
    client.send(request.json(body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_again_after_a_lost_answer_is_registered_once() {
    let stage = open().await;
    let Stage { world, admin, anna, guest, agency, .. } = &stage;
    let before = leads(anna).await;
    let body = deal("Huta Jedna");
    // The same call many times at once, as when a connection breaks.
    let mut calls = JoinSet::new();
    for _ in 0..6 {
        let (client, body) = (guest.clone(), body.clone());
        calls.spawn(async move { keyed(&client, "klucz-1", &body).await });
    }
    let all = calls.join_all().await;
    let made = all[0].json();
    for answer in &all {
        assert_eq!((answer.status.as_u16(), answer.json()), (201, made.clone()), "{}", answer.text);
        assert_eq!(answer.headers["location"].to_str().unwrap(), lead(&made));
    }
    assert_eq!((leads(anna).await, &own(guest).await["count"]), (before + 1, &json!(1)));
    assert_eq!(notices(anna, "registration-made").await.len(), 1);
    // Another body under it is none; another key is another deal, and so is the same key of a colleague.
    problem(&keyed(guest, "klucz-1", &deal("Huta Inna")).await, 409);
    problem(&keyed(guest, "", &body).await, 422);
    let other = keyed(guest, "klucz-2", &body).await.expect(201).json();
    let (colleague, _) = self::guest(world, admin, "ewa.gosc", agency).await;
    let third = keyed(&colleague, "klucz-1", &body).await.expect(201).json();
    assert!(other["id"] != made["id"] && third["id"] != made["id"] && third["id"] != other["id"]);
    // The answer is kept though registration was closed meanwhile, and for a day.
    let _ = stage.change(agency, &json!({ "registration": null })).await.expect(200);
    assert_eq!(keyed(guest, "klucz-1", &body).await.expect(201).json(), made);
    problem(&keyed(guest, "klucz-3", &body).await, 409);
    assert_eq!(leads(anna).await, before + 3);
    let dpo = world.sign_in("zofia.jablonska").await;
    let told = dpo.get(&api("ledger/events?act=registration.read")).await.expect(200).json();
    assert_eq!(told["items"][0]["detail"]["partner"], json!(agency), "{told}");
}
