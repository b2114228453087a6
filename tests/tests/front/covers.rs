//! Cover for somebody who is away: over all that this one owns and no more, until its end, and by nobody who could not
//! share all of it. OWASP API Security 2023: API1 (object level), API3 (property level), API5 (function level).

use super::help::{api, ids, issue, list, make, make_under, named, problem};
use kernel::Clock;
use serde_json::{Value, json};
use testkit::{Answer, Client, World};

const DAY_MS: i64 = 24 * 3_600_000;
const SELLER: &str = "6b6c7563-0000-8000-8000-7a6e696b0001";
const VIEWER: &str = "6b6c7563-0000-8000-8000-7a6e696b0008";
const CONTRIBUTOR: &str = "6b6c7563-0000-8000-8000-7a6e696b0009";
const MANAGEMENT: &str = "6b6c7563-0000-8000-8000-7a6e696b0004";

struct Stage {
    world: World,
    admin: Client,
    anna: Client,
    tomasz: Client,
    lead: Client,
}

impl Stage {
    async fn new() -> Self {
        let world = World::new().await;
        let admin = world.sign_in("robert.szymanski").await;
        let (anna, tomasz) =
            (world.sign_in("anna.kowalska").await, world.sign_in("tomasz.lewandowski").await);
        let lead = world.sign_in("magdalena.wojcik").await;
        Self { world, admin, anna, tomasz, lead }
    }

    async fn id(&self, name: &str) -> String {
        named(&self.admin, "colleagues", name).await
    }

    fn in_days(&self, days: i64) -> String {
        self.world.clock.now().plus_ms(days * DAY_MS).rfc3339()
    }

    /// Cover by Tomasz, of another team, as a contributor for a week, with these changes.
    async fn cover(&self, by: &Client, with: Value) -> Answer {
        let mut body = json!({ "to": self.id("Tomasz Lewandowski").await, "role": CONTRIBUTOR,
            "until": self.in_days(7), "reason": "Urlop wypoczynkowy" });
        body.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
        by.post(&api("covers"), &body).await
    }
}

async fn covers(client: &Client, query: &str) -> Vec<Value> {
    let all = client.get(&api(&format!("covers{query}"))).await.expect(200).json();
    all["items"].as_array().unwrap().clone()
}

