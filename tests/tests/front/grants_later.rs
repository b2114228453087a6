//! What becomes of a grant after it was given: renewed, told of, listed, capped, cleared away. OWASP API Security 2023:
//! API1 (object level), API3 (property level).

use super::grants::{DAY_MS, Stage};
use super::help::{api, endow, ids, issue, make, named, problem};
use super::jobs::ended;
use super::stream::Stream;
use access::{Actor, Grant, Grantee, Over};
use identity::GrantDoc;
use kernel::{Clock, FaultKind, Lang, RecordId, SessionId, Time};
use ledger::Act;
use records::{Caller, ExportRequest};
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::atomic::AtomicBool;
use store::Batch;
use testkit::{Answer, Client, World};

async fn renew(client: &Client, id: &str, version: u64, body: &Value) -> Answer {
    let request = client.request(Method::POST, &api(&format!("grants/{id}/renewal")));
    client.send(request.header("if-match", format!("\"{version}\"")).json(body)).await
}

fn id_of(grant: &Value) -> String {
    grant["id"].as_str().unwrap_or_else(|| panic!("{grant}")).to_owned()
}

async fn own(client: &Client, direction: &str) -> Value {
    client.get(&api(&format!("grants?direction={direction}"))).await.expect(200).json()
}

async fn codes(client: &Client, code: &str) -> Vec<Value> {
    let all = client.get(&api("notices")).await.expect(200).json();
    all["items"].as_array().unwrap().iter().filter(|n| n["code"] == code).cloned().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_is_renewed_by_whoever_may_give_it() {
    let stage = Stage::new().await;
    let Stage { world, anna, ewa, shared, .. } = &stage;
    let given = stage.give(anna, shared, json!({ "until": stage.in_days(2) })).await.expect(201).json();
    assert_eq!(
        (&given["version"], &given["may_end"], &given["may_renew"]),
        (&json!(1), &json!(true), &json!(true))
    );
    let id = id_of(&given);
    let longer = json!({ "until": stage.in_days(10) });
    // Whoever has it does not give it, nor does a stranger learn of it.
    problem(&renew(ewa, &id, 1, &longer).await, 404);
    problem(&renew(&world.sign_in("tomasz.lewandowski").await, &id, 1, &longer).await, 404);
    problem(&anna.post(&api(&format!("grants/{id}/renewal")), &longer).await, 428);
    problem(&renew(anna, &id, 7, &longer).await, 412);
    let past = json!({ "until": stage.in_days(-1) });
    assert_eq!(issue(&problem(&renew(anna, &id, 1, &past).await, 422), "until")["code"], "out-of-range");
    let short = json!({ "until": stage.in_days(10), "reason": "x" });
    assert_eq!(
        issue(&problem(&renew(anna, &id, 1, &short).await, 422), "reason")["code"],
        "malformed-reason"
    );
    let renewed = renew(anna, &id, 1, &longer).await.expect(200).json();
    assert_eq!((&renewed["until"], &renewed["version"]), (&longer["until"], &json!(2)));
    assert_eq!((&renewed["reason"], &renewed["from"]), (&json!("Pomoc przy ofercie"), &given["from"]));
    problem(&renew(anna, &id, 1, &longer).await, 412);
    world.clock.advance_ms(9 * DAY_MS);
    let _ = world.sign_in("ewa.pusta").await.get(&shared.at).await.expect(200);

    // After its end it begins anew, as long as it is kept; then it is cleared away, and can only be given.
    world.clock.advance_ms(3 * DAY_MS);
    problem(&world.sign_in("ewa.pusta").await.get(&shared.at).await, 404);
    let anna = world.sign_in("anna.kowalska").await;
    let kept = own(&anna, "given").await["items"][0].clone();
    assert_eq!((&kept["state"], &kept["may_renew"]), (&json!("ended"), &json!(true)), "{kept}");
    let again = json!({ "until": stage.in_days(1), "reason": "Jeszcze jedna oferta" });
    let again = renew(&anna, &id, kept["version"].as_u64().unwrap(), &again).await.expect(200).json();
    assert_eq!((&again["state"], &again["reason"]), (&json!("in_force"), &json!("Jeszcze jedna oferta")));
    assert_eq!(again["from"], json!(world.clock.now().rfc3339()));
    world.clock.advance_ms(31 * DAY_MS - 1);
    world.app().engine().keep_grants().await.unwrap();
    let anna = world.sign_in("anna.kowalska").await;
    assert_eq!(own(&anna, "given").await["items"][0]["state"], "ended");
    world.clock.advance_ms(1);
    world.app().engine().keep_grants().await.unwrap();
    assert_eq!(own(&anna, "given").await["items"], json!([]));
    problem(&renew(&anna, &id, 3, &json!({ "until": stage.in_days(1) })).await, 404);
    world.app().engine().keep_grants().await.unwrap();
    let auditor = world.sign_in("danuta.krol").await;
    for (act, count) in [("grant.clear", 1), ("grant.renew", 2)] {
        let events = auditor.get(&api(&format!("ledger/events?act={act}"))).await.expect(200).json();
        assert_eq!(events["items"].as_array().map(Vec::len), Some(count), "{act}: {events}");
    }
}

/// Whoever has it may read what was told of it at any moment, and that is no change of the grant.
#[tokio::test(flavor = "multi_thread")]
async fn a_grant_is_renewed_while_whoever_has_it_reads_what_was_told_of_it() {
    let stage = Stage::new().await;
    let Stage { anna, ewa, shared, .. } = &stage;
    super::approvals::set_rules(&stage.world, json!({ "bulk_share": null })).await;
    let given = stage.give(anna, shared, json!({ "until": stage.in_days(2) })).await.expect(201).json();
    let (id, longer) = (id_of(&given), json!({ "until": stage.in_days(10) }));
    let _ = renew(anna, &id, 1, &longer).await.expect(200);
    let told = codes(ewa, "grant-renewed").await;
    let (reads, read) = (api("notices/read"), json!({ "ids": [told[0]["id"]] }));
    for version in 2..62 {
        let (renewed, done) = tokio::join!(renew(anna, &id, version, &longer), ewa.post(&reads, &read));
        assert_eq!(renewed.status, 200, "{}", renewed.text);
        // What was told anew in that moment was not read.
        assert!([204, 412].contains(&done.status.as_u16()), "{}", done.text);
    }
    // What somebody else changed is stale as before.
    problem(&renew(anna, &id, 61, &longer).await, 412);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_has_a_list_of_what_was_given_and_received() {
    let stage = Stage::new().await;
    let Stage { world, anna, ewa, shared, note, other, .. } = &stage;
    let admin = world.sign_in("robert.szymanski").await;
    let team = admin.get(&api(&format!("users/{}", stage.ewa_id))).await.expect(200).json()["team"].clone();
    let _ = stage.give(anna, shared, json!({ "fields": ["name"] })).await.expect(201);
    let _ = stage.give(anna, other, json!({ "from": stage.in_days(1) })).await.expect(201);
    let _ = stage.give(anna, note, json!({ "to": { "team": team } })).await.expect(201);
    let received = own(ewa, "received").await;
    let record = |at: usize| received["items"][at]["record"].clone();
    assert_eq!((&record(0)["entity"], &record(0)["id"]), (&json!("note"), &json!(note.id)), "{received}");
    assert_eq!(received["items"][0]["team"]["id"], team);
    // Of what is not seen yet, neither the name nor the reason is told.
    assert_eq!((&record(1)["id"], &record(1)["title"]), (&json!(other.id), &Value::Null), "{received}");
    assert_eq!(
        (&received["items"][1]["state"], &received["items"][1]["reason"]),
        (&json!("pending"), &Value::Null)
    );
    assert_eq!(
        (&record(2)["title"], &received["items"][2]["may_renew"]),
        (&json!("Zofia Dzielona"), &json!(false))
    );
    assert_eq!(
        (&received["items"][2]["may_end"], &received["items"][2]["by"]["name"]),
        (&json!(true), &json!("Anna Kowalska"))
    );
    let given = own(anna, "given").await;
    assert_eq!(ids(&given), ids(&received));
    assert!(
        given["items"].as_array().unwrap().iter().all(|g| g["may_end"] == true && g["may_renew"] == true),
        "{given}"
    );
    for (client, direction) in [(anna, "received"), (ewa, "given"), (&admin, "received"), (&admin, "given")] {
        assert_eq!(own(client, direction).await["items"], json!([]), "{direction}");
    }
    // Page by page.
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page =
            anna.get(&api(&format!("grants?direction=given&limit=1{cursor}"))).await.expect(200).json();
        found.extend(ids(&page));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(found, ids(&given));
    problem(&anna.get(&api("grants?direction=x")).await, 422);
    problem(&anna.get(&api("grants?limit=201")).await, 422);
    let token =
        json!({ "label": "t", "scope": { "entities": { "person": ["read"] } }, "ends_at": stage.in_days(1) });
    let token = anna.post(&api("tokens"), &token).await.expect(201).json();
    problem(&world.client().with_token(token["token"].as_str().unwrap()).get(&api("grants")).await, 403);

    // What the caller is given at all, and acts on it that lists offer.
    let me = ewa.get(&api("me")).await.expect(200).json();
    assert_eq!(me["granted"], json!({ "person": ["read"], "note": ["read"] }), "{me}");
    assert_eq!(anna.get(&api("me")).await.expect(200).json()["granted"], json!({}));
    let order =
        json!({ "select": { "ids": [shared.id] }, "change": { "fields": { "job_title": "Prezeska" } } });
    problem(&ewa.post(&api("people/bulk"), &order).await, 403);
    let _ = stage.give(anna, shared, json!({ "role": stage.contributor })).await.expect(201);
    let job = ewa.post(&api("people/bulk"), &order).await.expect(202).json();
    let job = ended(ewa, &job).await;
    assert_eq!(anna.get(&shared.at).await.expect(200).json()["fields"]["job_title"], "Prezeska", "{job}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_gives_more_later_widens_no_grant() {
    let stage = Stage::new().await;
    let Stage { world, anna, ewa, shared, .. } = &stage;
    let admin = world.sign_in("robert.szymanski").await;
    let narrow = |rights: Value| json!({ "name": "narrow", "label": { "pl": "Wąska", "en": "Narrow" }, "entities": { "person": rights } });
    let rights = json!({ "scopes": { "read": "own" }, "level": "read", "fields": { "job_title": "hidden" } });
    let made = admin.post(&api("roles"), &narrow(rights.clone())).await.expect(201).json();
    let at = api(&format!("roles/{}", id_of(&made)));
    let _ = stage.give(anna, shared, json!({ "role": made["id"] })).await.expect(201);
    let put = async |version: u64, rights: Value| {
        let request = admin.request(Method::PUT, &at).header("if-match", format!("\"{version}\""));
        let _ = admin.send(request.json(&narrow(rights))).await.expect(200);
    };
    put(1, json!({ "scopes": { "read": "own", "update": "own" }, "level": "write" })).await;
    let seen = ewa.get(&shared.at).await.expect(200).json();
    assert_eq!(
        (seen["fields"].get("job_title"), &seen["access"]["actions"]),
        (None, &json!(["read"])),
        "{seen}"
    );
    problem(&ewa.patch(&shared.at, 1, &json!({ "fields": { "email": "x@dzielona.example" } })).await, 403);
    // Given anew, it gives what the role gives now.
    let id = id_of(&own(anna, "given").await["items"][0]);
    let _ = renew(anna, &id, 1, &json!({ "until": stage.in_days(5) })).await.expect(200);
    assert_eq!(ewa.get(&shared.at).await.expect(200).json()["fields"]["job_title"], "Księgowa");
    // A role that gives less takes it from all.
    put(2, rights).await;
    assert_eq!(ewa.get(&shared.at).await.expect(200).json()["fields"].get("job_title"), None);
    put(3, json!({ "level": "read" })).await;
    problem(&ewa.get(&shared.at).await, 404);
    let auditor = world.sign_in("danuta.krol").await;
    let events = auditor.get(&api("ledger/events?act=role.update")).await.expect(200);
    assert!(events.text.contains(r#""grants":1"#), "{}", events.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_roles_that_may_be_given_are_those_that_give_no_more_than_ones_own() {
    let stage = Stage::new().await;
    let Stage { world, anna, ewa, shared, other, .. } = &stage;
    let admin = world.sign_in("robert.szymanski").await;
    let role = json!({
        "name": "exporting", "label": { "pl": "Eksport", "en": "Exporting" },
        "entities": { "person": { "scopes": { "read": "own", "export": "own" }, "level": "read" } },
    });
    let _ = admin.post(&api("roles"), &role).await.expect(201);
    let names = |answer: &Value| -> Vec<String> {
        let items = answer["items"].as_array().unwrap();
        items.iter().map(|r| r["name"].as_str().unwrap().to_owned()).collect()
    };
    let roles = async |query: &str| anna.get(&format!("{}/grantable-roles{query}", shared.at)).await;
    let plain = roles("").await.expect(200).json();
    let found = names(&plain);
    assert!(found.contains(&"viewer".to_owned()) && found.contains(&"contributor".to_owned()), "{plain}");
    assert!(
        !found.contains(&"exporting".to_owned()) && !found.contains(&"administrator".to_owned()),
        "{plain}"
    );
    let viewer = plain["items"].as_array().unwrap().iter().find(|r| r["name"] == "viewer").unwrap();
    assert_eq!((&viewer["actions"], &plain["fields"]), (&json!(["read"]), &Value::Null));
    // All of them can be given, and none besides.
    for tree in [false, true] {
        let offered = names(&roles(&format!("?with_related={tree}")).await.expect(200).json());
        let all = admin.get(&api("roles")).await.expect(200).json();
        for role in all["items"].as_array().unwrap() {
            let with = json!({ "role": role["id"], "with_related": tree });
            let status = stage.give(anna, shared, with).await.status.as_u16();
            let is_offered = offered.contains(&role["name"].as_str().unwrap().to_owned());
            assert_eq!(status == 201, is_offered, "{} {tree}: {status}", role["name"]);
        }
    }
    let some = roles("?fields=name").await.expect(200).json();
    assert_eq!(some["fields"], json!(["first_name", "last_name", "name", "sort_name"]));
    problem(&roles("?fields=pensja").await, 422);
    problem(&ewa.get(&format!("{}/grantable-roles", other.at)).await, 404);
    problem(&ewa.get(&format!("{}/grantable-roles", shared.at)).await, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_told_of_grants_and_never_what_a_record_is_called() {
    let mut stage = Stage::new().await;
    let until = json!({ "until": stage.in_days(20) });
    let first = stage.give(&stage.anna, &stage.shared, until.clone()).await.expect(201).json();
    let told = codes(&stage.ewa, "grant-given").await;
    assert_eq!(
        (told.len(), &told[0]["record"]["id"], &told[0]["grant"]),
        (1, &json!(stage.shared.id), &first["id"])
    );
    // More of them that are not read are told as one.
    let second = stage.give(&stage.anna, &stage.other, until).await.expect(201).json();
    let told = codes(&stage.ewa, "grant-given").await;
    assert_eq!((told.len(), told[0].get("record")), (1, None), "{told:?}");
    let _ = stage.anna.delete(&api(&format!("grants/{}", id_of(&second))), 0).await.expect(204);
    let told = codes(&stage.ewa, "grant-ended").await;
    // What is not seen any more is no link.
    assert_eq!((told.len(), told[0].get("record"), &told[0]["grant"]), (1, None, &second["id"]), "{told:?}");

    for (days, code) in [(13, "grant-ends-soon"), (6, "grant-ends-tomorrow")] {
        stage.world.app().engine().keep_grants().await.unwrap();
        let [anna, ewa] =
            [stage.world.sign_in("anna.kowalska").await, stage.world.sign_in("ewa.pusta").await];
        assert_eq!((codes(&anna, code).await.len(), codes(&ewa, code).await.len()), (0, 0), "{code}");
        stage.world.clock.advance_ms(days * DAY_MS);
        for _ in 0..2 {
            stage.world.app().engine().keep_grants().await.unwrap();
        }
        stage.world.stop().await;
        stage.world.start().await.unwrap();
        stage.world.app().engine().keep_grants().await.unwrap();
        for login in ["anna.kowalska", "ewa.pusta"] {
            let told = codes(&stage.world.sign_in(login).await, code).await;
            assert_eq!(
                (told.len(), &told[0]["record"]["id"]),
                (1, &json!(stage.shared.id)),
                "{login} {told:?}"
            );
        }
    }
    for login in ["anna.kowalska", "ewa.pusta"] {
        let all = stage.world.sign_in(login).await.get(&api("notices")).await.expect(200);
        assert!(!all.text.contains("Dzielona") && !all.text.contains("Zofia"), "{}", all.text);
    }
}

/// Puts a grant into the store that no route would give, or that outlived its record.
async fn inject(world: &World, over: Over, people: (&str, &str, &str), subject: &Value) -> String {
    let (to, by, role) = people;
    let engine = world.app().engine();
    let grant = Grant {
        id: engine.id(),
        to: Grantee::User(to.parse().unwrap()),
        by: by.parse().unwrap(),
        role: role.parse().unwrap(),
        over,
        fields: None,
        from: Time(0),
        until: Some(engine.now().plus_ms(DAY_MS)),
        most: None,
    };
    let subject = subject.as_str().unwrap().parse().unwrap();
    let doc = GrantDoc::new(engine.vault(), grant.clone(), engine.now(), subject, "Zastępstwo").unwrap();
    let mut batch = Batch::new(engine.system_event(Act::GrantCreate));
    batch.docs.push(doc.put(engine.vault(), engine.now(), 0).unwrap());
    engine.store().commit(batch).await.unwrap();
    grant.id.to_string()
}

/// One that outlived its record can be ended, and is cleared away; cover is ended by the one whose records it is over.
#[tokio::test(flavor = "multi_thread")]
async fn every_grant_can_be_ended() {
    let mut stage = Stage::new().await;
    let admin = stage.world.sign_in("robert.szymanski").await;
    let [anna_id, tomasz_id] =
        [named(&admin, "users", "anna.kowalska").await, named(&admin, "users", "tomasz.lewandowski").await];
    let code = stage.world.app().engine().policy().catalog.get("person").unwrap().code;
    let subject = stage.shared.view["subject"].clone();
    let people = (stage.ewa_id.clone(), tomasz_id, stage.viewer.clone());
    let people = (people.0.as_str(), people.1.as_str(), people.2.as_str());
    let mut lost = Vec::new();
    for _ in 0..4 {
        let gone: RecordId = stage.world.app().engine().id();
        lost.push(inject(&stage.world, Over::Record(code, gone), people, &subject).await);
    }
    let cover = inject(&stage.world, Over::OwnedBy(anna_id.parse().unwrap()), people, &subject).await;
    stage.world.stop().await;
    stage.world.start().await.unwrap();
    let sign_in = async |login: &str| stage.world.sign_in(login).await;
    let [anna, ewa, tomasz] =
        [sign_in("anna.kowalska").await, sign_in("ewa.pusta").await, sign_in("tomasz.lewandowski").await];
    let admin = sign_in("robert.szymanski").await;
    let at = |id: &String| api(&format!("grants/{id}"));
    let listed = own(&ewa, "received").await;
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(5), "{listed}");
    assert_eq!(
        (&listed["items"][0]["record"], &listed["items"][0]["owner"]["id"]),
        (&Value::Null, &json!(anna_id))
    );
    let _ = ewa.get(&stage.shared.at).await.expect(200);
    let magdalena = sign_in("magdalena.wojcik").await;
    problem(&magdalena.delete(&at(&cover), 0).await, 404);
    problem(&anna.delete(&at(&lost[0]), 0).await, 404);
    for (client, id) in [(&ewa, &lost[0]), (&tomasz, &lost[1]), (&admin, &lost[2]), (&anna, &cover)] {
        let _ = client.delete(&at(id), 0).await.expect(204);
        problem(&client.delete(&at(id), 0).await, 404);
    }
    problem(&ewa.get(&stage.shared.at).await, 404);
    stage.world.app().engine().keep_grants().await.unwrap();
    problem(&ewa.delete(&at(&lost[3]), 0).await, 404);
    assert_eq!(own(&ewa, "received").await["items"], json!([]));
}

/// A grant that is given in the moment of an erasure does not outlive it.
#[tokio::test(flavor = "multi_thread")]
async fn no_grant_outlives_an_erasure() {
    let stage = Stage::new().await;
    let dpo = json!({
        "name": "erases", "label": { "pl": "x", "en": "x" },
        "entities": { "person": { "scopes": { "read": "all", "erase": "all" }, "level": "read" } },
    });
    endow(&stage.world, "magdalena.wojcik", &dpo).await;
    let magdalena = stage.world.sign_in("magdalena.wojcik").await;
    let reason = json!({ "reason": "Żądanie usunięcia danych" });
    for n in 0..12 {
        let made = make(&stage.anna, "people", json!({ "last_name": format!("Znikająca{n}") })).await;
        let at = format!("{}/erase", made.at);
        let given = async { stage.give(&stage.anna, &made, json!({})).await };
        let (given, erased) = tokio::join!(given, magdalena.post(&at, &reason));
        let _ = erased.expect(200);
        assert!(matches!(given.status.as_u16(), 201 | 404 | 409 | 412), "{}", given.text);
        let left = own(&stage.anna, "given").await;
        assert_eq!(left["items"], json!([]), "{n}: {}", given.text);
    }
}

/// An open page hears when a grant begins and ends by its time, which nobody says.
#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_hears_of_an_end_by_time() {
    let stage = Stage::new().await;
    let until = stage.world.clock.now().plus_s(300).rfc3339();
    let _ = stage.give(&stage.anna, &stage.shared, json!({ "until": until })).await.expect(201);
    let from = stage.world.clock.now().plus_s(120).rfc3339();
    let _ = stage.give(&stage.anna, &stage.other, json!({ "from": from })).await.expect(201);
    let mut page = Stream::open(&stage.ewa, &[&stage.shared]).await;
    stage.world.clock.advance_ms(120_000);
    let begun = page.until("rights").await["policy_version"].clone();
    let _ = stage.ewa.get(&stage.other.at).await.expect(200);
    stage.world.clock.advance_ms(180_000);
    assert_ne!(page.until("rights").await["policy_version"], begun);
    assert_eq!(page.until("gone").await["id"], json!(stage.shared.id));
}

/// An export under way stops when the grant that it rests on ends, and a list gives no further page.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_under_way_stops_with_the_grant() {
    let mut stage = Stage::new().await;
    for n in 0..205 {
        let _ = make(&stage.anna, "people", json!({ "last_name": format!("Eksportowana{n}") })).await;
    }
    let admin = stage.world.sign_in("robert.szymanski").await;
    let exporting = json!({
        "name": "exporting", "label": { "pl": "Eksport", "en": "Exporting" },
        "entities": { "person": { "scopes": { "read": "own", "export": "own" }, "level": "read" } },
    });
    let exporting = id_of(&admin.post(&api("roles"), &exporting).await.expect(201).json());
    let [anna_id, robert_id] =
        [named(&admin, "users", "anna.kowalska").await, named(&admin, "users", "robert.szymanski").await];
    let over = Over::OwnedBy(anna_id.parse().unwrap());
    let people = (stage.ewa_id.as_str(), robert_id.as_str(), exporting.as_str());
    let cover = inject(&stage.world, over, people, &stage.shared.view["subject"]).await;
    stage.world.stop().await;
    stage.world.start().await.unwrap();

    let (engine, clock) = (stage.world.app().engine().clone(), stage.world.clock.clone());
    let caller = || {
        let user = stage.ewa_id.parse().unwrap();
        let actor = Actor { user, session: SessionId::NIL, token: None, at: engine.now() };
        Caller::new(actor, Lang::En, engine.policy())
    };
    let policy = engine.policy();
    let person = policy.catalog.get("person").unwrap();
    let (request, cancel) = (ExportRequest::default(), AtomicBool::new(false));
    let whole = engine.export(&caller(), person, &request, &cancel, &|_, _| {}).await.unwrap();
    assert_eq!(whole.get().rows.len(), 207);
    // The cover ends while the first page is written down.
    let ends = |_: u64, _: Option<u64>| clock.set(Time(clock.now().0.max(engine.now().0) + DAY_MS));
    let stopped = engine.export(&caller(), person, &request, &cancel, &ends).await.err().unwrap();
    assert_eq!(stopped.kind, FaultKind::Conflict, "{stopped:?}");
    assert!(stopped.message.en.contains("Rights changed"), "{stopped:?}");
    let begun = engine.export(&caller(), person, &request, &cancel, &|_, _| {}).await.err().unwrap();
    assert_eq!(begun.kind, FaultKind::Forbidden);

    let admin = stage.world.sign_in("robert.szymanski").await;
    let _ = admin.delete(&api(&format!("grants/{cover}")), 0).await.expect(204);
    let [anna, ewa] = [stage.world.sign_in("anna.kowalska").await, stage.world.sign_in("ewa.pusta").await];
    let mut given = Vec::new();
    for record in [&stage.shared, &stage.other] {
        given.push(id_of(&stage.give(&anna, record, json!({})).await.expect(201).json()));
    }
    let page = ewa.get(&api("people?limit=1")).await.expect(200).json();
    let next = api(&format!("people?limit=1&cursor={}", page["next_cursor"].as_str().unwrap()));
    assert_eq!(ids(&ewa.get(&next).await.expect(200).json()).len(), 1);
    for id in &given {
        let _ = anna.delete(&api(&format!("grants/{id}")), 0).await.expect(204);
    }
    problem(&ewa.get(&next).await, 403);
}

/// Nobody alone fills what others may need to give to the same person.
#[tokio::test(flavor = "multi_thread")]
async fn one_giver_does_not_fill_what_others_need() {
    let mut stage = Stage::new().await;
    let anna_id = named(&stage.anna, "colleagues", "Anna Kowalska").await;
    let code = stage.world.app().engine().policy().catalog.get("person").unwrap().code;
    let people = (stage.ewa_id.as_str(), anna_id.as_str(), stage.viewer.as_str());
    for _ in 0..999 {
        let record: RecordId = stage.world.app().engine().id();
        let _ = inject(&stage.world, Over::Record(code, record), people, &stage.shared.view["subject"]).await;
    }
    stage.world.stop().await;
    stage.world.start().await.unwrap();
    let anna = stage.world.sign_in("anna.kowalska").await;
    let last = stage.give(&anna, &stage.shared, json!({})).await.expect(201).json();
    let full = problem(&stage.give(&anna, &stage.other, json!({})).await, 409);
    assert!(full["detail"].to_string().contains("1000 grants by you"), "{full}");
    // It can be renewed all the same, and others give what they have.
    let _ = renew(&anna, &id_of(&last), 1, &json!({ "until": stage.in_days(3) })).await.expect(200);
    let tomasz = stage.world.sign_in("tomasz.lewandowski").await;
    let own = make(&tomasz, "people", json!({ "last_name": "Inna" })).await;
    let _ = stage.give(&tomasz, &own, json!({})).await.expect(201);
}

/// What has ended is kept for a while: nobody leaves more of it behind than there is room for.
#[tokio::test(flavor = "multi_thread")]
async fn grants_that_ended_count_as_long_as_they_are_kept() {
    let mut stage = Stage::new().await;
    let anna_id = named(&stage.anna, "colleagues", "Anna Kowalska").await;
    let code = stage.world.app().engine().policy().catalog.get("person").unwrap().code;
    let people = (stage.ewa_id.as_str(), anna_id.as_str(), stage.viewer.as_str());
    let over = Over::Record(code, stage.shared.id.parse().unwrap());
    for _ in 0..400 {
        let _ = inject(&stage.world, over, people, &stage.shared.view["subject"]).await;
    }
    stage.world.stop().await;
    stage.world.start().await.unwrap();
    stage.world.clock.advance_ms(2 * DAY_MS);
    let anna = stage.world.sign_in("anna.kowalska").await;
    let full = problem(&stage.give(&anna, &stage.shared, json!({})).await, 409);
    assert!(full["detail"].to_string().contains("400 grants"), "{full}");
    let _ = stage.give(&anna, &stage.other, json!({})).await.expect(201);
    stage.world.clock.advance_ms(30 * DAY_MS);
    stage.world.app().engine().keep_grants().await.unwrap();
    let anna = stage.world.sign_in("anna.kowalska").await;
    let _ = stage.give(&anna, &stage.shared, json!({})).await.expect(201);
}

/// In the bin nothing is given and nothing renewed, and whoever asks is told why.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_given_in_the_bin() {
    let stage = Stage::new().await;
    let Stage { anna, other: shared, .. } = &stage;
    let given = stage.give(anna, shared, json!({})).await.expect(201).json();
    let _ = anna.delete(&shared.at, 1).await.expect(200);
    let listed = own(anna, "given").await;
    assert_eq!(listed["items"][0]["may_renew"], json!(false), "{listed}");
    let longer = json!({ "until": stage.in_days(10) });
    for refused in [renew(anna, &id_of(&given), 1, &longer).await, stage.give(anna, shared, json!({})).await]
    {
        let refused = problem(&refused, 409);
        assert!(refused["detail"].to_string().contains("in the bin"), "{refused}");
    }
}
