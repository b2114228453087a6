//! Records: made, read, changed, binned, restored; versions, repeats, duplicates, references, owners.

use super::help::{ENTITIES, Made, api, endow, ids, issue, make, make_under, named, problem, sample};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Client, World};

#[tokio::test(flavor = "multi_thread")]
async fn every_entity_is_made_read_changed_binned_and_restored() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let change = |entity: &str| match entity {
        "note" => json!({ "body": "Inna treść" }),
        _ => json!({ "description": "Inny opis" }),
    };
    for (entity, plural) in ENTITIES {
        let made = make(&anna, plural, sample(plural, 1)).await;
        assert_eq!((&made.view["entity"], &made.view["version"]), (&json!(entity), &json!(1)));
        assert_eq!(made.view["owner"]["name"], "Anna Kowalska");
        assert_eq!(made.at, api(&format!("{plural}/{}", made.id)));
        let read = anna.get(&made.at).await.expect(200);
        assert_eq!(read.headers["etag"], "\"1\"");
        assert_eq!(read.json()["fields"], made.view["fields"], "what was answered is what was kept");

        let body = json!({ "fields": change(entity) });
        let bare = anna.send(anna.request(Method::PATCH, &made.at).json(&body)).await;
        problem(&bare, 428);
        problem(&anna.patch(&made.at, 2, &body).await, 412);
        let words = anna.request(Method::PATCH, &made.at).header("if-match", "W/\"1\"").json(&body);
        problem(&anna.send(words).await, 412);
        let words = anna.request(Method::PATCH, &made.at).header("if-match", "version 1").json(&body);
        problem(&anna.send(words).await, 422);
        let changed = anna.patch(&made.at, 1, &body).await.expect(200);
        assert_eq!(
            (changed.headers["etag"].to_str().unwrap(), changed.json()["version"].clone()),
            ("\"2\"", json!(2))
        );
        problem(&anna.patch(&made.at, 1, &body).await, 412);

        problem(&anna.send(anna.request(Method::DELETE, &made.at)).await, 428);
        problem(&anna.delete(&made.at, 1).await, 412);
        assert_ne!(anna.delete(&made.at, 2).await.expect(200).json()["deleted_at"], json!(null));
        problem(&anna.patch(&made.at, 3, &body).await, 412);
        let list = |binned: &str| api(&format!("{plural}?binned={binned}"));
        assert!(
            !ids(&anna.get(&list("false")).await.json()).contains(&made.id),
            "{entity} in the bin is in no list"
        );
        assert!(ids(&anna.get(&list("true")).await.json()).contains(&made.id));
        let restore = |version: u32| {
            anna.request(Method::POST, &format!("{}/restore", made.at))
                .header("if-match", format!("\"{version}\""))
        };
        problem(&anna.send(restore(2)).await, 412);
        assert_eq!(anna.send(restore(3)).await.expect(200).json()["version"], 4);
        assert!(ids(&anna.get(&list("false")).await.json()).contains(&made.id));

        // To another team it is as if it were not there, whatever is tried.
        let nothing = api(&format!("{plural}/0190a6c2-7b1e-7c3d-8e4f-0123456789ab"));
        let (there, absent) = (tomasz.get(&made.at).await, tomasz.get(&nothing).await);
        problem(&there, 404);
        assert_eq!(there.told(), absent.told(), "what is hidden answers like what does not exist");
        problem(&tomasz.patch(&made.at, 4, &body).await, 404);
        problem(&tomasz.delete(&made.at, 4).await, 404);
    }
    problem(&anna.get("/api/v1/people/not-an-id").await, 404);
    problem(&anna.get("/api/v1/unicorns").await, 404);
    problem(
        &anna.get(&api(&format!("people/{}", make(&anna, "deals", sample("deals", 2)).await.id))).await,
        404,
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn repeats_duplicates_and_races() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let piotr = world.sign_in("piotr.zielinski").await;
    let keyed = |client: &Client, key: &str, name: &str| {
        client
            .request(Method::POST, "/api/v1/companies")
            .header("idempotency-key", key)
            .json(&json!({ "fields": { "name": name } }))
    };
    let first = Made::of(anna.send(keyed(&anna, "k-1", "Raz")).await);
    let again = Made::of(anna.send(keyed(&anna, "k-1", "Raz")).await);
    assert_eq!((first.id.clone(), first.at), (again.id, again.at));
    problem(&anna.send(keyed(&anna, "k-1", "Dwa")).await, 409);
    let others = Made::of(piotr.send(keyed(&piotr, "k-1", "Raz")).await);
    assert_ne!(others.id, first.id, "a key is its user's");
    problem(&anna.send(keyed(&anna, &"k".repeat(201), "Raz")).await, 422);
    problem(&anna.send(keyed(&anna, "", "Raz")).await, 422);
    world.clock.advance_ms(25 * 3_600_000);
    let anna = world.sign_in("anna.kowalska").await;
    assert_ne!(
        Made::of(anna.send(keyed(&anna, "k-1", "Raz")).await).id,
        first.id,
        "after a day a key is new"
    );

    for round in 0..5 {
        let key = format!("race-{round}");
        let (a, b) =
            tokio::join!(anna.send(keyed(&anna, &key, "Wyścig")), anna.send(keyed(&anna, &key, "Wyścig")));
        assert_eq!(Made::of(a).id, Made::of(b).id, "two at once make one");
    }
    let raced = anna.get("/api/v1/companies?q=wyscig").await.expect(200).json();
    assert_eq!(ids(&raced).len(), 5);

    let body = json!({ "fields": { "last_name": "Kopia", "email": "Kopia@Proba.example" } });
    let one = Made::of(anna.post("/api/v1/people", &body).await);
    let twin = problem(&anna.post("/api/v1/people", &body).await, 409);
    assert!(issue(&twin, "email")["reason"].as_str().unwrap().contains(&one.id), "{twin}");
    let wished = json!({ "fields": body["fields"], "allow_duplicate": true });
    let two = Made::of(anna.post("/api/v1/people", &wished).await);
    let third = make(&anna, "people", json!({ "last_name": "Trzecia" })).await;
    let same = json!({ "fields": { "email": "kopia@proba.example" } });
    problem(&anna.patch(&third.at, 1, &same).await, 409);
    let _ = anna.patch(&two.at, 1, &json!({ "fields": { "job_title": "Druga" } })).await.expect(200);
    // Another team's record is no duplicate that this caller may learn of.
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let _ = tomasz.post("/api/v1/people", &body).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_value_names_the_record_that_has_it() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let body =
        json!({ "fields": { "first_name": "Ada", "last_name": "Kopia", "email": "kopia@proba.example" } });
    let one = Made::of(anna.post(&api("people"), &body).await);
    let named = json!({ "entity": "person", "id": one.id, "title": "Ada Kopia" });
    let twin = problem(&anna.post(&api("people"), &body).await, 409);
    assert_eq!(twin["duplicate"], named);
    let other = make(&anna, "people", json!({ "last_name": "Inna" })).await;
    let same = json!({ "fields": { "email": "kopia@proba.example" } });
    assert_eq!(problem(&anna.patch(&other.at, 1, &same).await, 409)["duplicate"], named);
    // Its name was shown, and its history says so.
    let events = anna.get(&format!("{}/events", one.at)).await.expect(200).json();
    let shown = |e: &&Value| e["act"] == "record.duplicates" && e["user"]["name"] == "Anna Kowalska";
    assert_eq!(events["items"].as_array().unwrap().iter().filter(shown).count(), 2, "{events}");

    // To whom the name is hidden, it is not told; to whom the record is not shown, nothing is.
    let role = json!({
        "name": "nameless", "label": { "pl": "Bez nazwisk", "en": "Nameless" },
        "entities": { "person": {
            "scopes": { "read": "all", "create": "all" }, "level": "write",
            "fields": { "first_name": "masked" },
        } },
    });
    endow(&world, "ewa.pusta", &role).await;
    let ewa = world.sign_in("ewa.pusta").await;
    let hers = json!({ "fields": { "last_name": "Nowa", "email": "kopia@proba.example" } });
    let refused = ewa.post(&api("people"), &hers).await;
    let twin = problem(&refused, 409);
    assert_eq!(twin["duplicate"], json!({ "entity": "person", "id": one.id }));
    assert!(!refused.text.contains("Ada") && !refused.text.contains("Kopia"));
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let _ = tomasz.post(&api("people"), &hers).await.expect(201);
    // Whoever cannot read the unique field learns of nothing either.
    let role = json!({
        "name": "blind", "label": { "pl": "Bez adresów", "en": "No addresses" },
        "entities": { "person": {
            "scopes": { "read": "all" }, "level": "read", "fields": { "email": "hidden" },
        } },
    });
    endow(&world, "danuta.krol", &role).await;
    let danuta = world.sign_in("danuta.krol").await;
    let refused = danuta.post(&api("people"), &hers).await;
    assert!(problem(&refused, 403).get("duplicate").is_none() && !refused.text.contains(&one.id));
}

