//! Names by which people tell each other, programs, teams and the like apart: none may hold what nobody sees, and none
//! may pass for another.

use super::help::{api, issue, named, problem};
use super::links::invited;
use super::passkeys::{offer_as, wanted};
use access::{Role, Team};
use identity::{bare_doc, open_doc, put_doc};
use ledger::Act;
use reqwest::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use store::{Batch, DocKind};
use testkit::World;

/// Turns the direction of writing, hides, or does nothing that can be seen.
const UNSEEN: [char; 6] = ['\u{202e}', '\u{200b}', '\u{2066}', '\u{200d}', '\u{3164}', '\u{7}'];

#[tokio::test(flavor = "multi_thread")]
async fn no_name_holds_what_nobody_sees() {
    let world = World::new().await;
    let (admin, anna) = (world.sign_in("robert.szymanski").await, world.sign_in("anna.kowalska").await);
    let team = named(&admin, "teams", "Północ").await;
    let owner = named(&admin, "users", "anna.kowalska").await;
    let piotr = api(&format!("users/{}", named(&admin, "users", "piotr.zielinski").await));
    let north = api(&format!("teams/{team}"));
    let wanted = wanted(&anna).await;
    for unseen in UNSEEN {
        let name = format!("Anna{unseen}Kowalska");
        let token = json!({ "label": name, "ends_at": "2026-12-31T12:00:00Z", "scope": { "entities": { "person": ["read"] } } });
        let program =
            json!({ "name": name, "owner": owner, "team": team, "ends_at": "2027-01-31T12:00:00Z" });
        let role = json!({ "name": "nowa_rola", "label": { "pl": name, "en": "New" } });
        let view = json!({ "name": name, "entity": "person", "query": "" });
        let put = admin.request(Method::PUT, &north).header("if-match", "\"1\"");
        let answers = [
            ("name", invited(&admin, "nowa.osoba", json!({ "name": name })).await),
            ("name", admin.patch(&piotr, 1, &json!({ "name": name })).await),
            ("name", admin.post(&api("service-accounts"), &program).await),
            ("name", admin.post(&api("teams"), &json!({ "name": name })).await),
            ("name", admin.send(put.json(&json!({ "name": name }))).await),
            ("label.pl", admin.post(&api("roles"), &role).await),
            ("label", anna.post(&api("tokens"), &token).await),
            ("name", anna.post(&api("views"), &view).await),
            ("name", offer_as(&anna, &name, &wanted).await),
        ];
        for (field, answer) in answers {
            let refused = problem(&answer, 422);
            issue(&refused, field);
            let found = refused["issues"].as_array().unwrap().iter().find(|i| i["field"] == field).unwrap();
            assert_eq!(found["code"], "unseen-character", "{refused}");
            let told = found["reason"].as_str().unwrap();
            assert!(told.contains(&format!("Character 5 (U+{:04X})", u32::from(unseen))), "{told}");
        }
    }
    // Accents upon accents cover the lines around; one rule is for the names of users, programs, teams and the like.
    let zalgo = format!("Anna{} Kowalska", "\u{30b}\u{30c}\u{30d}");
    let program = json!({ "name": zalgo, "owner": owner, "team": team, "ends_at": "2027-01-31T12:00:00Z" });
    for answer in [
        invited(&admin, "nowa.osoba", json!({ "name": zalgo })).await,
        admin.patch(&piotr, 1, &json!({ "name": zalgo })).await,
        admin.post(&api("service-accounts"), &program).await,
        admin.post(&api("teams"), &json!({ "name": zalgo })).await,
        anna.post(&api("views"), &json!({ "name": zalgo, "entity": "person", "query": "" })).await,
        offer_as(&anna, &zalgo, &wanted).await,
    ] {
        let refused = problem(&answer, 422);
        let found = issue(&refused, "name");
        let told = found["reason"].as_str().unwrap();
        assert!(found["code"] == "stacked-marks" && told.contains("Character 4 "), "{refused}");
    }
    for (list, of) in [("users", &admin), ("teams", &admin), ("roles", &admin), ("service-accounts", &admin)]
    {
        let text = of.get(&api(list)).await.expect(200).text;
        assert!(!text.contains(&UNSEEN[..5]), "{list}");
    }
    // What is only written differently is the same name.
    let made = invited(&admin, "zofia.zolc", json!({ "name": "  Zofia  Z\u{307}o\u{301}łc\u{301}" })).await;
    assert_eq!(made.expect(201).json()["name"], "Zofia Żółć");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_log_in_name_passes_for_another() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    // Cyrillic а, Greek ο, a small capital, a soft hyphen, a mark of direction, a dot that is none.
    for login in [
        "аnna.kowalska",
        "anna.kοwalska",
        "anna.kowaʟska",
        "anna\u{ad}.kowalska",
        "anna.kowalska\u{202e}",
        "anna\u{2024}kowalska\u{200b}",
        "anna\u{3002}kowalska",
        "anna.kowalska\u{301}",
    ] {
        let refused =
            problem(&invited(&admin, "x", json!({ "login": login, "email": "a@firma.example" })).await, 422);
        issue(&refused, "login");
    }
    // The same letters in another form are the same name, which is taken.
    for login in ["ANNA.KOWALSKA", "ａｎｎａ.kowalska", " anna.kowalska\u{a0}", "ª\u{4e}na.kowalska"] {
        let taken = invited(&admin, "x", json!({ "login": login, "email": "a@firma.example" })).await;
        let taken: Value = problem(&taken, 409);
        issue(&taken, "login");
    }
}