async fn told(client: &Client, code: &str) -> usize {
    let all = client.get(&api("notices")).await.expect(200).json();
    all["items"].as_array().unwrap().iter().filter(|n| n["code"] == code).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_works_on_all_that_somebody_owns_until_the_end() {
    let stage = Stage::new().await;
    let Stage { world, anna, tomasz, .. } = &stage;
    let piotr = world.sign_in("piotr.zielinski").await;
    let before = make(anna, "people", json!({ "last_name": "Przed" })).await;
    let note = make_under(anna, "notes", json!({ "body": "Uzgodniono" }), "person", &before.id).await;
    let others = make(&piotr, "people", json!({ "last_name": "Cudza" })).await;
    problem(&tomasz.get(&before.at).await, 404);
    let until = stage.in_days(7);
    let made = stage.cover(anna, json!({})).await.expect(201).json();
    assert_eq!((&made["of"]["name"], &made["state"]), (&json!("Anna Kowalska"), &json!("in_force")));
    assert_eq!((&made["until"], &made["reason"]), (&json!(until), &json!("Urlop wypoczynkowy")));
    assert_eq!((told(tomasz, "cover-given").await, told(anna, "cover-set-up").await), (1, 0));

    let after = make(anna, "people", json!({ "last_name": "Po" })).await;
    for seen in [&before, &note, &after] {
        let _ = tomasz.get(&seen.at).await.expect(200);
    }
    problem(&tomasz.get(&others.at).await, 404);
    let mut found = ids(&list(tomasz, "people", &[]).await.expect(200).json());
    found.sort();
    assert_eq!(found, [before.id.clone(), after.id.clone()]);
    let change = json!({ "fields": { "job_title": "Prezeska" } });
    let _ = tomasz.patch(&before.at, 1, &change).await.expect(200);
    // No more than the role: it may neither be given away, nor thrown away, nor shared.
    problem(&tomasz.delete(&before.at, 2).await, 403);
    let share =
        json!({ "to": { "user": stage.id("Ewa Pusta").await }, "role": VIEWER, "reason": "Dla koleżanki" });
    problem(&tomasz.post(&format!("{}/grants", before.at), &share).await, 403);
    problem(
        &stage
            .cover(
                tomasz,
                json!({ "of": stage.id("Anna Kowalska").await, "to": stage.id("Ewa Pusta").await }),
            )
            .await,
        403,
    );

    let who = anna.get(&format!("{}/access", before.at)).await.expect(200).json();
    let reasons: Vec<&Value> = who["items"].as_array().unwrap().iter().map(|i| &i["reasons"][0]).collect();
    let label = reasons.iter().find(|r| r["grant"] == made["id"]).unwrap()["label"].as_str().unwrap();
    assert!(label.contains("Anna Kowalska") && label.contains(&until[..10]), "{label}");
    assert_eq!(
        (covers(tomasz, "").await[0]["id"].clone(), covers(anna, "").await.len()),
        (made["id"].clone(), 1)
    );
    assert_eq!(covers(&piotr, "").await, Vec::<Value>::new());

    world.clock.advance_ms(7 * DAY_MS - 1);
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let _ = tomasz.get(&before.at).await.expect(200);
    world.clock.advance_ms(1);
    problem(&tomasz.get(&before.at).await, 404);
    assert_eq!(ids(&list(&tomasz, "people", &[]).await.expect(200).json()), Vec::<String>::new());
    assert_eq!(covers(&tomasz, "").await[0]["state"], "ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn cover_is_set_up_by_who_owns_leads_or_manages_and_gives_no_more_than_they_could_share() {
    let stage = Stage::new().await;
    let Stage { world, admin, anna, tomasz, lead } = &stage;
    let piotr = world.sign_in("piotr.zielinski").await;
    let anna_id = stage.id("Anna Kowalska").await;
    let of_anna = json!({ "of": anna_id });
    // A colleague of the same team sees these records, and shares none of them.
    problem(&stage.cover(&piotr, of_anna.clone()).await, 403);
    problem(&piotr.get(&api(&format!("covers?of={anna_id}"))).await, 403);
    // Whoever manages users sees none, and can give none.
    problem(&stage.cover(admin, of_anna.clone()).await, 403);
    problem(&stage.cover(anna, json!({ "role": MANAGEMENT })).await, 403);
    let scope = json!({ "entities": { "person": ["read", "share"] } });
    let token = json!({ "label": "t", "scope": scope, "ends_at": stage.in_days(1) });
    let token = anna.post(&api("tokens"), &token).await.expect(201).json();
    let robot = world.client().with_token(token["token"].as_str().unwrap());
    problem(&stage.cover(&robot, json!({})).await, 403);
    problem(&robot.get(&api("covers")).await, 403);

    for (with, field) in [
        (json!({ "to": anna_id }), "to"),
        (json!({ "to": "0190a6c2-7b1e-7c3d-8e4f-0123456789ab" }), "to"),
        (json!({ "role": "0190a6c2-7b1e-7c3d-8e4f-0123456789ab" }), "role"),
        (json!({ "until": "jutro" }), "until"),
        (json!({ "until": stage.in_days(-1) }), "until"),
        (json!({ "until": stage.in_days(93) }), "until"),
        (json!({ "from": stage.in_days(8) }), "until"),
        (json!({ "reason": "x" }), "reason"),
    ] {
        let refused = problem(&stage.cover(anna, with).await, 422);
        let _ = issue(&refused, field);
    }
    problem(&stage.cover(lead, json!({ "of": stage.id("Tomasz Lewandowski").await })).await, 422);

    // The lead reaches all of it, until Anna owns something of a team that the lead does not reach.
    let given = stage.cover(lead, of_anna.clone()).await.expect(201).json();
    assert_eq!((told(anna, "cover-set-up").await, told(tomasz, "cover-given").await), (1, 1));
    problem(&stage.cover(anna, json!({})).await, 409);
    let _ = lead.delete(&api(&format!("grants/{}", given["id"].as_str().unwrap())), 0).await.expect(204);
    let management = make(anna, "people", json!({ "last_name": "Zarządowa" })).await;
    let at = api(&format!("users/{anna_id}"));
    let moved = async |team: &str| {
        let user = admin.get(&at).await.expect(200).json();
        let team = named(admin, "teams", team).await;
        let _ =
            admin.patch(&at, user["version"].as_u64().unwrap(), &json!({ "team": team })).await.expect(200);
    };
    moved("Zarząd").await;
    let anna = world.sign_in("anna.kowalska").await;
    let there = make(&anna, "people", json!({ "last_name": "Tamta" })).await;
    moved("Północ").await;
    problem(&lead.get(&there.at).await, 404);
    let _ = lead.get(&management.at).await.expect(200);
    problem(&stage.cover(lead, of_anna).await, 403);
    // Her own are her own wherever they lie.
    let anna = world.sign_in("anna.kowalska").await;
    let _ = stage.cover(&anna, json!({ "role": SELLER })).await.expect(201);
    let _ = tomasz.get(&there.at).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_set_up_ends_when_the_one_who_is_away_moves_to_another_team() {
    let stage = Stage::new().await;
    let Stage { world, admin, anna, tomasz, lead } = &stage;
    let ewa = world.sign_in("ewa.pusta").await;
    let person = make(anna, "people", json!({ "last_name": "Zastępowana" })).await;
    let anna_id = stage.id("Anna Kowalska").await;
    let _ = stage.cover(lead, json!({ "of": anna_id })).await.expect(201);
    let own = stage.cover(anna, json!({ "to": stage.id("Ewa Pusta").await })).await.expect(201).json();
    let _ = tomasz.get(&person.at).await.expect(200);
    let at = api(&format!("users/{anna_id}"));
    // Another change of the user leaves it.
    let change = async |change: Value| {
        let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
        let _ = admin.patch(&at, version, &change).await.expect(200);
    };
    change(json!({ "name": "Anna Kowalska-Nowa" })).await;
    let _ = tomasz.get(&person.at).await.expect(200);
    change(json!({ "team": named(admin, "teams", "Zarząd").await })).await;
    problem(&tomasz.get(&person.at).await, 404);
    let _ = ewa.get(&person.at).await.expect(200);
    let left = covers(admin, &format!("?of={anna_id}")).await;
    assert_eq!((left.len(), &left[0]["id"]), (1, &own["id"]));
    for side in [tomasz, lead] {
        assert_eq!(told(side, "cover-ended").await, 1);
    }
    assert_eq!(told(&ewa, "cover-ended").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn both_sides_and_whoever_manages_users_end_cover_at_once_and_nobody_else_can() {
    let stage = Stage::new().await;
    let Stage { world, admin, anna, tomasz, lead } = &stage;
    let piotr = world.sign_in("piotr.zielinski").await;
    let person = make(anna, "people", json!({ "last_name": "Zastępowana" })).await;
    let of_anna = json!({ "of": stage.id("Anna Kowalska").await });
    for ends in [anna, tomasz, lead, admin] {
        let given = stage.cover(lead, of_anna.clone()).await.expect(201).json();
        let at = api(&format!("grants/{}", given["id"].as_str().unwrap()));
        let _ = tomasz.get(&person.at).await.expect(200);
        problem(&piotr.delete(&at, 0).await, 404);
        let _ = tomasz.get(&person.at).await.expect(200);
        let _ = ends.delete(&at, 0).await.expect(204);
        problem(&tomasz.get(&person.at).await, 404);
        problem(&ends.delete(&at, 0).await, 404);
    }
    assert_eq!(covers(anna, "").await, Vec::<Value>::new());
    // Ten at most, and those that follow each other are no two at the same time.
    for n in 0..10 {
        let (from, until) = (stage.in_days(n * 2), stage.in_days(n * 2 + 2));
        let _ = stage.cover(anna, json!({ "from": from, "until": until })).await.expect(201);
    }
    let late = json!({ "from": stage.in_days(30), "until": stage.in_days(31) });
    problem(&stage.cover(anna, late).await, 409);
    assert_eq!(covers(lead, &format!("?of={}", stage.id("Anna Kowalska").await)).await.len(), 10);
    problem(&lead.get(&api("covers?to=x")).await, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn cover_ends_with_whoever_set_it_up_for_somebody_else() {
    let stage = Stage::new().await;
    let Stage { world, admin, anna, tomasz, lead } = &stage;
    let piotr = world.sign_in("piotr.zielinski").await;
    let (hers, his) = (
        make(anna, "people", json!({ "last_name": "Anny" })).await,
        make(&piotr, "people", json!({ "last_name": "Piotra" })).await,
    );
    let change = async |login: &str, change: Value| {
        let at = api(&format!("users/{}", named(admin, "users", login).await));
        let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
        let _ = admin.patch(&at, version, &change).await.expect(200);
    };
    let of = |id: String| json!({ "of": id, "until": stage.in_days(30) });
    let _ = stage.cover(lead, of(stage.id("Anna Kowalska").await)).await.expect(201);
    let own = stage.cover(&piotr, json!({ "until": stage.in_days(30) })).await.expect(201).json();
    for seen in [&hers, &his] {
        let _ = tomasz.get(&seen.at).await.expect(200);
    }
    // Nobody answers for it any more: it ends at once, and those whom it concerns are told.
    change("magdalena.wojcik", json!({ "active": false })).await;
    problem(&tomasz.get(&hers.at).await, 404);
    assert_eq!((told(tomasz, "cover-ended").await, told(anna, "cover-ended").await), (1, 1));
    // What one set up over what one owns is needed when one is gone, until that is handed over.
    change("piotr.zielinski", json!({ "active": false })).await;
    let _ = tomasz.get(&his.at).await.expect(200);
    let left: Vec<Value> = covers(tomasz, "").await;
    assert_eq!(left.iter().map(|c| &c["id"]).collect::<Vec<_>>(), [&own["id"]]);

    // So it is with whoever leaves at a date.
    change("magdalena.wojcik", json!({ "active": true })).await;
    let lead = world.sign_in("magdalena.wojcik").await;
    let _ = stage.cover(&lead, of(stage.id("Anna Kowalska").await)).await.expect(201);
    change("magdalena.wojcik", json!({ "ends_at": world.clock.now().plus_ms(60_000).rfc3339() })).await;
    let _ = tomasz.get(&hers.at).await.expect(200);
    world.clock.advance_ms(60_000);
    world.app().engine().end_leavers().await.unwrap();
    problem(&tomasz.get(&hers.at).await, 404);
}
