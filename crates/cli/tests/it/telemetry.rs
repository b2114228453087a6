//! What a collector is told of the server's work: how it goes, and nothing about anybody.

use crate::harness::{House, PASSWORD};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::KeyValue;
use opentelemetry_proto::tonic::common::v1::any_value::Value as Told;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use reqwest::Method;
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use testkit::Client;

/// Values that must stay inside.
const CANARIES: [&str; 7] = [
    "Kanarkiewicz",
    "kanarek@ptaki.example",
    "+48601222333",
    "nocny-kanarek-haslo",
    "kanarek-w-adresie",
    "kanarek-w-naglowku",
    "KANAREK",
];
const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

type Kept = Arc<Mutex<Vec<Bytes>>>;

/// A collector that keeps what it gets.
async fn collector() -> (SocketAddr, Kept) {
    let kept = Kept::default();
    let keep = async |State(kept): State<Kept>, body: Bytes| kept.lock().expect("kept").push(body);
    let app = Router::new().route("/v1/traces", post(keep)).with_state(kept.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, app).await });
    (address, kept)
}

fn house() -> House {
    let house = House::new();
    house.init("").expect(0);
    house.user("ewa.nowak --name Ewa --email ewa@firma.example --role seller");
    house
}

/// Traffic of all kinds with the canaries in it. Gives the ids that were made, and that of the creating request.
async fn traffic(client: &Client) -> (Vec<String>, String) {
    client.sign_in("ewa.nowak", PASSWORD).await;
    let person = json!({ "last_name": CANARIES[0], "email": CANARIES[1], "phone": CANARIES[2] });
    let made = client.request(Method::POST, "/api/v1/people").json(&json!({ "fields": person }));
    let made = made
        .header("traceparent", format!("00-{TRACE}-00f067aa0ba902b7-01"))
        .header("x-request-id", CANARIES[5]);
    let made = client.send(made).await.expect(201);
    // Another browser than the session's is refused.
    let elsewhere = client.request(Method::GET, "/api/v1/people").header("user-agent", CANARIES[5]);
    let _ = client.send(elsewhere).await.expect(403);
    let request = made.headers["x-request-id"].to_str().expect("text").to_owned();
    let id = made.json()["id"].as_str().expect("an id").to_owned();
    let _ = client.get(&format!("/api/v1/people/{id}")).await.expect(200);
    let _ = client.get(&format!("/api/v1/people?q={}", CANARIES[0])).await.expect(200);
    let _ = client.get(&format!("/api/v1/people/{}", CANARIES[4])).await.expect(404);
    let _ = client.get(&format!("/{}", CANARIES[4])).await;
    let odd = client.request(Method::from_bytes(CANARIES[6].as_bytes()).expect("a method"), "/api/v1/people");
    let _ = client.send(odd).await;
    let order = json!({ "select": { "ids": [id] }, "action": "delete" });
    let job = client.post("/api/v1/people/bulk", &order).await.expect(202).json();
    let job = job["id"].as_str().expect("an id").to_owned();
    for _ in 0..1_200 {
        if client.get(&format!("/api/v1/jobs/{job}")).await.expect(200).json()["finished_at"].is_string() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let wrong = json!({ "login": CANARIES[1], "password": CANARIES[3] });
    let _ = client.post("/api/v1/sessions", &wrong).await.expect(401);
    let me = client.get("/api/v1/me").await.expect(200).json();
    let me = me["id"].as_str().or(me["user"]["id"].as_str()).expect("an id").to_owned();
    (vec![id, job, me], request)
}

fn text<'a>(attributes: &'a [KeyValue], key: &str) -> Option<&'a str> {
    let value = attributes.iter().find(|one| one.key == key)?.value.as_ref()?.value.as_ref()?;
    if let Told::StringValue(text) = value { Some(text) } else { None }
}

fn number(span: &Span, key: &str) -> Option<i64> {
    let value = span.attributes.iter().find(|one| one.key == key)?.value.as_ref()?.value.as_ref()?;
    if let Told::IntValue(number) = value { Some(*number) } else { None }
}

