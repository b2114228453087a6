//! Partner organisations: what their users see, for how long, and what is tried by them against the house and against
//! each other. OWASP API Security 2023: API1 (object level), API3 (property level), API5 (function level).

use super::factors::{Phone, enrol};
use super::help::{Made, api, ids, issue, list, make, make_under, named, problem};
use super::links::{NEW, choose, settings};
use kernel::Clock;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, World};

pub(super) const DAY_MS: i64 = 24 * 3_600_000;

/// An agency with an agreement of 30 days and a guest of it, whom Anna gave one person to look at; and a rival.
pub(super) struct Stage {
    pub(super) world: World,
    pub(super) admin: Client,
    pub(super) anna: Client,
    pub(super) guest: Client,
    pub(super) guest_id: String,
    pub(super) rival_guest: String,
    pub(super) agency: String,
    pub(super) rival: String,
    pub(super) viewer: String,
    pub(super) shared: Made,
    pub(super) note: Made,
    pub(super) other: Made,
    pub(super) grant: Value,
}

impl Stage {
    pub(super) async fn new() -> Self {
        let world = World::with(settings()).await;
        let admin = world.sign_in("robert.szymanski").await;
        let anna = world.sign_in("anna.kowalska").await;
        let agency = partner(&world, &admin, "Agencja Sowa", true).await;
        let rival = partner(&world, &admin, "Agencja Puchacz", true).await;
        let (guest, guest_id) = guest(&world, &admin, "jan.gosc", &agency).await;
        let (_, rival_guest) = self::guest(&world, &admin, "olga.gosc", &rival).await;
        let viewer = named(&admin, "roles", "viewer").await;
        let person = |name: &str| json!({ "first_name": name, "last_name": "Partnerska", "email": format!("{name}@partnerska.example"), "job_title": "Księgowa" });
        let shared = make(&anna, "people", person("Zofia")).await;
        let other = make(&anna, "people", person("Teresa")).await;
        let note = make_under(&anna, "notes", json!({ "body": "Tylko dla nas" }), "person", &shared.id).await;
        let until = world.clock.now().plus_ms(20 * DAY_MS).rfc3339();
        let body = json!({ "to": { "partner": agency }, "role": viewer, "reason": "Kampania", "until": until, "fields": ["first_name", "email"] });
        let grant = anna.post(&format!("{}/grants", shared.at), &body).await.expect(201).json();
        Self {
            world,
            admin,
            anna,
            guest,
            guest_id,
            rival_guest,
            agency,
            rival,
            viewer,
            shared,
            note,
            other,
            grant,
        }
    }

    pub(super) async fn give(&self, with: Value) -> Answer {
        let until = self.world.clock.now().plus_ms(5 * DAY_MS).rfc3339();
        let mut body = json!({ "to": { "partner": self.agency }, "role": self.viewer, "reason": "Kampania", "until": until });
        body.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
        self.anna.post(&format!("{}/grants", self.other.at), &body).await
    }

    pub(super) async fn change(&self, partner: &str, with: &Value) -> Answer {
        let at = api(&format!("partners/{partner}"));
        let version = self.admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
        self.admin.patch(&at, version, with).await
    }
}

fn agreement(world: &World, days: i64) -> Value {
    let now = world.clock.now();
    json!({
        "ground": "processing_agreement", "number": "UPP/1/2026", "signed_on": "2026-11-01",
        "valid_from": now.plus_ms(-DAY_MS).rfc3339(), "valid_until": now.plus_ms(days * DAY_MS).rfc3339(),
    })
}

pub(super) async fn partner(world: &World, admin: &Client, name: &str, agreed: bool) -> String {
    let mut body = json!({ "name": name, "contact": { "name": "Ada Sowa", "email": "ada@sowa.example" } });
    if agreed {
        body["agreement"] = agreement(world, 30);
    }
    let made = admin.post(&api("partners"), &body).await.expect(201).json();
    assert_eq!(made["agreed"], agreed, "{made}");
    made["id"].as_str().unwrap().to_owned()
}

pub(super) fn new_guest(login: &str, partner: &str) -> Value {
    json!({ "login": login, "name": format!("Gość {login}"), "email": format!("{login}@sowa.example"), "partner": partner, "invite": {} })
}

