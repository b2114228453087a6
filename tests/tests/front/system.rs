//! The state of the instance, and reports of browsers.

use super::help::{api, endow, problem};
use kernel::Clock;
use reqwest::Method;
use serde_json::{Value, json};
use server::backup::{Noted, made_path, note, verified_path};
use testkit::{Answer, Client, World};

async fn report(client: &Client, kind: &str, body: String) -> Answer {
    client
        .send(client.request(Method::POST, &api("reports/csp")).header("content-type", kind).body(body))
        .await
}

fn check<'a>(system: &'a Value, code: &str) -> &'a Value {
    let checks = system["checks"].as_array().unwrap();
    checks.iter().find(|c| c["code"] == code).unwrap_or_else(|| panic!("no {code} in {system}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_state_is_told_to_who_may_read_it() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let robert = world.sign_in("robert.szymanski").await;
    problem(&anna.get(&api("system")).await, 403);
    problem(&world.client().get(&api("system")).await, 401);
    let _ = anna.post(&api("people"), &json!({ "fields": { "last_name": "Niewidoczna" } })).await.expect(201);
    world.clock.advance_ms(90_000);
    let answer = robert.get(&api("system")).await.expect(200);
    let system = answer.json();
    assert_eq!(system["organisation"], "Firma Przykładowa");
    assert_eq!(system["engine"]["kind"], if testkit::on_postgres() { "postgresql" } else { "sqlcipher" });
    let release = if testkit::on_postgres() { "PostgreSQL 1" } else { "4" };
    assert!(system["engine"]["version"].as_str().unwrap().starts_with(release), "{system}");
    assert_eq!((&system["ready"], &system["uptime_s"]), (&json!(true), &json!(90)));
    assert_eq!((&system["store"]["records"], &system["store"]["reserve_ok"]), (&json!(1), &json!(true)));
    for at in
        ["/store/bytes", "/store/free_bytes", "/store/events", "/index/bytes", "/ledger/size", "/sessions"]
    {
        assert!(system.pointer(at).unwrap().as_u64().unwrap() > 0, "{at}: {system}");
    }
    assert_eq!(system["index"]["behind"], 0);
    assert_eq!(system["ledger"]["root"].as_str().unwrap().len(), 64);
    assert_eq!(system["certificate"]["own"], true);
    assert!(system["certificate"]["days_left"].as_i64().unwrap() > 300, "{system}");
    assert_eq!(system["keys"]["subjects"], 1);
    assert_eq!(check(&system, "index")["ok"], true);
    assert_eq!(check(&system, "root-key")["level"], "warn", "it lies beside the data by default");
    assert!(!answer.text.contains("Niewidoczna"));
    assert_eq!(
        (&system["backup"]["made"], &check(&system, "backup")["level"]),
        (&json!(null), &json!("warn"))
    );
    // Reading the system suffices.
    let reads = json!({ "name": "patrzy", "label": { "pl": "Patrzy", "en": "Looks" }, "things": { "system": "read" } });
    endow(&world, "anna.kowalska", &reads).await;
    let _ = anna.get(&api("system")).await.expect(200);
    let events = anna.get(&api("me/events")).await.expect(200).json();
    assert_eq!(events["items"][0]["act"], "system.read", "{events}");
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_are_counted_limited_and_never_kept() {
    let world = World::new().await;
    let nobody = world.client();
    let breach = json!({ "csp-report": {
        "document-uri": "https://localhost/people?q=Kowalska", "violated-directive": "script-src", "blocked-uri": "inline",
    } });
    let _ = report(&nobody, "application/csp-report", breach.to_string()).await.expect(204);
    let listed = json!([{ "type": "csp-violation", "body": { "effectiveDirective": "img-src", "blockedURL": "https://evil.example/a" } }]);
    let _ = report(&nobody, "application/reports+json; charset=utf-8", listed.to_string()).await.expect(204);
    let robert = world.sign_in("robert.szymanski").await;
    let system = robert.get(&api("system")).await.expect(200).json();
    assert_eq!(system["csp_reports"], 2);
    assert_eq!(check(&system, "csp-reports")["ok"], false);
    problem(&report(&nobody, "application/json", breach.to_string()).await, 415);
    problem(&report(&nobody, "application/csp-report", "x".to_owned()).await, 422);
    problem(&report(&nobody, "application/csp-report", " ".repeat((16 << 10) + 1)).await, 413);
    let foreign = nobody.request(Method::POST, &api("reports/csp")).header("sec-fetch-site", "cross-site");
    problem(&nobody.send(foreign.header("content-type", "application/csp-report").body("{}")).await, 403);
    let mut last = 204;
    for _ in 0..70 {
        last = report(&nobody, "application/csp-report", "{}".to_owned()).await.status.as_u16();
    }
    assert_eq!(last, 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_backups_are_told_until_they_are_old() {
    let world = World::new().await;
    let now = world.clock.now();
    let made = Noted { at: now, state_of: now.plus_ms(-60_000), events: 7 };
    note(&made_path(&world.layout()), &made).expect("noted");
    note(&verified_path(&world.layout()), &made).expect("noted");
    let robert = world.sign_in("robert.szymanski").await;
    let system = robert.get(&api("system")).await.expect(200).json();
    let told = json!({ "at": made.at.rfc3339(), "state_of": made.state_of.rfc3339(), "events": 7 });
    assert_eq!(system["backup"], json!({ "scheduled": false, "made": told, "verified": told }));
    assert_eq!(check(&system, "backup")["level"], "ok");
    let later = Noted { at: now, state_of: now.plus_ms(-7 * 86_400_000 - 1), events: 7 };
    note(&made_path(&world.layout()), &later).expect("noted");
    let system = robert.get(&api("system")).await.expect(200).json();
    assert_eq!(check(&system, "backup")["level"], "warn");
}