fn spans(kept: &Kept) -> Vec<Span> {
    let kept = kept.lock().expect("kept");
    let decoded = kept.iter().map(|body| ExportTraceServiceRequest::decode(&**body).expect("OTLP"));
    let of = decoded.flat_map(|request| request.resource_spans).flat_map(|of| {
        let resource = of.resource.expect("a resource").attributes;
        assert_eq!(text(&resource, "service.name"), Some("klucznik"));
        assert_eq!(resource.len(), 3, "name, version and start, nothing of the machine: {resource:?}");
        of.scope_spans.into_iter().flat_map(|of| of.spans)
    });
    of.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_gets_spans_of_all_work_and_learns_nothing_of_anybody() {
    let (address, kept) = collector().await;
    let house = house();
    let served = house.serve(&format!("serve --otlp http://{address}"));
    let own = served.address;
    let (ids, request) = traffic(&house.client(&served, "klucznik-data")).await;
    assert_eq!(served.stop(), Some(0), "what waits is sent first");

    let all = spans(&kept);
    let made = all.iter().find(|s| text(&s.attributes, "request.id") == Some(&request)).expect("the request");
    assert_eq!(made.name, "POST /api/v1/{entities}");
    assert_eq!(text(&made.attributes, "http.route"), Some("/api/v1/{entities}"));
    assert_eq!(number(made, "http.response.status_code"), Some(201));
    assert!(made.end_time_unix_nano > made.start_time_unix_nano);
    assert!(
        hex::encode(&made.trace_id) != TRACE && made.parent_span_id.is_empty(),
        "none is taken from outside"
    );
    let under = |of: &Span, name: &str| {
        all.iter().any(|s| s.name == name && s.parent_span_id == of.span_id && s.trace_id == of.trace_id)
    };
    assert!(under(made, "commit"), "what it waited for: {all:#?}");
    let job = all.iter().find(|s| s.name == "job").expect("the job");
    let told = ["job.kind", "job.state"].map(|key| text(&job.attributes, key));
    assert_eq!(told, [Some("bulk"), Some("done")]);
    assert!(under(job, "commit"), "{all:#?}");
    assert!(all.iter().any(|s| s.name == "commit group" && number(s, "batches") >= Some(1)));
    for status in [200, 401, 404] {
        assert!(all.iter().any(|s| number(s, "http.response.status_code") == Some(status)), "{status}");
    }

    // What may be told at all, and that nothing else is.
    let keys: BTreeSet<_> = all.iter().flat_map(|s| &s.attributes).map(|one| one.key.as_str()).collect();
    let may = [
        "batches",
        "http.request.method",
        "http.response.status_code",
        "http.route",
        "job.attempt",
        "job.kind",
        "job.state",
        "request.id",
    ];
    assert_eq!(keys, BTreeSet::from(may));
    assert!(all.iter().all(|s| s.events.is_empty() && s.links.is_empty()), "no line of the log leaves");
    let kept = kept.lock().expect("kept");
    let holds = |needle: &[u8]| kept.iter().any(|body| body.windows(needle.len()).any(|at| at == needle));
    assert!(holds(request.as_bytes()), "the search finds what is there");
    for word in
        CANARIES.into_iter().chain(["ewa.nowak", PASSWORD, TRACE, "127.0.0.1", &own.port().to_string()])
    {
        assert!(!holds(word.as_bytes()), "{word}");
    }
    for id in ids {
        let plain = id.replace('-', "");
        assert!(!holds(id.as_bytes()) && !holds(plain.as_bytes()), "{id}");
        assert!(!holds(&hex::decode(&plain).expect("an id")), "{id} in bytes");
    }
}

/// A port where nobody listens.
fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a port")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_does_not_answer_costs_nothing_but_a_count() {
    // One that takes connections and never says a word, and one that is not there.
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    for address in [silent.local_addr().expect("an address"), free()] {
        let house = house();
        let metrics = free();
        let served = house.serve(&format!("serve --otlp http://{address} --metrics-listen {metrics}"));
        let client = house.client(&served, "klucznik-data");
        client.sign_in("ewa.nowak", PASSWORD).await;
        let scrape = async || {
            let answer = reqwest::get(format!("http://{metrics}/metrics")).await.expect("an answer");
            answer.text().await.expect("a body")
        };
        let lost = |text: &str| {
            let line =
                text.lines().find_map(|line| line.strip_prefix(r#"klucznik_spans_total{state="lost"} "#));
            line.and_then(|count| count.parse::<u64>().ok()).unwrap_or_else(|| panic!("no count in\n{text}"))
        };
        // More than one message is not taken, and more than the queue holds is asked for.
        for _ in 0..240 {
            if lost(&scrape().await) > 4 {
                break;
            }
            let _ = client.get("/api/v1/me").await.expect(200);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let text = scrape().await;
        assert!(lost(&text) > 4 && text.contains(r#"klucznik_spans_total{state="sent"} 0"#), "{text}");
        let ended = served.end().expect(0);
        let told = ended.err().matches("the collector does not take spans").count();
        assert_eq!(told, 1, "now and then, not each time: {}", ended.err());
    }
}

#[test]
fn a_collector_has_an_address_under_tls_or_on_this_machine() {
    let house = house();
    for wrong in [
        "http://192.0.2.7:4318",
        "https://ewa:tajne@otel.firma.example",
        "https://otel.firma.example/?key=tajne",
        "otel.firma.example",
    ] {
        let refused = house.run(&format!("serve --listen 127.0.0.1:0 --otlp {wrong}")).expect(1);
        assert!(refused.err().contains("otlp under [telemetry]"), "{}", refused.err());
        assert!(!refused.err().contains("tajne"), "{}", refused.err());
    }
    let polish = [("LANG", "pl_PL.UTF-8"), ("KLUCZNIK_OTLP", "http://192.0.2.7:4318")];
    let refused = house.run_with("serve --listen 127.0.0.1:0", &polish).expect(1);
    assert!(refused.err().contains("otlp w [telemetry]"), "{}", refused.err());
    let none =
        house.run("serve --otlp https://otel.firma.example --otlp-root-certificates nowhere.pem").expect(1);
    assert!(none.err().contains("nowhere.pem"), "{}", none.err());

    let settings = house.path("klucznik-data/klucznik.toml");
    let mut toml = fs::read_to_string(&settings).expect("settings");
    assert!(!toml.contains("otlp"), "{toml}");
    toml.push_str(if toml.contains("[telemetry]") { "" } else { "\n[telemetry]\n" });
    toml = toml.replace("[telemetry]\n", "[telemetry]\notlp = \"http://192.0.2.7:4318\"\n");
    fs::write(&settings, toml).expect("written");
    let found = house.run("doctor --json").expect(3).json();
    let checks = found["checks"].as_array().expect("checks");
    let finding = checks.iter().find(|one| one["check"] == "settings").expect("the settings");
    assert_eq!(finding["state"], "error", "{finding}");
    assert!(finding.to_string().contains("192.0.2.7"), "{finding}");
}
