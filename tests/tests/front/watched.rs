//! What the server tells those who watch over it: metrics, logs, readiness. None of it about people.

use reqwest::Method;
use serde_json::json;
use server::{Config, MetricsConfig};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use testkit::World;

/// Values that must stay inside.
const CANARIES: [&str; 5] =
    ["Kanarkiewicz", "kanarek@ptaki.example", "+48601222333", "nocny-kanarek-hasło", "kanarek-w-adresie"];

fn config() -> Config {
    let listen = Some(([127, 0, 0, 1], 0).into());
    Config { metrics: MetricsConfig { listen }, ..testkit::config() }
}

/// Traffic of all kinds with the canaries in it. Gives the ids that were made.
async fn traffic(world: &World) -> Vec<String> {
    let client = world.sign_in("anna.kowalska").await;
    let person = json!({ "last_name": CANARIES[0], "email": CANARIES[1], "phone": CANARIES[2] });
    let made = client.post("/api/v1/people", &json!({ "fields": person })).await;
    let made = made.expect(201).json();
    let id = made["id"].as_str().expect("an id").to_owned();
    let _ = client.get(&format!("/api/v1/people/{id}")).await.expect(200);
    let _ = client.get(&format!("/api/v1/people?q={}", CANARIES[0])).await.expect(200);
    let _ = client.get(&format!("/api/v1/search?q={}", CANARIES[0])).await.expect(200);
    let _ = client.get(&format!("/api/v1/people/{}", CANARIES[4])).await;
    let _ = client.get(&format!("/{}", CANARIES[4])).await;
    let _ = client
        .post("/api/v1/people", &json!({ "fields": { "last_name": CANARIES[0], "nothing": CANARIES[1] } }))
        .await;
    let refused = json!({ "login": CANARIES[1], "password": CANARIES[3] });
    let _ = world.client().post("/api/v1/sessions", &refused).await.expect(401);
    let odd = client.request(Method::from_bytes(b"KANAREK").expect("a method"), "/api/v1/people");
    let _ = client.send(odd).await;
    vec![id]
}

async fn scrape(world: &World, path: &str) -> (u16, String) {
    let address = world.metrics_address().expect("metrics are told");
    let answer = reqwest::get(format!("http://{address}{path}")).await.expect("an answer");
    (answer.status().as_u16(), answer.text().await.expect("a body"))
}