/// Somebody of a partner who was invited, chose a password, signed in and added the factor that is asked for.
pub(super) async fn guest(world: &World, admin: &Client, login: &str, partner: &str) -> (Client, String) {
    let (client, id, _) = guest_with_phone(world, admin, login, partner).await;
    (client, id)
}

/// As [`guest`], with what makes the codes.
pub(super) async fn guest_with_phone(
    world: &World,
    admin: &Client,
    login: &str,
    partner: &str,
) -> (Client, String, Phone) {
    let made = admin.post(&api("users"), &new_guest(login, partner)).await.expect(201).json();
    let link = made["invitation"]["link"].as_str().unwrap().rsplit_once('#').unwrap().1.to_owned();
    let _ = choose(&world.client(), &link, NEW).await.expect(200);
    let client = world.client();
    client.sign_in(login, NEW).await;
    let first = client.get(&api("people")).await;
    assert_eq!(problem(&first, 403)["type"], "urn:klucznik:problem:factor-required");
    let phone = enrol(&client, world.clock.now().0).await;
    (client, made["id"].as_str().unwrap().to_owned(), phone)
}

/// Somebody of a partner with whom nothing was shared yet.
pub async fn invited_guest(world: &World, admin: &Client) -> Client {
    let agency = partner(world, admin, "Agencja Sowa", true).await;
    guest(world, admin, "jan.gosc", &agency).await.0
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_sees_what_was_shared_and_who_nobody_is() {
    let stage = Stage::new().await;
    let Stage { guest, shared, note, other, .. } = &stage;
    let seen = guest.get(&shared.at).await.expect(200).json();
    let fields: Vec<&String> = seen["fields"].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["email", "first_name"], "{seen}");
    assert_eq!(seen["access"]["actions"], json!(["read"]));
    for nobody in ["owner", "team", "created_by", "updated_by"] {
        assert_eq!(seen[nobody]["name"], "", "{nobody}: {seen}");
        assert_eq!(seen[nobody]["id"], "00000000-0000-0000-0000-000000000000", "{nobody}");
    }
    assert!(!seen.to_string().contains("Kowalska") && !seen.to_string().contains("Księgowa"));
    let page = list(guest, "people", &[("count", "true")]).await.expect(200).json();
    assert_eq!(ids(&page), std::slice::from_ref(&shared.id));
    assert_eq!(page["items"][0]["owner"], "00000000-0000-0000-0000-000000000000");
    for hidden in [other, note] {
        problem(&guest.get(&hidden.at).await, 404);
    }
    // A kind of which nothing is shared is as one that there is not.
    let refused = problem(&list(guest, "notes", &[]).await, 404);
    assert_eq!(refused["detail"], problem(&list(guest, "unknowns", &[]).await, 404)["detail"]);
    problem(&guest.get(&api("notes/export")).await, 404);
    // Nor does it learn which fields there are besides, or what else is known of the same person.
    assert_eq!((&seen["access"]["hidden"], &page["access"]["hidden"]), (&json!([]), &json!([])));
    assert_eq!(seen["subject"], "00000000-0000-0000-0000-000000000000");
    let me = guest.get(&api("me")).await.expect(200).json();
    assert_eq!((&me["partner"]["name"], &me["administrators"]), (&json!("Agencja Sowa"), &json!([])));
    assert_eq!(me["partner"]["access_until"], stage.grant["until"]);
    assert_eq!(me["partner"]["ends_next"], stage.grant["until"]);
    assert_eq!((&me["roles"], &me["things"], &me["team"]["name"]), (&json!([]), &json!({}), &json!("")));
    let kinds: Vec<&str> = me["entities"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!((kinds, &me["hidden"]), (vec!["person"], &json!({})));
    // Of the descriptors it sees those of what was shared, and the house sees all of them before and after.
    let told = guest.get(&api("entities")).await.expect(200).json();
    let names = |of: &Value| -> Vec<String> {
        let all = of.as_array().unwrap().iter();
        all.map(|e| e["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&told["items"]), ["person"], "{told}");
    assert_eq!(names(&told["items"][0]["fields"]), ["first_name", "email"]);
    assert!(names(&stage.anna.get(&api("entities")).await.json()["items"]).len() > 4);
    // Of the own events it sees signing in.
    let events = guest.get(&api("me/events")).await.expect(200).json();
    let acts: Vec<&str> =
        events["items"].as_array().unwrap().iter().map(|e| e["act"].as_str().unwrap()).collect();
    assert!(acts.contains(&"session.start") && !acts.iter().any(|a| a.starts_with("record.")), "{acts:?}");
    let asked = guest.get(&api("me/events?act=record.read")).await.expect(200).json();
    assert_eq!(asked["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_shared_without_an_agreement_an_end_and_a_role_that_looks() {
    let stage = Stage::new().await;
    let Stage { world, admin, .. } = &stage;
    let bare = partner(world, admin, "Bez umowy", false).await;
    let code = |answer: &Answer, field: &str| issue(&problem(answer, 422), field)["code"].clone();
    assert_eq!(code(&stage.give(json!({ "to": { "partner": bare } })).await, "to"), "partner-no-agreement");
    assert_eq!(
        code(&stage.give(json!({ "to": { "partner": stage.viewer } })).await, "to"),
        "partner-unknown"
    );
    assert_eq!(code(&stage.give(json!({ "until": null })).await, "until"), "partner-end-needed");
    let later = world.clock.now().plus_ms(31 * DAY_MS).rfc3339();
    assert_eq!(code(&stage.give(json!({ "until": later })).await, "until"), "partner-end-needed");
    let of_guest = json!({ "to": { "user": stage.guest_id }, "until": later });
    assert_eq!(code(&stage.give(of_guest).await, "until"), "partner-end-needed");
    let contributor = named(admin, "roles", "contributor").await;
    assert_eq!(code(&stage.give(json!({ "role": contributor })).await, "role"), "partner-unfit-role");
    let given =
        stage.give(json!({ "to": { "user": stage.guest_id }, "fields": ["first_name"] })).await.expect(201);
    assert_eq!(given.json()["partner"]["name"], "Agencja Sowa");
    // An agreement without end, and one longer than a year, do not make a grant longer than a year.
    let endless = json!({ "add_agreement": { "ground": "joint_controllers", "number": "W/2", "signed_on": "2026-11-01", "valid_from": world.clock.now().plus_ms(-DAY_MS).rfc3339(), "valid_until": null } });
    let _ = stage.change(&stage.agency, &endless).await.expect(200);
    let year = world.clock.now().plus_ms(400 * DAY_MS).rfc3339();
    assert_eq!(code(&stage.give(json!({ "until": year })).await, "until"), "partner-end-needed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_the_agreement_ends_what_is_shared() {
    let stage = Stage::new().await;
    let Stage { world, guest, shared, .. } = &stage;
    let _ = guest.get(&shared.at).await.expect(200);
    let kept = stage.admin.get(&api(&format!("partners/{}", stage.agency))).await.expect(200).json();
    let agreement = kept["agreements"][0]["id"].clone();
    let soon = world.clock.now().plus_ms(1_000).rfc3339();
    let body = json!({ "end_agreement": { "id": agreement, "valid_until": soon } });
    let _ = stage.change(&stage.agency, &body).await.expect(200);
    let _ = guest.get(&shared.at).await.expect(200);
    world.clock.advance_ms(1_000);
    problem(&guest.get(&shared.at).await, 404);
    problem(&list(guest, "people", &[]).await, 404);
    assert_eq!(guest.get(&api("me")).await.expect(200).json()["partner"]["access_until"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn suspending_a_partner_ends_all_its_users_at_once() {
    let stage = Stage::new().await;
    let Stage { world, guest, shared, .. } = &stage;
    let _ = guest.get(&shared.at).await.expect(200);
    let _ = stage.change(&stage.agency, &json!({ "active": false })).await.expect(200);
    problem(&guest.get(&shared.at).await, 401);
    let body = json!({ "login": "jan.gosc", "password": NEW });
    problem(&world.client().post(&api("sessions"), &body).await, 401);
    let none = stage.admin.get(&api(&format!("users/{}/sessions", stage.guest_id))).await.expect(200).json();
    assert_eq!(none["items"], json!([]));
    // Neither somebody new nor somebody of before is let in while it is suspended.
    let more = stage.admin.post(&api("users"), &new_guest("iza.gosc", &stage.agency)).await;
    assert_eq!(issue(&problem(&more, 422), "partner")["code"], "partner-unknown");
    let at = api(&format!("users/{}", stage.guest_id));
    let version = stage.admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    problem(&stage.admin.patch(&at, version, &json!({ "active": true })).await, 422);
    let _ = stage.change(&stage.agency, &json!({ "active": true })).await.expect(200);
    problem(&world.client().post(&api("sessions"), &body).await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_of_a_partner_becomes_one_of_the_house() {
    let stage = Stage::new().await;
    let Stage { admin, anna, guest_id, .. } = &stage;
    let seller = named(admin, "roles", "seller").await;
    let team = named(admin, "teams", "Północ").await;
    let code = |answer: &Answer, field: &str| issue(&problem(answer, 422), field)["code"].clone();
    for (field, value, expected) in
        [("roles", json!([seller]), "partner-has-no-roles"), ("team", json!(team), "partner-has-no-team")]
    {
        let mut body = new_guest("ula.gosc", &stage.agency);
        body[field] = value.clone();
        assert_eq!(code(&admin.post(&api("users"), &body).await, field), expected);
        let at = api(&format!("users/{guest_id}"));
        let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
        assert_eq!(code(&admin.patch(&at, version, &json!({ field: value })).await, field), expected);
    }
    let unknown = admin.post(&api("users"), &new_guest("ula.gosc", &seller)).await;
    assert_eq!(code(&unknown, "partner"), "partner-unknown");
    let without = json!({ "login": "ktos.nowy", "name": "Ktoś", "email": "k@firma.example" });
    assert_eq!(code(&admin.post(&api("users"), &without).await, "team"), "unknown-team");
    // It owns nothing, answers for nothing, and is no colleague.
    let owned = json!({ "owner": guest_id, "fields": { "last_name": "Cudza" } });
    assert_eq!(code(&anna.post(&api("people"), &owned).await, "owner"), "unknown-user");
    let service = json!({ "name": "Program", "owner": guest_id, "team": team, "ends_at": stage.world.clock.now().plus_ms(DAY_MS).rfc3339() });
    assert_eq!(code(&admin.post(&api("service-accounts"), &service).await, "owner"), "no-owner");
    for path in ["colleagues", "colleagues?to_own=person"] {
        let all = anna.get(&api(path)).await.expect(200).json();
        assert!(!all.to_string().contains(guest_id.as_str()), "{path}");
    }
    // Only whoever manages users enters partners; whoever shares knows those with which something can be shared.
    problem(&anna.post(&api("partners"), &json!({ "name": "Moja" })).await, 403);
    problem(&anna.get(&api(&format!("partners/{}", stage.agency))).await, 403);
    let told = anna.get(&api("partners")).await.expect(200).json();
    assert!(
        told.to_string().contains("Agencja Sowa") && !told.to_string().contains("ada@sowa.example"),
        "{told}"
    );
    let auditor = stage.world.sign_in("danuta.krol").await;
    assert!(auditor.get(&api("partners")).await.expect(200).text.contains("ada@sowa.example"));
}

/// What a partner's user is answered by each route that serves such users; of all others it is not found. A route that is
/// new, and serves them, fails here until it is decided on.
const SERVED: [&str; 34] = [
    "GET /api/v1/entities",
    "GET /api/v1/grants",
    "GET /api/v1/me",
    "GET /api/v1/me/accounts",
    "DELETE /api/v1/me/email",
    "GET /api/v1/me/email",
    "PUT /api/v1/me/email",
    "POST /api/v1/me/email/lost",
    "GET /api/v1/me/events",
    "GET /api/v1/me/factors",
    "POST /api/v1/me/factors",
    "POST /api/v1/me/factors/passkey",
    "POST /api/v1/me/factors/recovery",
    "POST /api/v1/me/factors/totp",
    "DELETE /api/v1/me/factors/{id}",
    "PATCH /api/v1/me/factors/{id}",
    "PUT /api/v1/me/password",
    "GET /api/v1/me/preferences",
    "PUT /api/v1/me/preferences",
    "POST /api/v1/me/step-up",
    "POST /api/v1/me/step-up/finish",
    "GET /api/v1/notices",
    "POST /api/v1/notices/read",
    "POST /api/v1/notices/{id}/read",
    "GET /api/v1/registrations",
    "POST /api/v1/registrations",
    "GET /api/v1/sessions",
    "DELETE /api/v1/sessions/{id}",
    "GET /api/v1/{entities}",
    "GET /api/v1/{entities}/export",
    "POST /api/v1/{entities}/query",
    "GET /api/v1/{entities}/{id}",
    // These end the session of the test.
    "DELETE /api/v1/sessions",
    "DELETE /api/v1/sessions/current",
];

/// Routes that are open to everybody, signed in or not.
const OPEN: [&str; 17] = [
    "GET /api/v1/sign-in",
    "GET /api/v1/sign-on",
    "GET /api/v1/sign-on/front-channel/{provider}",
    "GET /health/live",
    "GET /health/ready",
    "POST /api/v1/links/email",
    "POST /api/v1/links/look",
    "POST /api/v1/links/password",
    "POST /api/v1/links/refuse-email",
    "POST /api/v1/password-resets",
    "POST /api/v1/reports/csp",
    "POST /api/v1/sessions",
    "POST /api/v1/sessions/factor",
    "POST /api/v1/sessions/passkey",
    "POST /api/v1/sign-on",
    "POST /api/v1/sign-on/back-channel/{provider}",
    "POST /api/v1/sign-on/finish",
];

fn is_open(route: &str) -> bool {
    OPEN.contains(&route)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guessed_address_is_not_found_by_every_route() {
    let stage = Stage::new().await;
    let guest = &stage.guest;
    let nothing = problem(&guest.get(&api("people/0190a6c2-7b1e-7c3d-8e4f-0123456789ab")).await, 404);
    let same = |answer: &Answer, what: &str| {
        let told = problem(answer, 404);
        for part in ["type", "title", "detail"] {
            assert_eq!(told[part], nothing[part], "{what}: {told}");
        }
    };
    let team = named(&stage.admin, "teams", "Północ").await;
    let anna_id = named(&stage.admin, "users", "anna.kowalska").await;
    let session =
        stage.anna.get(&api("sessions")).await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    let grant = stage.grant["id"].as_str().unwrap();
    let foreign = [
        &*stage.other.id,
        &stage.note.id,
        &team,
        &anna_id,
        &stage.rival,
        &stage.rival_guest,
        &session,
        grant,
        &stage.shared.id,
        &stage.agency,
        &stage.guest_id,
    ];
    let (mut refused, mut tried) = (0, 0);
    for route in include_str!("../../../crates/server/src/openapi/routes.txt").lines() {
        let (method, path) = route.split_once(' ').unwrap();
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let served = SERVED.contains(&route);
        if is_open(route) && !served || served && !path.contains("{id}") {
            continue;
        }
        let needs = path.contains('{');
        for id in foreign.iter().take(if needs { foreign.len() } else { 1 }) {
            for plural in ["people", "notes"] {
                if served && *id == stage.shared.id && plural == "people" {
                    continue;
                }
                let path = path.replace("{entities}", plural).replace("{entity}", "person");
                let path = ["{id}", "{session}", "{token}", "{account}"]
                    .iter()
                    .fold(path, |p, of| p.replace(of, id));
                let sent = guest.request(method.clone(), &path).header("if-match", "\"1\"").json(&json!({}));
                let answer = guest.send(sent).await;
                // What is wrong with what was sent may be said first where the route is the user's own.
                let own = served && path.contains("/me/factors/") && answer.status == 422;
                if !own {
                    same(&answer, &format!("{route} {id}"));
                }
                tried += 1;
                if !path.contains(plural) {
                    break;
                }
            }
        }
        refused += u32::from(!served);
    }
    assert!(refused > 80 && tried > 400, "{refused} routes, {tried} requests");
    for route in SERVED {
        let path = route.strip_prefix("GET ").filter(|path| !path.contains("{id}"));
        let Some(path) = path else { continue };
        // The role only looks.
        let status = if path.ends_with("/export") { 403 } else { 200 };
        let answer = guest.get(&path.replace("{entities}", "people")).await;
        assert_eq!(answer.status.as_u16(), status, "{route}: {}", answer.text);
    }
    let _ = guest.get(&stage.shared.at).await.expect(200);
    let _ = guest.get(&api("entities")).await.expect(200);
}

pub(super) async fn disclosed(client: &Client, query: &str) -> Vec<Value> {
    let page = client.get(&api(&format!("disclosures?{query}"))).await.expect(200).json();
    page["items"].as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_reached_a_partner_is_in_the_ledger_and_stays_provable() {
    let stage = Stage::new().await;
    let Stage { world, anna, guest, shared, .. } = &stage;
    let _ = guest.get(&shared.at).await.expect(200);
    let _ = list(guest, "people", &[("fields", "first_name")]).await.expect(200);
    // One of the house is no partner.
    let _ = anna.get(&shared.at).await.expect(200);
    let dpo = world.sign_in("zofia.jablonska").await;
    let subject = anna.get(&shared.at).await.json()["subject"].as_str().unwrap().to_owned();
    let by_record = format!("record={}", shared.id);
    assert_eq!(disclosed(anna, &by_record).await.len(), 2);
    let found = disclosed(&dpo, &by_record).await;
    assert_eq!(found.len(), 2, "{found:?}");
    let (listed, opened) = (&found[0], &found[1]);
    assert_eq!((&listed["channel"], &listed["fields"]), (&json!("list"), &json!(["first_name"])));
    assert_eq!((&opened["channel"], &opened["fields"]), (&json!("record"), &json!(["first_name", "email"])));
    for item in &found {
        assert_eq!(item["grants"], json!([stage.grant["id"]]), "{item}");
        assert_eq!((&item["version"], &item["partner"]["name"]), (&json!(1), &json!("Agencja Sowa")));
        assert_eq!(item["user"]["id"], json!(stage.guest_id));
        assert!(!item.to_string().contains("Zofia"), "no values: {item}");
    }
    for query in [format!("subject={subject}"), format!("partner={}", stage.agency), "limit=200".to_owned()] {
        assert_eq!(disclosed(&dpo, &query).await, found, "{query}");
    }
    assert_eq!(disclosed(&dpo, &format!("partner={}", stage.rival)).await, Vec::<Value>::new());
    let later = world.clock.now().plus_ms(DAY_MS).rfc3339();
    assert_eq!(disclosed(&dpo, &format!("{by_record}&from={later}")).await, Vec::<Value>::new());
    // Page by page the same.
    let first = dpo.get(&api(&format!("disclosures?{by_record}&limit=1"))).await.expect(200).json();
    let next = disclosed(&dpo, &format!("{by_record}&limit=1&before={}", first["next_before"])).await;
    assert_eq!((&first["items"][0], &next[0]), (&found[0], &found[1]));
    // Whoever may not share the record, nor read the ledger, learns nothing.
    let piotr = world.sign_in("tomasz.lewandowski").await;
    problem(&piotr.get(&api(&format!("disclosures?{by_record}"))).await, 404);
    problem(&piotr.get(&api("disclosures")).await, 403);
    problem(&anna.get(&api(&format!("disclosures?subject={subject}"))).await, 403);
    let file = dpo.get(&api(&format!("disclosures/export?{by_record}"))).await.expect(200).text;
    assert_eq!(file.lines().count(), 3, "{file}");
    assert!(file.contains("Agencja Sowa") && !file.contains("Zofia"), "{file}");

    // Erased: that it was disclosed stays, and can be proved.
    let reason = json!({ "reason": "Żądanie usunięcia danych" });
    let _ = dpo.post(&format!("{}/erase", shared.at), &reason).await.expect(200);
    let after = disclosed(&dpo, &format!("subject={subject}")).await;
    assert_eq!(after.len(), 2, "{after:?}");
    assert_eq!((&after[1]["fields"], &after[1]["partner"]["name"]), (&Value::Null, &json!("Agencja Sowa")));
    assert_eq!(after[0]["fields"], json!(["first_name"]));
    let event = after[1]["event"].as_str().unwrap();
    let _ = dpo.get(&api(&format!("ledger/events/{event}/proof"))).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_partner_takes_out_is_disclosed_by_name_of_each_record() {
    let stage = Stage::new().await;
    let Stage { admin, guest, other, .. } = &stage;
    problem(&guest.get(&api("people/export")).await, 403);
    let rights = json!({ "scopes": { "read": "own", "export": "own" }, "level": "read" });
    let role = json!({ "name": "taking_out", "label": { "pl": "Eksport", "en": "Export" }, "entities": { "person": rights } });
    let role = admin.post(&api("roles"), &role).await.expect(201).json()["id"].clone();
    let magda = stage.world.sign_in("magdalena.wojcik").await;
    let until = stage.world.clock.now().plus_ms(5 * DAY_MS).rfc3339();
    let body = json!({ "to": { "partner": stage.agency }, "role": role, "reason": "Wysyłka", "until": until, "fields": ["first_name"] });
    let grant = magda.post(&format!("{}/grants", other.at), &body).await.expect(201).json();
    let file = guest.get(&api("people/export")).await.expect(200).text;
    assert!(file.contains("Teresa") && !file.contains("Zofia") && !file.contains("Kowalska"), "{file}");
    let found = disclosed(&stage.world.sign_in("danuta.krol").await, &format!("record={}", other.id)).await;
    assert_eq!((&found[0]["channel"], &found[0]["fields"]), (&json!("export"), &json!(["first_name"])));
    assert_eq!(found[0]["grants"], json!([grant["id"]]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_hangs_on_a_record_in_the_bin_is_not_taken_out_by_a_partner() {
    let stage = Stage::new().await;
    let Stage { admin, anna, guest, other, .. } = &stage;
    let rights = json!({ "scopes": { "read": "own", "export": "own" }, "level": "read" });
    let entities = json!({ "person": rights, "note": rights });
    let role =
        json!({ "name": "taking_out", "label": { "pl": "Eksport", "en": "Export" }, "entities": entities });
    let role = admin.post(&api("roles"), &role).await.expect(201).json()["id"].clone();
    let magda = stage.world.sign_in("magdalena.wojcik").await;
    let until = stage.world.clock.now().plus_ms(5 * DAY_MS).rfc3339();
    let body = json!({ "to": { "partner": stage.agency }, "role": role, "reason": "Wysyłka", "until": until, "with_related": true });
    let _ = magda.post(&format!("{}/grants", other.at), &body).await.expect(201);
    let _ = make_under(anna, "notes", json!({ "body": "Dla partnera" }), "person", &other.id).await;
    let file = async || guest.get(&api("notes/export")).await.expect(200).text;
    assert!(file().await.contains("Dla partnera"));
    let version = anna.get(&other.at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = anna.delete(&other.at, version).await;
    assert!(!file().await.contains("Dla partnera"), "its contact is in the bin");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_partner_asks_by_counts_as_shown() {
    let stage = Stage::new().await;
    let Stage { anna, guest, shared, .. } = &stage;
    let by_record = format!("record={}", shared.id);
    for more in [("filter", "email:filled"), ("sort", "-email")] {
        let page = list(guest, "people", &[("fields", "first_name"), more]).await.expect(200).json();
        assert_eq!(ids(&page), std::slice::from_ref(&shared.id), "{more:?}");
        let told = &disclosed(anna, &by_record).await[0];
        assert_eq!(told["fields"], json!(["first_name", "email"]), "{more:?}: {told}");
    }
    let _ = list(guest, "people", &[("fields", "first_name")]).await.expect(200);
    assert_eq!(disclosed(anna, &by_record).await[0]["fields"], json!(["first_name"]));
    // By the people of the house nothing can be asked.
    for name in ["owner", "team", "created_by", "updated_by"] {
        let filter = format!("{name}:eq:{}", stage.guest_id);
        problem(&list(guest, "people", &[("filter", &filter)]).await, 422);
        let _ = list(anna, "people", &[("filter", &filter)]).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_the_bin_is_not_there_for_a_partner() {
    let stage = Stage::new().await;
    let Stage { anna, guest, shared, .. } = &stage;
    let _ = guest.get(&shared.at).await.expect(200);
    problem(&list(guest, "people", &[("binned", "true")]).await, 422);
    let version = anna.get(&shared.at).await.expect(200).json()["version"].as_u64().unwrap();
    let binned = anna.delete(&shared.at, version).await;
    assert!(binned.status.is_success(), "{}", binned.text);
    problem(&guest.get(&shared.at).await, 404);
    let own = guest.get(&api("grants")).await.expect(200).json();
    assert_eq!(own["items"][0]["record"], Value::Null, "{own}");
    let _ = anna.get(&shared.at).await.expect(200);
    // Nor is what hangs on it, though that is not in the bin itself.
    let _ = stage.give(json!({ "with_related": true })).await.expect(201);
    let note = make_under(anna, "notes", json!({ "body": "Dla partnera" }), "person", &stage.other.id).await;
    let _ = guest.get(&note.at).await.expect(200);
    assert_eq!(ids(&list(guest, "notes", &[]).await.expect(200).json()), std::slice::from_ref(&note.id));
    let version = anna.get(&stage.other.at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = anna.delete(&stage.other.at, version).await;
    problem(&guest.get(&note.at).await, 404);
    let page = list(guest, "notes", &[("count", "true")]).await.expect(200).json();
    assert_eq!((ids(&page).len(), &page["count"]), (0, &json!(0)), "not even by number");
    let _ = anna.get(&note.at).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_lists_what_it_was_given_without_names_of_the_house() {
    let stage = Stage::new().await;
    let Stage { world, guest, shared, .. } = &stage;
    let page = guest.get(&api("grants")).await.expect(200).json();
    let items = page["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{page}");
    assert_eq!((&items[0]["id"], &items[0]["record"]["id"]), (&stage.grant["id"], &json!(shared.id)));
    assert_eq!(items[0]["by"]["name"], "");
    assert_eq!((&items[0]["owner"], &items[0]["reason"]), (&Value::Null, &Value::Null));
    assert!(!page.to_string().contains("Kowalska") && !page.to_string().contains("Kampania"), "{page}");
    problem(&guest.get(&api("grants?direction=given")).await, 422);
    // Once the agreement is over the record is not named any more, nor its kind.
    let kept = stage.admin.get(&api(&format!("partners/{}", stage.agency))).await.expect(200).json();
    let soon = world.clock.now().plus_ms(1_000).rfc3339();
    let end = json!({ "end_agreement": { "id": kept["agreements"][0]["id"], "valid_until": soon } });
    let _ = stage.change(&stage.agency, &end).await.expect(200);
    world.clock.advance_ms(1_000);
    let after = guest.get(&api("grants")).await.expect(200).json();
    assert!(!after.to_string().contains(&shared.id) && !after.to_string().contains("person"), "{after}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_what_is_shared_is_told_without_names_of_the_house() {
    let stage = Stage::new().await;
    let until = stage.world.clock.now().plus_ms(7 * DAY_MS + 60_000).rfc3339();
    let _ = stage.give(json!({ "to": { "user": stage.guest_id }, "until": until })).await.expect(201);
    stage.world.clock.advance_ms(120_000);
    stage.world.app().engine().keep_grants().await.unwrap();
    let told = stage.guest.get(&api("notices")).await.expect(200).json();
    assert!(told.to_string().contains("grant-ends-soon"), "{told}");
    assert!(!told.to_string().contains("Kowalska"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_the_contact_that_is_not_named_stays() {
    let stage = Stage::new().await;
    let changed = stage.change(&stage.agency, &json!({ "contact": { "phone": "600" } })).await.expect(200);
    let contact = json!({ "name": "Ada Sowa", "email": "ada@sowa.example", "phone": "600" });
    assert_eq!(changed.json()["contact"], contact);
    let changed = stage.change(&stage.agency, &json!({ "contact": { "name": "" } })).await.expect(200);
    assert_eq!(changed.json()["contact"]["name"], "");
}
