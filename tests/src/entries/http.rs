//! Requests as they come off the wire, to the whole router over a real instance: hosts, origins, cookies,
//! parameters, bodies. No TLS and no socket, so that many can be sent.

use super::texts;
use axum::Router;
use axum::body::{Body, to_bytes};
use http::{Request, StatusCode, header};
use kernel::ManualClock;
use serde_json::{Value, json};
use server::COOKIE;
use std::sync::{Arc, OnceLock};
use testkit::{PASSWORD, START};
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

/// Answers are read up to here.
const ANSWER: usize = 64 << 20;

struct House {
    router: Router,
    runtime: Runtime,
    cookie: String,
    person: String,
    _instance: server::Instance,
    _place: tempfile::TempDir,
}

/// What came back: status, media type, body.
struct Answer(StatusCode, String, Vec<u8>);

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.2).unwrap_or_default()
    }
}

async fn send(router: &Router, request: Request<Body>) -> Answer {
    let Ok(response) = router.clone().oneshot(request).await;
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    let kind = kind.unwrap_or_default().to_owned();
    let bytes = to_bytes(response.into_body(), ANSWER).await.expect("a body that ends");
    Answer(status, kind, bytes.to_vec())
}

async fn call(router: &Router, cookie: &str, method: &str, path: &str, body: &Value) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(format!("/api/v1/{path}"))
        .header("host", "localhost")
        .header("cookie", format!("{COOKIE}={cookie}"))
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .expect("a request");
    send(router, request).await
}

/// Signs in; gives the cookie's value.
async fn sign_in(router: &Router, login: &str) -> String {
    let body = json!({ "login": login, "password": PASSWORD }).to_string();
    let request = Request::post("/api/v1/sessions")
        .header("host", "localhost")
        .header("content-type", "application/json")
        .body(Body::from(body))
        .expect("a request");
    let Ok(response) = router.clone().oneshot(request).await;
    let set = response.headers().get(header::SET_COOKIE).and_then(|v| v.to_str().ok()).expect("a cookie");
    let value = set.strip_prefix(COOKIE).and_then(|v| v.strip_prefix('=')).expect("our cookie");
    value.split(';').next().unwrap_or_default().to_owned()
}

/// An instance with one user who has every built-in role, and one person.
async fn settle(router: &Router) -> (String, String) {
    let admin = sign_in(router, "robert.szymanski").await;
    let roles = call(router, &admin, "GET", "roles", &Value::Null).await.json();
    let roles: Vec<&Value> = roles["items"].as_array().into_iter().flatten().map(|r| &r["id"]).collect();
    let team = call(router, &admin, "POST", "teams", &json!({ "name": "Próba" })).await.json();
    let user = json!({
        "login": "proba", "name": "Próba", "email": "proba@firma.example",
        "team": team["id"], "roles": roles, "invite": {},
    });
    let made = call(router, &admin, "POST", "users", &user).await;
    assert_eq!(made.0, StatusCode::CREATED, "{}", made.json());
    let link = made.json()["invitation"]["link"].as_str().unwrap_or_default().to_owned();
    let chosen = json!({ "link": link.split_once('#').expect("a link").1, "new": PASSWORD });
    let chosen = call(router, "", "POST", "links/password", &chosen).await;
    assert_eq!(chosen.0, StatusCode::OK, "{}", chosen.json());
    let cookie = sign_in(router, "proba").await;
    let person =
        json!({ "fields": { "first_name": "Jan", "last_name": "Nowak", "email": "jan@przyklad.pl" } });
    let made = call(router, &cookie, "POST", "people", &person).await;
    assert_eq!(made.0, StatusCode::CREATED, "{}", made.json());
    (cookie, made.json()["id"].as_str().unwrap_or_default().to_owned())
}

fn house() -> &'static House {
    static HOUSE: OnceLock<House> = OnceLock::new();
    HOUSE.get_or_init(|| {
        let place = tempfile::tempdir().expect("a temporary folder");
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        let dir = place.path().join("instance");
        let clock = Arc::new(ManualClock::new(START));
        let instance = runtime.block_on(async {
            testkit::create(&dir, testkit::config(), clock.clone()).await.expect("an instance");
            testkit::open(&dir, testkit::config(), clock).await.expect("an instance")
        });
        let router = server::router(instance.app.clone());
        let (cookie, person) = runtime.block_on(settle(&router));
        House { router, runtime, cookie, person, _instance: instance, _place: place }
    })
}

/// Ends the session, locks the user out or takes long: not what is tried here.
fn is_spared(method: &str, path: &str) -> bool {
    let ends = ["sessions", "password", "rotate", "rebuild", "tokens"];
    let changes_rights = ["/users", "/roles"].iter().any(|p| path.contains(p));
    method != "GET" && (changes_rights || ends.iter().any(|e| path.contains(e)))
}

/// `METHOD path`, lines of `name: value`, an empty line, the body. `@` in the path is the id of a person.
fn request(data: &[u8]) -> Option<Request<Body>> {
    let house = house();
    let end = data.windows(2).position(|w| w == b"\n\n");
    let (head, body) = end.map_or((data, &[][..]), |at| (&data[..at], &data[at + 2..]));
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let (method, path) = lines.next()?.split_once(' ')?;
    if is_spared(method, path) {
        return None;
    }
    let mut request = Request::builder().method(method).uri(path.replace('@', &house.person));
    let mut given = Vec::new();
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        given.push(name.to_ascii_lowercase());
        request = request.header(name, value);
    }
    let ours = [
        ("host", "localhost".to_owned()),
        ("content-type", "application/json".to_owned()),
        ("cookie", format!("{COOKIE}={}", house.cookie)),
    ];
    for (name, value) in ours.into_iter().filter(|(name, _)| !given.iter().any(|g| g == name)) {
        request = request.header(name, value);
    }
    request.body(Body::from(body.to_vec())).ok()
}

