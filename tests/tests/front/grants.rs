//! A role on one record: what it shows and lets be done, to whom, for how long, and who may give it. OWASP API Security
//! 2023: API1 (object level), API3 (property level), API5 (function level).

use super::factors::require;
use super::help::{Made, api, column, endow, ids, issue, list, make, make_under, named, problem};
use kernel::Clock;
use serde_json::{Value, json};
use testkit::{Answer, Client, World};

pub const DAY_MS: i64 = 24 * 3_600_000;

pub async fn role(client: &Client, name: &str) -> String {
    let roles = client.get(&api("roles")).await.expect(200).json();
    let found = roles["items"].as_array().unwrap().iter().find(|r| r["name"] == name);
    found.unwrap_or_else(|| panic!("{name}: {roles}"))["id"].as_str().unwrap().to_owned()
}

/// The instance, a person of Anna's with a note, and another one; and Ewa, who has no role at all.
pub struct Stage {
    pub world: World,
    pub anna: Client,
    pub ewa: Client,
    pub ewa_id: String,
    pub viewer: String,
    pub contributor: String,
    pub shared: Made,
    pub note: Made,
    pub other: Made,
}

impl Stage {
    pub async fn new() -> Self {
        let world = World::new().await;
        let admin = world.sign_in("robert.szymanski").await;
        let (viewer, contributor) = (role(&admin, "viewer").await, role(&admin, "contributor").await);
        let ewa_id = named(&admin, "users", "ewa.pusta").await;
        let (anna, ewa) = (world.sign_in("anna.kowalska").await, world.sign_in("ewa.pusta").await);
        let person = |name: &str, email: &str| json!({ "first_name": name, "last_name": "Dzielona", "email": email, "job_title": "Księgowa" });
        let shared = make(&anna, "people", person("Zofia", "zofia@dzielona.example")).await;
        let other = make(&anna, "people", person("Teresa", "teresa@dzielona.example")).await;
        let note =
            make_under(&anna, "notes", json!({ "body": "Uzgodniono rabat" }), "person", &shared.id).await;
        Self { world, anna, ewa, ewa_id, viewer, contributor, shared, note, other }
    }

    pub fn in_days(&self, days: i64) -> String {
        self.world.clock.now().plus_ms(days * DAY_MS).rfc3339()
    }

