//! Findings about rights: what is not used, not needed, does not go together or has no owner is found; what is used is
//! not; and nobody learns of it who does not read users. OWASP API Security 2023: API5 (function level).

use super::grants::{DAY_MS, Stage, role};
use super::help::{api, endow, issue, list, make, named, problem};
use kernel::Clock;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, World};

const SELLER: &str = "6b6c7563-0000-8000-8000-7a6e696b0001";
const TEAM_LEAD: &str = "6b6c7563-0000-8000-8000-7a6e696b0002";
const DPO: &str = "6b6c7563-0000-8000-8000-7a6e696b0005";
const ADMINISTRATOR: &str = "6b6c7563-0000-8000-8000-7a6e696b0006";
const AUDITOR: &str = "6b6c7563-0000-8000-8000-7a6e696b0007";

async fn page(client: &Client, query: &str) -> Value {
    client.get(&api(&format!("findings?{query}"))).await.expect(200).json()
}

/// All that is found of a kind, one page after the other.
async fn found(client: &Client, kind: &str, limit: u32) -> Vec<Value> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = page(client, &format!("kind={kind}&limit={limit}{cursor}")).await;
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= limit as usize);
        all.extend(items.clone());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

fn names(found: &[Value]) -> Vec<&str> {
    let mut names: Vec<&str> = found.iter().map(|f| f["user"]["name"].as_str().unwrap_or("-")).collect();
    names.sort_unstable();
    names
}

fn grants(found: &[Value]) -> Vec<&Value> {
    found.iter().map(|f| &f["grant"]["id"]).collect()
}

async fn user(client: &Client, login: &str) -> Value {
    let id = named(client, "users", login).await;
    client.get(&api(&format!("users/{id}"))).await.expect(200).json()
}

async fn change(client: &Client, login: &str, with: Value) -> Answer {
    let user = user(client, login).await;
    let at = api(&format!("users/{}", user["id"].as_str().unwrap()));
    client.patch(&at, user["version"].as_u64().unwrap(), &with).await
}

async fn events(world: &World, act: &str) -> usize {
    let auditor = world.sign_in("danuta.krol").await;
    let events = auditor.get(&api(&format!("ledger/events?act={act}"))).await.expect(200).json();
    events["items"].as_array().unwrap().len()
}