/// The value of the metric whose line begins so.
fn value(text: &str, begin: &str) -> f64 {
    let line = text.lines().find_map(|line| line.strip_prefix(begin));
    line.and_then(|rest| rest.trim().parse().ok()).unwrap_or_else(|| panic!("{begin} in\n{text}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_count_what_happens_and_name_nobody() {
    let world = World::with(config()).await;
    let ids = traffic(&world).await;
    let (status, text) = scrape(&world, "/metrics").await;
    assert_eq!(status, 200);
    for secret in CANARIES.iter().map(|c| (*c).to_owned()).chain(ids) {
        assert!(!text.contains(&secret), "{secret} in\n{text}");
    }
    assert!(!text.contains("anna.kowalska") && !text.contains("KANAREK"));
    let people = r#"{method="POST",route="/api/v1/{entities}",status="2xx"}"#;
    assert!(value(&text, &format!("klucznik_http_requests_total{people}")) >= 1.0);
    let read = r#"_count{method="GET",route="/api/v1/{entities}/{id}"}"#;
    assert!(value(&text, &format!("klucznik_http_request_duration_seconds{read}")) >= 2.0);
    assert!(value(&text, r#"klucznik_refusals_total{status="401"}"#) >= 1.0);
    assert!(value(&text, r#"klucznik_refusals_total{status="404"}"#) >= 1.0);
    assert!(value(&text, "klucznik_sign_in_failures_total") >= 1.0);
    let (groups, batches) = ("klucznik_commit_groups_total", "klucznik_commit_batches_total");
    assert!(value(&text, batches) >= value(&text, groups) && value(&text, groups) > 5.0);
    assert!(value(&text, "klucznik_commit_seconds_total") > 0.0);
    for (name, expected) in [("ready", 1.0), ("index_behind", 0.0), ("streams", 0.0), ("store_waiting", 0.0)]
    {
        assert!((value(&text, &format!("klucznik_{name}")) - expected).abs() < 0.5, "{name}");
    }
    assert!(value(&text, "klucznik_sessions") >= 1.0);
    assert!(value(&text, r#"klucznik_jobs{state="running"}"#) < 0.5);
    for name in ["process_resident_memory_bytes", "process_open_fds", "process_start_time_seconds"] {
        assert!(value(&text, &format!("klucznik_{name}")) > 1.0, "{name}");
    }
    // Whatever is asked, routes are those of the table.
    for label in text.split("route=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(label == "other" || !label.contains(|c: char| c.is_ascii_digit() && c != '1'), "{label}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_are_for_this_machine_alone_and_off_unless_asked_for() {
    let mut world = World::on_file().await;
    assert_eq!(world.metrics_address(), None);
    let _ = world.client().get("/metrics").await.expect(404);
    world.stop().await;
    let open = MetricsConfig { listen: Some(([0, 0, 0, 0], 0).into()) };
    let refused = world.start_with(Config { metrics: open, ..testkit::config() }).await.expect_err("refused");
    assert!(refused.message.en.contains("127.0.0.1"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn readiness_follows_the_store_and_the_end() {
    let world = World::with(config()).await;
    let client = world.client();
    let _ = client.get("/health/live").await.expect(200);
    let _ = client.get("/health/ready").await.expect(200);
    assert_eq!(scrape(&world, "/health/ready").await.0, 200);
    world.app().engine().index().begin_rebuild().await.expect("begun");
    let _ = client.get("/health/ready").await.expect(503);
    let last = world.app().engine().store().last_change().await.expect("a number");
    world.app().engine().index().mark_applied(last).await.expect("ended");
    let _ = client.get("/health/ready").await.expect(200);
    world.app().set_ready(false);
    let _ = client.get("/health/ready").await.expect(503);
    assert_eq!(scrape(&world, "/health/ready").await.0, 503);
    let _ = client.get("/health/live").await.expect(200);
    world.app().set_ready(true);
    // A store that does not answer any more; what it said a second ago counts no longer.
    world.app().engine().store().close().await.expect("closed");
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    let _ = client.get("/health/ready").await.expect(503);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_id_is_ours_unless_a_proxy_is_trusted() {
    for trusted in [false, true] {
        let world = World::with(Config { trust_request_id: trusted, ..testkit::config() }).await;
        let client = world.client();
        let ask = |id: &'static str| client.request(Method::GET, "/api/v1/me").header("x-request-id", id);
        let told =
            |answer: &testkit::Answer| answer.headers["x-request-id"].to_str().expect("text").to_owned();
        let given = told(&client.send(ask("from-the-proxy.7")).await.expect(401));
        assert_eq!(given == "from-the-proxy.7", trusted, "{given}");
        let odd = told(&client.send(ask("no id; at all")).await);
        let own = told(&client.get("/health/live").await);
        for id in [&odd, &own] {
            assert!(id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()), "{id}");
        }
        assert_ne!(odd, own);
    }
}

/// Log lines, kept.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn logs_tell_requests_apart_and_name_nobody() {
    let kept = Kept::default();
    let writer = kept.clone();
    let log = tracing_subscriber::fmt().json().with_max_level(tracing::Level::DEBUG);
    log.with_writer(move || writer.clone()).init();
    let world = World::with(config()).await;
    let ids = traffic(&world).await;
    let answer = world.client().get("/api/v1/me").await.expect(401);
    let request = answer.headers["x-request-id"].to_str().expect("text").to_owned();
    assert_eq!(answer.json()["request_id"], request.as_str(), "a refusal says it too");
    let text =
        String::from_utf8(kept.0.lock().unwrap_or_else(PoisonError::into_inner).clone()).expect("UTF-8");
    for secret in CANARIES {
        assert!(!text.contains(secret), "{secret} in the log");
    }
    assert!(!text.contains(&ids[0]), "the template of a route holds no id");
    assert!(!text.contains("anna.kowalska") && !text.contains(testkit::PASSWORD));
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    let line = lines.iter().find(|line| line["span"]["id"] == request.as_str()).expect("the request's line");
    let span = &line["span"];
    assert_eq!(
        (&span["route"], &span["method"], &span["status"]),
        (&json!("/api/v1/me"), &json!("GET"), &json!(401))
    );
}