    /// A grant of the viewer's role to Ewa, with these changes.
    pub async fn give(&self, by: &Client, record: &Made, with: Value) -> Answer {
        let mut body =
            json!({ "to": { "user": self.ewa_id }, "role": self.viewer, "reason": "Pomoc przy ofercie" });
        body.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
        by.post(&format!("{}/grants", record.at), &body).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_on_one_record_shows_that_one_until_its_end() {
    let stage = Stage::new().await;
    let Stage { world, anna, ewa, shared, note, other, .. } = &stage;
    problem(&ewa.get(&shared.at).await, 404);
    problem(&list(ewa, "people", &[]).await, 403);
    let until = stage.in_days(7);
    let given = stage.give(anna, shared, json!({ "until": until, "fields": ["name", "email"] })).await;
    let given = given.expect(201).json();
    assert_eq!((&given["state"], &given["until"]), (&json!("in_force"), &json!(until)));
    assert_eq!(given["fields"], json!(["email", "first_name", "last_name", "name", "sort_name"]));

    // It holds at the next request, for that record and those fields alone.
    let seen = ewa.get(&shared.at).await.expect(200).json();
    let fields: Vec<&String> = seen["fields"].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["email", "first_name", "last_name", "name", "sort_name"], "{seen}");
    assert_eq!((&seen["access"]["writable"], &seen["access"]["actions"]), (&json!([]), &json!(["read"])));
    for hidden in [note, other] {
        problem(&ewa.get(&hidden.at).await, 404);
    }
    problem(&list(ewa, "notes", &[]).await, 403);
    let page = list(ewa, "people", &[("count", "true")]).await.expect(200).json();
    assert_eq!((ids(&page), &page["count"]), (vec![shared.id.clone()], &json!(1)));
    assert_eq!(page["items"][0]["fields"].get("job_title"), None, "{page}");
    let found = list(ewa, "people", &[("q", "dzielona")]).await.expect(200).json();
    assert_eq!(ids(&found), std::slice::from_ref(&shared.id));
    assert_eq!(
        ids(&list(ewa, "people", &[("q", "ksiegowa")]).await.expect(200).json()),
        Vec::<String>::new()
    );
    for (name, value) in [("filter", "job_title:eq:Księgowa"), ("sort", "job_title"), ("fields", "job_title")]
    {
        problem(&list(ewa, "people", &[(name, value)]).await, 422);
    }
    let found = ewa.get(&api("search?q=zofia")).await.expect(200);
    assert!(found.text.contains(&shared.id), "{}", found.text);
    let totals = ewa.get(&api("people/totals?group=owner")).await.expect(200).json();
    assert_eq!(totals["items"][0]["count"], 1, "{totals}");
    problem(&ewa.patch(&shared.at, 1, &json!({ "fields": { "email": "inna@dzielona.example" } })).await, 403);
    problem(&ewa.delete(&shared.at, 1).await, 403);
    problem(&ewa.get(&api("people/export")).await, 403);

    // Why, it says; and at its time it is over, also if nobody clears it away.
    let who = anna.get(&format!("{}/access", shared.at)).await.expect(200).json();
    let mine = who["items"].as_array().unwrap().iter().find(|i| i["user"]["id"] == stage.ewa_id.as_str());
    let reason = &mine.unwrap_or_else(|| panic!("{who}"))["reasons"][0];
    assert_eq!(
        (&reason["rule"], &reason["via"], &reason["grant"]),
        (&json!("grant"), &json!("grant"), &given["id"])
    );
    world.clock.advance_ms(7 * DAY_MS - 1);
    let ewa = world.sign_in("ewa.pusta").await;
    let _ = ewa.get(&shared.at).await.expect(200);
    world.clock.advance_ms(1);
    problem(&ewa.get(&shared.at).await, 404);
    problem(&list(&ewa, "people", &[]).await, 403);
    let anna = world.sign_in("anna.kowalska").await;
    let all = anna.get(&format!("{}/grants", shared.at)).await.expect(200).json();
    assert_eq!(
        (&all["items"][0]["state"], &all["items"][0]["reason"]),
        (&json!("ended"), &json!("Pomoc przy ofercie"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_hangs_on_a_record_comes_along_if_that_is_granted() {
    let stage = Stage::new().await;
    let Stage { anna, ewa, shared, note, other, .. } = &stage;
    let given = stage
        .give(anna, shared, json!({ "role": stage.contributor, "with_related": true }))
        .await
        .expect(201);
    assert_eq!(ewa.get(&note.at).await.expect(200).json()["fields"]["body"], "Uzgodniono rabat");
    let mine = make_under(ewa, "notes", json!({ "body": "Zadzwonię jutro" }), "person", &shared.id).await;
    assert_eq!(ids(&list(ewa, "notes", &[]).await.expect(200).json()).len(), 2);
    let elsewhere = json!({ "fields": { "body": "x" }, "parent": { "entity": "person", "id": other.id } });
    let refused = ewa.post(&api("notes"), &elsewhere).await;
    assert!(matches!(refused.status.as_u16(), 404 | 422), "{}", refused.text);
    let now = ewa.get(&shared.at).await.expect(200).json();
    let version = now["version"].as_u64().unwrap();
    let _ =
        ewa.patch(&shared.at, version, &json!({ "fields": { "job_title": "Dyrektorka" } })).await.expect(200);

    // Ended at once, by whoever gave it; nobody else learns that it is there.
    let at = api(&format!("grants/{}", given.json()["id"].as_str().unwrap()));
    let tomasz = stage.world.sign_in("tomasz.lewandowski").await;
    problem(&tomasz.delete(&at, 0).await, 404);
    let _ = anna.delete(&at, 0).await.expect(204);
    for gone in [shared, note, &mine] {
        problem(&ewa.get(&gone.at).await, 404);
    }
    problem(&anna.delete(&at, 0).await, 404);
    let events = anna.get(&format!("{}/events", shared.at)).await.expect(200).json();
    for act in ["grant.create", "grant.end", "access.refused"] {
        assert!(column_of(&events, "act").contains(&json!(act)), "{act}: {events}");
    }
}

fn column_of(page: &Value, name: &str) -> Vec<Value> {
    page["items"].as_array().unwrap().iter().map(|item| item[name].clone()).collect()
}

/// Tomasz sees the people of his own team whole, and one of Anna's by name alone.
#[tokio::test(flavor = "multi_thread")]
async fn a_list_shows_of_each_record_what_is_granted_of_it() {
    let stage = Stage::new().await;
    let tomasz = stage.world.sign_in("tomasz.lewandowski").await;
    let own = json!({ "first_name": "Własna", "last_name": "Tomaszowa", "job_title": "Księgowa" });
    let own = make(&tomasz, "people", own).await;
    let id = named(&stage.world.sign_in("robert.szymanski").await, "users", "tomasz.lewandowski").await;
    let to = json!({ "to": { "user": id }, "fields": ["name"] });
    let _ = stage.give(&stage.anna, &stage.shared, to).await.expect(201);
    let page = list(&tomasz, "people", &[("sort", "sort_name")]).await.expect(200).json();
    assert_eq!(ids(&page), [stage.shared.id.clone(), own.id.clone()], "{page}");
    let page = list(&tomasz, "people", &[]).await.expect(200).json();
    let by_name = |name: &str| {
        let mut found =
            page["items"].as_array().unwrap().iter().filter(|i| i["fields"]["first_name"] == name);
        found.next().unwrap_or_else(|| panic!("{name}: {page}"))["fields"].clone()
    };
    assert_eq!(by_name("Własna")["job_title"], "Księgowa");
    assert_eq!((by_name("Zofia").get("job_title"), by_name("Zofia").get("email")), (None, None));
    for (parameter, value) in [
        ("filter", "job_title:eq:Księgowa"),
        ("filter", "job_title:filled"),
        ("filter", "email:empty"),
        ("q", "example"),
        ("sort", "job_title"),
    ] {
        let found = ids(&list(&tomasz, "people", &[(parameter, value)]).await.expect(200).json());
        assert!(!found.contains(&stage.shared.id), "{parameter} {value} tells of what is hidden");
    }
    let found = list(&tomasz, "people", &[("q", "zofia")]).await.expect(200).json();
    assert_eq!(column(&found, "first_name"), [json!("Zofia")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gives_what_is_not_theirs_to_give() {
    let stage = Stage::new().await;
    let Stage { world, anna, ewa, shared, other, .. } = &stage;
    // Of the same team, but not the owner; of another team; and who has it by a grant alone.
    problem(&stage.give(&world.sign_in("piotr.zielinski").await, shared, json!({})).await, 403);
    problem(&stage.give(&world.sign_in("tomasz.lewandowski").await, shared, json!({})).await, 404);
    let _ = stage.give(anna, shared, json!({ "role": stage.contributor })).await.expect(201);
    problem(&stage.give(ewa, shared, json!({})).await, 403);
    problem(&ewa.get(&format!("{}/grants", shared.at)).await, 403);
    problem(&ewa.get(&format!("{}/grants", other.at)).await, 404);

    // More than the giver has: an action, and a field that the giver sees masked.
    let admin = world.sign_in("robert.szymanski").await;
    for (name, rights) in [
        ("exporting", json!({ "scopes": { "read": "own", "export": "own" }, "level": "read" })),
        ("clear", json!({ "scopes": { "read": "own" }, "level": "read", "special": "read" })),
    ] {
        let role =
            json!({ "name": name, "label": { "pl": name, "en": name }, "entities": { "person": rights } });
        let id = admin.post(&api("roles"), &role).await.expect(201).json()["id"].clone();
        problem(&stage.give(anna, shared, json!({ "role": id })).await, 403);
        if name == "clear" {
            let _ = stage.give(anna, shared, json!({ "role": id, "fields": ["name"] })).await.expect(201);
        }
    }
    let admin_role = role(&admin, "administrator").await;
    let own = named(&admin, "users", "anna.kowalska").await;
    for (with, field, code) in [
        (json!({ "reason": "x" }), "reason", "malformed-reason"),
        (json!({ "to": { "user": own } }), "to", "oneself"),
        (json!({ "to": { "user": stage.viewer } }), "to", "unknown-user"),
        (json!({ "to": { "team": stage.viewer } }), "to", "unknown-team"),
        (json!({ "role": admin_role }), "role", "unfit-role"),
        (json!({ "role": stage.ewa_id }), "role", "unfit-role"),
        (json!({ "until": stage.in_days(-1) }), "until", "out-of-range"),
        (json!({ "until": stage.in_days(1000) }), "until", "out-of-range"),
        (json!({ "from": "9999-06-01T12:00:00Z" }), "until", "out-of-range"),
        (json!({ "until": "jutro" }), "until", "not-a-time"),
        (json!({ "from": stage.in_days(2), "until": stage.in_days(1) }), "until", "out-of-range"),
        (json!({ "fields": ["pensja"] }), "fields", "unknown-field"),
        (json!({ "fields": [] }), "fields", "unknown-field"),
    ] {
        let answer = stage.give(anna, other, with.clone()).await;
        assert_eq!(issue(&problem(&answer, 422), field)["code"], code, "{with}");
    }
    problem(&ewa.get(&other.at).await, 404);
}

/// A grant cannot be made into more: not into ownership, not over what others wrote, not passed on, and not kept.
#[tokio::test(flavor = "multi_thread")]
async fn a_grant_stays_what_was_granted() {
    let stage = Stage::new().await;
    let Stage { world, anna, shared, note, .. } = &stage;
    let admin = world.sign_in("robert.szymanski").await;
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let id = named(&admin, "users", "tomasz.lewandowski").await;
    let seller = role(&admin, "seller").await;
    let with =
        json!({ "to": { "user": id }, "role": seller, "with_related": true, "fields": ["name", "email"] });
    let _ = stage.give(anna, shared, with).await.expect(201);
    // Whoever may make people of one's own does not take over one that is shared.
    let version = tomasz.get(&shared.at).await.expect(200).json()["version"].as_u64().unwrap();
    problem(&tomasz.patch(&shared.at, version, &json!({ "owner": id })).await, 403);
    let order = json!({ "select": { "ids": [shared.id] }, "change": { "owner": id } });
    let _ = tomasz.post(&api("people/bulk"), &order).await;
    let seen = tomasz.get(&shared.at).await.expect(200).json();
    assert_eq!((&seen["fields"].get("job_title"), &seen["version"]), (&None, &json!(version)));
    // What others wrote there is read, not changed; own ones are.
    let version = tomasz.get(&note.at).await.expect(200).json()["version"].as_u64().unwrap();
    problem(&tomasz.patch(&note.at, version, &json!({ "fields": { "body": "Bez rabatu" } })).await, 403);
    let mine = make_under(&tomasz, "notes", json!({ "body": "Moja" }), "person", &shared.id).await;
    let _ = tomasz.patch(&mine.at, 1, &json!({ "fields": { "body": "Moja, lepsza" } })).await.expect(200);
    // Nothing is written there in another's name.
    let other = json!({ "fields": { "body": "x" }, "parent": { "entity": "person", "id": shared.id }, "owner": stage.ewa_id });
    let answer = tomasz.post(&api("notes"), &other).await;
    assert!(matches!(answer.status.as_u16(), 403 | 404 | 422), "{}", answer.text);
    // The seller's role shares; of what is shared it does not.
    problem(&stage.give(&tomasz, shared, json!({})).await, 403);
    // A role that comes with conditions does not come without them, not even where it was granted before.
    let ewa = world.sign_in("ewa.pusta").await;
    let _ = stage.give(anna, shared, json!({})).await.expect(201);
    let _ = ewa.get(&shared.at).await.expect(200);
    admin.step_up(testkit::PASSWORD).await;
    let need = json!({ "everyone": "none", "roles": { stage.viewer.clone(): "any" }, "grace_days": 7 });
    let _ = require(&admin, 0, &need).await.expect(200);
    let answer = stage.give(anna, shared, json!({})).await;
    assert_eq!(issue(&problem(&answer, 422), "role")["code"], "unfit-role");
    problem(&ewa.get(&shared.at).await, 404);
}

/// One note of a person is shared with somebody whose own role reads notes: by that role the note is not reached, so it
/// shows nothing more of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_role_shows_nothing_of_what_it_does_not_reach() {
    let stage = Stage::new().await;
    let id = named(&stage.world.sign_in("robert.szymanski").await, "users", "tomasz.lewandowski").await;
    let task = json!({ "title": "Oddzwonić", "description": "Pytała o rabat", "place": "Biuro" });
    let task = make_under(&stage.anna, "activities", task, "person", &stage.shared.id).await;
    let with = json!({ "to": { "user": id }, "fields": ["title"] });
    let _ = stage.give(&stage.anna, &task, with).await.expect(201);
    let tomasz = stage.world.sign_in("tomasz.lewandowski").await;
    let seen = tomasz.get(&task.at).await.expect(200).json();
    assert_eq!(seen["fields"], json!({ "title": "Oddzwonić" }), "{seen}");
    let page = list(&tomasz, "activities", &[("q", "oddzwonic")]).await.expect(200).json();
    assert_eq!(page["items"][0]["fields"], json!({ "title": "Oddzwonić" }), "{page}");
    assert_eq!(
        ids(&list(&tomasz, "activities", &[("q", "rabat")]).await.expect(200).json()),
        Vec::<String>::new()
    );
    problem(&tomasz.get(&stage.shared.at).await, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_denial_outweighs_a_grant_and_a_team_shares_one() {
    let stage = Stage::new().await;
    let Stage { world, anna, ewa, shared, .. } = &stage;
    let admin = world.sign_in("robert.szymanski").await;
    let teams = admin.get(&api("teams")).await.expect(200).json();
    let mine = admin.get(&api(&format!("users/{}", stage.ewa_id))).await.expect(200).json();
    assert!(teams["items"].as_array().unwrap().iter().any(|t| t["id"] == mine["team"]));
    let later = json!({ "to": { "team": mine["team"] }, "from": stage.in_days(1) });
    assert_eq!(stage.give(anna, shared, later).await.expect(201).json()["state"], "pending");
    problem(&ewa.get(&shared.at).await, 404);
    let now = json!({ "to": { "team": mine["team"] } });
    let _ = stage.give(anna, shared, now).await.expect(201);
    let _ = ewa.get(&shared.at).await.expect(200);
    let denies = json!({
        "name": "denies", "label": { "pl": "x", "en": "x" }, "entities": {}, "denials": { "person": ["read"] },
    });
    endow(world, "ewa.pusta", &denies).await;
    problem(&ewa.get(&shared.at).await, 404);
}

/// What was granted, and what was ended, is so after a restart.
#[tokio::test(flavor = "multi_thread")]
async fn grants_outlive_a_restart() {
    let mut stage = Stage::new().await;
    let given = stage.give(&stage.anna, &stage.shared, json!({})).await.expect(201).json();
    stage.world.stop().await;
    stage.world.start().await.unwrap();
    let ewa = stage.world.sign_in("ewa.pusta").await;
    let _ = ewa.get(&stage.shared.at).await.expect(200);
    // Whoever has it may give it back.
    let _ = ewa.delete(&api(&format!("grants/{}", given["id"].as_str().unwrap())), 0).await.expect(204);
    problem(&ewa.get(&stage.shared.at).await, 404);
    stage.world.stop().await;
    stage.world.start().await.unwrap();
    problem(&stage.world.sign_in("ewa.pusta").await.get(&stage.shared.at).await, 404);
}

/// With the record its grants go, and the reason with the key.
#[tokio::test(flavor = "multi_thread")]
async fn erasure_takes_grants_along() {
    let stage = Stage::new().await;
    let given = stage.give(&stage.anna, &stage.shared, json!({})).await.expect(201).json();
    let dpo = json!({
        "name": "erases", "label": { "pl": "x", "en": "x" },
        "entities": { "person": { "scopes": { "read": "all", "erase": "all" }, "level": "read" } },
    });
    endow(&stage.world, "magdalena.wojcik", &dpo).await;
    let magdalena = stage.world.sign_in("magdalena.wojcik").await;
    let reason = json!({ "reason": "Żądanie usunięcia danych" });
    let _ = magdalena.post(&format!("{}/erase", stage.shared.at), &reason).await.expect(200);
    problem(&stage.ewa.get(&stage.shared.at).await, 404);
    problem(&stage.anna.delete(&api(&format!("grants/{}", given["id"].as_str().unwrap())), 0).await, 404);
    problem(&list(&stage.ewa, "people", &[]).await, 403);
    // Nothing of it is kept either.
    let mut world = stage.world;
    world.stop().await;
    world.start().await.unwrap();
    problem(&list(&world.sign_in("ewa.pusta").await, "people", &[]).await, 403);
}