async fn put(client: &Client, version: u64, pairs: Value) -> Answer {
    let request = client.request(Method::PUT, &api("role-conflicts"));
    client.send(request.header("if-match", format!("\"{version}\"")).json(&json!({ "pairs": pairs }))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_of_which_nothing_was_used_for_90_days_is_found_and_no_other() {
    let mut world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    // Before the ledger was looked through nothing is told that rests on it.
    let first = page(&admin, "kind=unused_role").await;
    assert_eq!((&first["items"], &first["used_until"]), (&json!([]), &Value::Null));
    world.app().engine().note_use().await.unwrap();
    world.clock.advance_ms(60 * DAY_MS);
    let admin = world.sign_in("robert.szymanski").await;
    let _ = admin.get(&api("users")).await.expect(200);
    let viewer = role(&admin, "viewer").await;
    let _ = change(&admin, "ewa.pusta", json!({ "roles": [viewer] })).await.expect(200);
    let anna = world.sign_in("anna.kowalska").await;
    let _ = make(&anna, "people", json!({ "last_name": "Używana" })).await;
    // To sign in, to look at one's own settings and history, or to be refused is no use of a role.
    let (marta, danuta) = (world.sign_in("marta.nowak").await, world.sign_in("danuta.krol").await);
    for client in [&marta, &danuta] {
        for own in ["me", "me/events", "me/preferences", "notices", "sessions", "teams"] {
            let _ = client.get(&api(own)).await.expect(200);
        }
        problem(&client.get(&api("deals")).await, 403);
    }
    world.app().engine().note_use().await.unwrap();
    world.clock.advance_ms(31 * DAY_MS);
    world.app().engine().note_use().await.unwrap();
    let admin = world.sign_in("robert.szymanski").await;
    let unused = found(&admin, "unused_role", 100).await;
    let expected = [
        "Barbara Dąbrowska",
        "Danuta Król",
        "Magdalena Wójcik",
        "Marta Nowak",
        "Piotr Zieliński",
        "Tomasz Lewandowski",
        "Zofia Jabłońska",
    ];
    assert_eq!(names(&unused), expected);
    let piotr = unused.iter().find(|f| f["user"]["name"] == "Piotr Zieliński").unwrap();
    assert_eq!((&piotr["roles"][0]["id"], &piotr["last_used"]), (&json!(SELLER), &Value::Null));
    assert_eq!((&piotr["remedies"], &piotr["team"]["name"]), (&json!(["withdraw_role"]), &json!("Północ")));
    assert_eq!(names(&found(&admin, "unused_role", 1).await), expected, "page by page");
    // It is noted once a day, and known after a restart.
    let noted = events(&world, "rights.used").await;
    world.app().engine().note_use().await.unwrap();
    assert_eq!(events(&world, "rights.used").await, noted);
    world.stop().await;
    world.start().await.unwrap();
    let admin = world.sign_in("robert.szymanski").await;
    assert_eq!(names(&found(&admin, "unused_role", 3).await), expected);
    // Taken away, it is found no more; used, neither, from the next day on.
    let _ = change(&admin, "piotr.zielinski", json!({ "roles": [] })).await.expect(200);
    let _ = list(&world.sign_in("marta.nowak").await, "people", &[]).await.expect(200);
    assert_eq!(found(&admin, "unused_role", 100).await.len(), expected.len() - 1);
    world.clock.advance_ms(DAY_MS);
    world.app().engine().note_use().await.unwrap();
    let admin = world.sign_in("robert.szymanski").await;
    let left = found(&admin, "unused_role", 100).await;
    assert!(names(&left).iter().all(|name| !["Marta Nowak", "Piotr Zieliński"].contains(name)), "{left:?}");
    // What was not looked for lately is not told of as unused.
    world.clock.advance_ms(3 * DAY_MS);
    let admin = world.sign_in("robert.szymanski").await;
    let late = page(&admin, "kind=unused_role").await;
    assert_eq!((&late["items"], &late["used_until"]), (&json!([]), &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_ahead_once_makes_nothing_look_unused() {
    let world = World::new().await;
    world.app().engine().note_use().await.unwrap();
    world.clock.advance_ms(400 * DAY_MS);
    world.app().engine().note_use().await.unwrap();
    world.clock.advance_ms(-400 * DAY_MS);
    // What was known until a day that is yet to come is not known.
    let admin = world.sign_in("robert.szymanski").await;
    let ahead = page(&admin, "kind=unused_role").await;
    assert_eq!((&ahead["items"], &ahead["used_until"]), (&json!([]), &Value::Null));
    world.clock.advance_ms(60 * DAY_MS);
    let _ = list(&world.sign_in("marta.nowak").await, "people", &[]).await.expect(200);
    world.clock.advance_ms(40 * DAY_MS);
    world.app().engine().note_use().await.unwrap();
    let admin = world.sign_in("robert.szymanski").await;
    let now = page(&admin, "kind=unused_role").await;
    let today = identity::Day::of(world.clock.now()).begins().rfc3339();
    assert_eq!(now["used_until"], json!(today));
    let unused = found(&admin, "unused_role", 100).await;
    assert!(
        names(&unused).contains(&"Zofia Jabłońska") && !names(&unused).contains(&"Marta Nowak"),
        "{unused:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_of_findings_who_does_not_read_users() {
    let stage = Stage::new().await;
    let admin = stage.world.sign_in("robert.szymanski").await;
    let _ =
        change(&admin, "robert.szymanski", json!({ "roles": [ADMINISTRATOR, AUDITOR] })).await.expect(200);
    let kinds = [
        "unused_role",
        "unused_grant",
        "needless_grant",
        "giver_left",
        "conflicting_roles",
        "orphaned_records",
    ];
    for login in ["anna.kowalska", "magdalena.wojcik", "barbara.dabrowska", "danuta.krol", "ewa.pusta"] {
        let client = stage.world.sign_in(login).await;
        for kind in kinds {
            problem(&client.get(&api(&format!("findings?kind={kind}"))).await, 403);
        }
        problem(&client.get(&api("role-conflicts")).await, 403);
        problem(&put(&client, 0, json!([])).await, 403);
    }
    problem(&stage.world.client().get(&api("findings?kind=unused_role")).await, 401);
    let scope = json!({ "entities": { "person": ["read"] } });
    let token = json!({ "label": "t", "scope": scope, "ends_at": stage.in_days(1) });
    let token = admin.post(&api("tokens"), &token).await.expect(201).json();
    let robot = stage.world.client().with_token(token["token"].as_str().unwrap());
    problem(&robot.get(&api("findings?kind=conflicting_roles")).await, 403);
    for (query, field) in [
        ("", "kind"),
        ("kind=all", "kind"),
        ("kind=unused_role&limit=0", "limit"),
        ("kind=unused_role&limit=201", "limit"),
        ("kind=unused_role&cursor=%27%20OR%201=1", "cursor"),
        ("kind=unused_role&user=1", "user"),
    ] {
        let _ = issue(&problem(&admin.get(&api(&format!("findings?{query}"))).await, 422), field);
    }
    // Of a record that the administrator does not see no name is told, and what was looked at is in the ledger.
    let _ = stage.give(&stage.anna, &stage.shared, json!({})).await.expect(201);
    let _ = change(&admin, "anna.kowalska", json!({ "active": false })).await.expect(200);
    let left = admin.get(&api("findings?kind=giver_left")).await.expect(200);
    assert_eq!(left.json()["items"][0]["grant"]["record"]["id"], json!(stage.shared.id));
    assert!(!left.text.contains("Dzielona") && !left.text.contains("ofercie"), "{}", left.text);
    assert!(events(&stage.world, "findings.read").await > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn grants_that_nobody_uses_or_needs_or_answers_for_are_found() {
    let stage = Stage::new().await;
    let Stage { world, anna, shared, other, .. } = &stage;
    let admin = world.sign_in("robert.szymanski").await;
    let id = |grant: Answer| grant.expect(201).json()["id"].clone();
    let tree = id(stage.give(anna, shared, json!({ "with_related": true })).await);
    let unused = id(stage.give(anna, other, json!({})).await);
    let third = make(anna, "people", json!({ "last_name": "Otwarta" })).await;
    let used = id(stage.give(anna, &third, json!({})).await);
    // Piotr is of Anna's team, and reads and changes there anyway; of Zofia only Anna may export.
    let piotr = named(&admin, "users", "piotr.zielinski").await;
    let to_piotr = json!({ "to": { "user": piotr }, "role": stage.contributor });
    let needless = id(stage.give(anna, shared, to_piotr).await);
    assert_eq!(grants(&found(&admin, "needless_grant", 10).await), [&needless]);
    world.clock.advance_ms(50 * DAY_MS);
    let ewa = world.sign_in("ewa.pusta").await;
    let _ = ewa.get(&stage.note.at).await.expect(200);
    let _ = ewa.get(&third.at).await.expect(200);
    // What is tried in vain is no use.
    problem(&ewa.patch(&other.at, 1, &json!({ "fields": { "job_title": "x" } })).await, 403);
    let anna = world.sign_in("anna.kowalska").await;
    let tomasz = named(&world.sign_in("robert.szymanski").await, "users", "tomasz.lewandowski").await;
    let cover =
        json!({ "to": tomasz, "role": stage.contributor, "until": stage.in_days(92), "reason": "Urlop" });
    let cover = anna.post(&api("covers"), &cover).await.expect(201).json()["id"].clone();
    world.clock.advance_ms(41 * DAY_MS);
    world.app().engine().note_use().await.unwrap();
    let admin = world.sign_in("robert.szymanski").await;
    let found_unused = found(&admin, "unused_grant", 10).await;
    assert_eq!(grants(&found_unused), [&unused, &needless], "neither {tree} nor {used}");
    assert_eq!(names(&found(&admin, "unused_grant", 1).await), ["Ewa Pusta", "Piotr Zieliński"]);
    // In one click: by the route that ends grants.
    let at = api(&format!("grants/{}", unused.as_str().unwrap()));
    assert_eq!(found_unused[0]["grant"]["may_end"], true);
    let _ = admin.send(admin.request(Method::DELETE, &at)).await.expect(204);
    assert_eq!(grants(&found(&admin, "unused_grant", 10).await), [&needless]);
    // Whoever gave it goes: it stays, and is found, cover too.
    assert_eq!(found(&admin, "giver_left", 10).await, Vec::<Value>::new());
    let _ = change(&admin, "anna.kowalska", json!({ "active": false })).await.expect(200);
    let left = found(&admin, "giver_left", 2).await;
    let mut ids: Vec<&str> = grants(&left).into_iter().map(|id| id.as_str().unwrap()).collect();
    let mut expected: Vec<&str> = [&tree, &used, &needless, &cover].map(|id| id.as_str().unwrap()).to_vec();
    ids.sort_unstable();
    expected.sort_unstable();
    assert_eq!(ids, expected);
    assert_eq!(
        (&left[0]["user"]["name"], &left[0]["remedies"]),
        (&json!("Anna Kowalska"), &json!(["end_grant"]))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn cover_is_used_by_working_with_what_the_covered_user_owns() {
    let stage = Stage::new().await;
    let Stage { world, anna, note, .. } = &stage;
    let admin = world.sign_in("robert.szymanski").await;
    let cover = |to: String| json!({ "to": to, "role": stage.contributor, "until": stage.in_days(92), "reason": "Urlop" });
    let (tomasz, marta) =
        (named(&admin, "users", "tomasz.lewandowski").await, named(&admin, "users", "marta.nowak").await);
    let _ = anna.post(&api("covers"), &cover(tomasz)).await.expect(201);
    let idle = anna.post(&api("covers"), &cover(marta)).await.expect(201).json()["id"].clone();
    world.clock.advance_ms(2 * DAY_MS);
    // A note on what Anna owns.
    let _ = world.sign_in("tomasz.lewandowski").await.get(&note.at).await.expect(200);
    world.clock.advance_ms(89 * DAY_MS);
    world.app().engine().note_use().await.unwrap();
    let admin = world.sign_in("robert.szymanski").await;
    assert_eq!(grants(&found(&admin, "unused_grant", 10).await), [&idle]);
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_that_do_not_go_together_are_found_and_refused_where_that_was_decided() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    // Until something is decided it is told of, and refused to nobody.
    let read = admin.get(&api("role-conflicts")).await.expect(200);
    assert_eq!(read.headers["etag"], "\"0\"");
    assert_eq!(
        read.json()["pairs"],
        json!([
            { "roles": [DPO, ADMINISTRATOR], "refuse": false },
            { "roles": [ADMINISTRATOR, AUDITOR], "refuse": false },
        ])
    );
    let both = json!({ "roles": [ADMINISTRATOR, AUDITOR] });
    // Who manages users and does not read roles is told, too: before it is saved, and by the answer to it.
    let staff = json!({ "name": "kadry", "label": { "pl": "Kadry", "en": "Staff" }, "things": { "users": "manage" } });
    let _ = endow(&world, "ewa.pusta", &staff).await;
    let ewa = world.sign_in("ewa.pusta").await;
    problem(&ewa.get(&api("role-conflicts")).await, 403);
    let at = api(&format!("users/{}/preview", user(&admin, "danuta.krol").await["id"].as_str().unwrap()));
    let pair = |answer: &Answer| -> Vec<Value> {
        let told = answer.json()["together"].clone();
        told.as_array().into_iter().flatten().flat_map(|pair| pair.as_array().unwrap().clone()).collect()
    };
    let ids =
        |answer: &Answer| -> Vec<Value> { pair(answer).iter().map(|role| role["id"].clone()).collect() };
    assert_eq!(ids(&ewa.post(&at, &both).await.expect(200)), [json!(ADMINISTRATOR), json!(AUDITOR)]);
    assert_eq!(ids(&ewa.post(&at, &json!({ "roles": [AUDITOR] })).await.expect(200)), Vec::<Value>::new());
    let given = change(&admin, "danuta.krol", both.clone()).await.expect(200);
    assert!(pair(&given)[1]["label"].as_str().is_some_and(|label| !label.is_empty()), "{}", given.text);
    // Whoever had both is not told again of what stays.
    let renamed = change(&admin, "danuta.krol", json!({ "name": "Danuta Król" })).await.expect(200);
    assert_eq!(ids(&renamed), Vec::<Value>::new());
    let conflicts = found(&admin, "conflicting_roles", 1).await;
    assert_eq!(names(&conflicts), ["Danuta Król"]);
    let roles: Vec<&Value> = conflicts[0]["roles"].as_array().unwrap().iter().map(|r| &r["id"]).collect();
    assert_eq!(roles, [&json!(ADMINISTRATOR), &json!(AUDITOR)]);

    // Whoever holds both keeps them; nobody else gets both, by whatever way.
    let pairs = json!([{ "roles": [AUDITOR, ADMINISTRATOR], "refuse": true }, { "roles": [SELLER, TEAM_LEAD], "refuse": true }]);
    problem(&put(&admin, 5, pairs.clone()).await, 412);
    let decided = put(&admin, 0, pairs).await.expect(200).json();
    assert_eq!(
        (&decided["pairs"][0]["roles"], &decided["version"]),
        (&json!([ADMINISTRATOR, AUDITOR]), &json!(1))
    );
    let _ = change(&admin, "danuta.krol", json!({ "name": "Danuta Królowa" })).await.expect(200);
    let refused = problem(&change(&admin, "robert.szymanski", both).await, 422);
    let told = issue(&refused, "roles");
    assert_eq!(told["code"], "conflicting-roles");
    assert!(told["reason"].as_str().unwrap().contains("“Auditor”"), "{told}");
    let anna = json!({ "roles": [SELLER, TEAM_LEAD] });
    assert_eq!(
        issue(&problem(&change(&admin, "anna.kowalska", anna).await, 422), "roles")["code"],
        "conflicting-roles"
    );
    // Neither shown as a gain, nor asked for: it could not be saved.
    let anna = user(&admin, "anna.kowalska").await;
    let at = api(&format!("users/{}/preview", anna["id"].as_str().unwrap()));
    let roles = json!([SELLER, TEAM_LEAD]);
    let shown = admin.post(&at, &json!({ "roles": roles })).await;
    let act = json!({ "user_roles": { "user": anna["id"], "version": anna["version"], "roles": roles } });
    let asked = admin.post(&api("approvals"), &json!({ "act": act, "reason": "Zastępstwo" })).await;
    for refused in [shown, asked] {
        assert_eq!(issue(&problem(&refused, 422), "roles")["code"], "conflicting-roles");
    }
    let team = user(&admin, "ewa.pusta").await["team"].clone();
    let new = json!({ "login": "nowa.osoba", "name": "Nowa Osoba", "email": "nowa@firma.example", "team": team,
        "roles": [SELLER, TEAM_LEAD] });
    let _ = issue(&problem(&admin.post(&api("users"), &new).await, 422), "roles");
    let owner = named(&admin, "users", "robert.szymanski").await;
    let account = json!({ "name": "Integracja", "owner": owner, "team": team, "roles": [SELLER, TEAM_LEAD],
        "ends_at": "2027-06-30T12:00:00Z" });
    let _ = issue(&problem(&admin.post(&api("service-accounts"), &account).await, 422), "roles");
    let mut account = account;
    account["roles"] = json!([SELLER]);
    let made = admin.post(&api("service-accounts"), &account).await.expect(201).json();
    let at = api(&format!("service-accounts/{}", made["id"].as_str().unwrap()));
    let more = json!({ "roles": [SELLER, TEAM_LEAD] });
    let _ = issue(&problem(&admin.patch(&at, made["version"].as_u64().unwrap(), &more).await, 422), "roles");
    // One who gave up one of them does not get it back.
    let _ = change(&admin, "danuta.krol", json!({ "roles": [AUDITOR] })).await.expect(200);
    let again = json!({ "roles": [ADMINISTRATOR, AUDITOR] });
    let _ = issue(&problem(&change(&admin, "danuta.krol", again).await, 422), "roles");
    assert_eq!(found(&admin, "conflicting_roles", 10).await, Vec::<Value>::new());

    for (pairs, field) in [
        (json!([{ "roles": [SELLER, SELLER], "refuse": false }]), "pairs.0"),
        (
            json!([{ "roles": [SELLER, DPO], "refuse": false }, { "roles": [DPO, SELLER], "refuse": true }]),
            "pairs.1",
        ),
        (json!([{ "roles": [SELLER, owner], "refuse": false }]), "pairs.0"),
    ] {
        let _ = issue(&problem(&put(&admin, 1, pairs).await, 422), field);
    }
    assert_eq!(events(&world, "role.conflicts").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn records_whose_owner_is_gone_are_counted_until_they_are_handed_over() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let (anna, piotr) = (world.sign_in("anna.kowalska").await, world.sign_in("piotr.zielinski").await);
    let first = make(&anna, "people", json!({ "last_name": "Pierwsza" })).await;
    let _ = make(&anna, "companies", json!({ "name": "Druga" })).await;
    let _ = anna.delete(&first.at, 1).await.expect(200);
    let _ = make(&piotr, "people", json!({ "last_name": "Trzecia" })).await;
    assert_eq!(found(&admin, "orphaned_records", 10).await, Vec::<Value>::new());
    let until = world.clock.now().plus_ms(3_600_000).rfc3339();
    let _ = change(&admin, "anna.kowalska", json!({ "active": false })).await.expect(200);
    let _ = change(&admin, "piotr.zielinski", json!({ "ends_at": until })).await.expect(200);
    let _ = change(&admin, "tomasz.lewandowski", json!({ "active": false })).await.expect(200);
    let told = |all: Vec<Value>| -> Vec<(String, Value, Value)> {
        let one = |f: &Value| {
            (f["user"]["name"].as_str().unwrap().to_owned(), f["records"].clone(), f["standing"].clone())
        };
        let mut told: Vec<_> = all.iter().map(one).collect();
        told.sort_by(|a, b| a.0.cmp(&b.0));
        told
    };
    let anna_s = ("Anna Kowalska".to_owned(), json!(2), json!("suspended"));
    let now = admin.get(&api("findings?kind=orphaned_records")).await.expect(200);
    assert!(!now.text.contains("Pierwsza") && !now.text.contains("Druga"), "{}", now.text);
    assert_eq!(told(found(&admin, "orphaned_records", 1).await), std::slice::from_ref(&anna_s));
    // Whoever left counts from that moment, swept or not.
    world.clock.advance_ms(3_600_000);
    let admin = world.sign_in("robert.szymanski").await;
    let piotr_s = ("Piotr Zieliński".to_owned(), json!(1), json!("left"));
    assert_eq!(told(found(&admin, "orphaned_records", 1).await), [anna_s, piotr_s]);
}