/// As a version of the program wrote it that refused less.
async fn rewrite<T: Serialize + DeserializeOwned>(
    world: &World,
    kind: DocKind,
    id: &str,
    change: impl FnOnce(&mut T),
) {
    let id: kernel::RecordId = id.parse().unwrap();
    let app = world.app();
    let engine = app.engine();
    let doc = engine.store().doc(kind, *id.bytes()).await.unwrap().expect("a document");
    let mut content: T = open_doc(engine.vault(), &doc).unwrap();
    change(&mut content);
    let mut batch = Batch::new(engine.system_event(Act::AdminRead));
    let next = bare_doc(kind, *id.bytes(), doc.version + 1, engine.now(), None);
    batch.docs.push(put_doc(engine.vault(), next, &content).unwrap());
    let _ = engine.store().commit(batch).await.unwrap();
}

/// Whoever takes a right away need not mend a name first.
#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_was_there_before_stays_until_it_is_changed() {
    let mut world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let label = "Zespół\u{200d} A";
    let body =
        json!({ "name": "stara", "label": { "pl": "Stara", "en": "Old" }, "things": { "teams": "read" } });
    let role = admin.post(&api("roles"), &body).await.expect(201).json()["id"].as_str().unwrap().to_owned();
    let team = named(&admin, "teams", "Północ").await;
    rewrite(&world, DocKind::Role, &role, |role: &mut Role| role.label.pl = label.into()).await;
    rewrite(&world, DocKind::Team, &team, |team: &mut Team| team.name = label.to_owned()).await;
    world.stop().await;
    world.start().await.unwrap();

    let admin = world.sign_in("robert.szymanski").await;
    let put = async |at: String, body: Value| {
        let kind = at.split('/').next().unwrap();
        let all = admin.get(&api(kind)).await.expect(200).json();
        let all = all["items"].as_array().unwrap().clone();
        let one = all.into_iter().find(|one| at.ends_with(one["id"].as_str().unwrap())).unwrap();
        let version = format!("\"{}\"", one["version"]);
        admin.send(admin.request(Method::PUT, &api(&at)).header("if-match", version).json(&body)).await
    };
    let labelled = |pl: &str, en: &str| json!({ "name": "stara", "label": { "pl": pl, "en": en } });
    let less = put(format!("roles/{role}"), labelled(label, "Old")).await.expect(200).json();
    assert_eq!((&less["label"]["pl"], &less["things"]), (&json!(label), &json!({})));
    let above = named(&admin, "teams", "Zarząd").await;
    let moved = json!({ "name": label, "parent": above });
    let moved = put(format!("teams/{team}"), moved).await.expect(200).json();
    assert_eq!((&moved["name"], &moved["parent"]), (&json!(label), &json!(above)));
    // It is looked at once anything of it is changed, and may be no other's.
    for other in ["Zespół\u{200d} B", "Old\u{200d}"] {
        problem(&put(format!("teams/{team}"), json!({ "name": other })).await, 422);
        problem(&put(format!("roles/{role}"), labelled(other, "Old")).await, 422);
    }
    problem(&put(format!("roles/{role}"), labelled(label, label)).await, 422);
    problem(&admin.post(&api("teams"), &json!({ "name": label })).await, 422);
    let _ = put(format!("teams/{team}"), json!({ "name": "Zespół A" })).await.expect(200);
}