#[tokio::test(flavor = "multi_thread")]
async fn references_parents_and_owners_keep_to_what_is_visible() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let mine = make(&anna, "companies", json!({ "name": "Nasza" })).await;
    let theirs = make(&tomasz, "companies", json!({ "name": "Ich" })).await;
    let absent = "0190a6c2-7b1e-7c3d-8e4f-0123456789ab";
    let refer = |id: &str| json!({ "fields": { "last_name": "Odwołany", "company": id } });
    let (hidden, unknown) = (
        anna.post("/api/v1/people", &refer(&theirs.id)).await,
        anna.post("/api/v1/people", &refer(absent)).await,
    );
    issue(&problem(&hidden, 422), "company");
    assert_eq!(hidden.told(), unknown.told(), "an invisible company is like none");
    let deal = make(&anna, "deals", json!({ "name": "Szansa" })).await;
    problem(&anna.post("/api/v1/people", &refer(&deal.id)).await, 422);
    let person = Made::of(anna.post("/api/v1/people", &refer(&mine.id)).await);
    problem(&anna.patch(&person.at, 1, &json!({ "fields": { "company": theirs.id } })).await, 422);

    let hang = |entity: &str, id: &str| json!({ "fields": { "body": "Treść" }, "parent": { "entity": entity, "id": id } });
    let (hidden, unknown) = (
        anna.post("/api/v1/notes", &hang("company", &theirs.id)).await,
        anna.post("/api/v1/notes", &hang("company", absent)).await,
    );
    assert_eq!(hidden.told(), unknown.told());
    issue(&problem(&hidden, 422), "parent");
    issue(&problem(&anna.post("/api/v1/notes", &hang("note", &mine.id)).await, 422), "parent");
    issue(&problem(&anna.post("/api/v1/notes", &hang("person", &mine.id)).await, 422), "parent");
    let note = make_under(&anna, "notes", json!({ "body": "Pod firmą" }), "company", &mine.id).await;
    assert_eq!(note.view["parent"], json!({ "entity": "company", "id": mine.id }));
    let _ = make(&anna, "notes", json!({ "body": "Luźna" })).await;
    let under = anna.get(&api(&format!("notes?parent={}", mine.id))).await.expect(200).json();
    assert_eq!(ids(&under), [note.id.as_str()]);

    // The head of both teams hands the company over: it moves at once, with what hangs on it.
    let lead = world.sign_in("magdalena.wojcik").await;
    let to = named(&anna, "colleagues", "Tomasz Lewandowski").await;
    let give = json!({ "owner": to });
    let moved = lead.patch(&mine.at, 1, &give).await.expect(200).json();
    assert_eq!(
        (&moved["owner"]["name"], &moved["team"]["name"]),
        (&json!("Tomasz Lewandowski"), &json!("Południe"))
    );
    problem(&anna.get(&mine.at).await, 404);
    problem(&anna.get(&note.at).await, 404);
    assert_eq!(ids(&anna.get("/api/v1/companies?q=nasza").await.expect(200).json()), Vec::<String>::new());
    assert_eq!(ids(&anna.get("/api/v1/notes?q=firma").await.expect(200).json()), Vec::<String>::new());
    let _ = tomasz.get(&mine.at).await.expect(200);
    let _ = tomasz.get(&note.at).await.expect(200);
    assert_eq!(ids(&tomasz.get("/api/v1/companies?q=nasza").await.expect(200).json()), [mine.id.as_str()]);
    issue(&problem(&tomasz.patch(&mine.at, 2, &json!({ "owner": absent })).await, 422), "owner");

    // Nobody gives a record to where the giver could not make one: that would be a way to take it away.
    let one = make(&anna, "companies", json!({ "name": "Zostaje" })).await;
    problem(&anna.patch(&one.at, 1, &give).await, 403);
    let marketing = world.sign_in("marta.nowak").await;
    let myself = named(&anna, "colleagues", "Marta Nowak").await;
    problem(&marketing.patch(&one.at, 1, &json!({ "owner": myself })).await, 403);
    let _ = marketing.patch(&one.at, 1, &json!({ "fields": { "tags": ["targi"] } })).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_that_may_not_be_given_are_named() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let body = json!({ "fields": { "last_name": "Kto", "name": "Ktoś Inny", "nazwisko": "x", "pesel": "44051401359" } });
    let refused = problem(&anna.post("/api/v1/people", &body).await, 422);
    assert_eq!(issue(&refused, "name")["code"], "read-only");
    assert_eq!(issue(&refused, "nazwisko")["code"], "unknown-field");
    assert_eq!(issue(&refused, "nazwisko")["example"], "last_name");
    let masked = json!({ "fields": { "last_name": "Kto", "pesel": "44051401359" } });
    assert_eq!(
        issue(&problem(&anna.post("/api/v1/people", &masked).await, 422), "pesel")["code"],
        "not-writable"
    );
    for body in [
        json!({}),
        json!({ "fields": [] }),
        json!({ "fields": null }),
        json!({ "fields": {} }),
        json!({ "fields": { "last_name": "A" }, "ownr": 1 }),
    ] {
        problem(&anna.post("/api/v1/people", &body).await, 422);
    }
    let made = make(&anna, "people", json!({ "last_name": "Kto", "phone": "601234567" })).await;
    issue(
        &problem(&anna.patch(&made.at, 1, &json!({ "fields": { "last_name": null } })).await, 422),
        "last_name",
    );
    let removed = anna.patch(&made.at, 1, &json!({ "fields": { "phone": null } })).await.expect(200).json();
    assert_eq!(removed["fields"].get("phone"), None);
    // What the engine keeps itself.
    let deal = make(&anna, "deals", json!({ "name": "Koniec" })).await;
    assert_eq!(deal.view["fields"]["stage"], "lead_in");
    let won = anna.patch(&deal.at, 1, &json!({ "fields": { "stage": "won" } })).await.expect(200).json();
    assert_eq!(won["fields"]["closed_at"], testkit::START.rfc3339());
    let open = anna.patch(&deal.at, 2, &json!({ "fields": { "stage": "offer" } })).await.expect(200).json();
    assert_eq!(open["fields"].get("closed_at"), None);
    let task = make(&anna, "activities", json!({ "title": "Zadzwonić" })).await;
    let done = anna.patch(&task.at, 1, &json!({ "fields": { "done": true } })).await.expect(200).json();
    assert_eq!(done["fields"]["done_at"], testkit::START.rfc3339());
}