/// Requests. Whatever comes, the program does not fail, and a refusal is a problem document (RFC 9457).
pub fn http(data: &[u8]) {
    let Some(request) = request(data) else { return };
    let house = house();
    let Answer(status, kind, body) = house.runtime.block_on(send(&house.router, request));
    let text = String::from_utf8_lossy(&body);
    // A program without its interface says so to whoever opens a page.
    let no_interface = status == StatusCode::SERVICE_UNAVAILABLE && kind.starts_with("text/html");
    assert!(no_interface || !status.is_server_error(), "{status}: {text}");
    if status.is_client_error() && !body.is_empty() {
        assert_eq!(kind, "application/problem+json", "{status}: {text}");
    }
}

/// Seeds of the function above.
#[must_use]
pub fn http_seeds() -> Vec<Vec<u8>> {
    texts([
        "GET /health/live",
        "GET /api/v1/people?q=now&filter=last_name:starts:now&sort=-name&limit=5&count=true",
        "GET /api/v1/people?cursor=AAAA&parent=0190a6c2-7b1e-7c3d-8e4f-0123456789ab&binned=true",
        "GET /api/v1/people/@\naccept-language: en;q=0.5, pl",
        "GET /api/v1/people/@/changes?before=7&limit=3",
        "GET /api/v1/people/@/events",
        "GET /api/v1/deals/totals?field=value&group=stage",
        "GET /api/v1/people/export?q=a&sort=name",
        "GET /api/v1/ledger/events?limit=5",
        "GET /api/v1/ledger/events/0/proof",
        "GET /api/v1/subjects/@/events",
        "GET /api/v1/me\norigin: https://localhost\nsec-fetch-site: same-origin",
        "GET /api/v1/me\nauthorization: Bearer abc\ncookie: x=y; __Host-klucznik=abc",
        "GET http://localhost:8443/api/v1/entities\nhost: [::1]:8443",
        "GET /api/v1/openapi.json",
        "GET /api/v1/%ff/%c3?q=%ff",
        "POST /api/v1/people\nidempotency-key: abc\n\n{\"fields\":{\"first_name\":\"Ewa\",\"last_name\":\"Żak\",\"phone\":\"600 100 200\"}}",
        "POST /api/v1/notes\n\n{\"fields\":{\"body\":\"Notatka\"},\"parent\":{\"entity\":\"person\",\"id\":\"0190a6c2-7b1e-7c3d-8e4f-0123456789ab\"}}",
        "PATCH /api/v1/people/@\nif-match: \"1\"\ncontent-type: application/merge-patch+json\n\n{\"fields\":{\"job_title\":\"Prezes\"}}",
        "DELETE /api/v1/people/@\nif-match: \"99\"",
        "POST /api/v1/people/@/reveal\n\n{\"field\":\"pesel\",\"reason\":\"Umowa\"}",
        "POST /api/v1/imports/people?dry_run=true&name=plik.csv\ncontent-type: text/csv\n\nImię;Nazwisko\nJan;Nowak\n",
        "POST /api/v1/entities/person/fields\n\n{\"name\":\"cf_x\",\"label\":{\"pl\":\"X\",\"en\":\"X\"},\"kind\":\"text\",\"max\":10}",
        "POST /api/v1/leads/@/convert\n\n{}",
        "PUT /api/v1/teams/@\nif-match: \"1\"\n\n{\"name\":\"Nowa\",\"parent\":null}",
        "GET /api/v1/search?q=now&limit=3",
        "GET /api/v1/people?refs=true&next_activity=true&sort=name",
        "GET /api/v1/people/@/access?limit=2",
        "GET /api/v1/ledger/events?act=record.read&outcome=done&from=2026-11-01T00:00:00Z&entity=person&record=@",
        "POST /api/v1/people/bulk\n\n{\"select\":{\"filter\":[\"city:eq:Brzeg\"]},\"change\":{\"fields\":{\"city\":\"Opole\"}}}",
        "POST /api/v1/people/export\n\n{\"format\":\"xlsx\",\"q\":\"now\",\"fields\":[\"last_name\"]}",
        "POST /api/v1/people/duplicates\n\n{\"fields\":{\"last_name\":\"Nowak\",\"email\":\"jan@przyklad.pl\"}}",
        "POST /api/v1/imports/people/preview?name=plik.csv&map=A%3Dphone\ncontent-type: text/csv\n\nImię;A\nJan;600100200\n",
        "POST /api/v1/views\n\n{\"entity\":\"person\",\"name\":\"Moje\",\"query\":\"filter=city%3Aeq%3AOpole&sort=-name\"}",
        "PUT /api/v1/me/preferences\nif-match: \"0\"\n\n{\"columns\":{\"person\":[\"name\"]},\"idle_days\":30}",
        "POST /api/v1/reports/csp\ncontent-type: application/reports+json\n\n[{\"type\":\"csp-violation\",\"body\":{}}]",
        "POST /api/v1/people\n\n[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]",
    ])
}
