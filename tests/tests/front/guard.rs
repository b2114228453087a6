//! What every request meets: other sites, other names, headers, limits of size, depth, type and rate.

use super::help::{api, problem};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use testkit::{Answer, Client, World, config};

const HEADERS: [&str; 8] = [
    "strict-transport-security",
    "x-content-type-options",
    "referrer-policy",
    "x-frame-options",
    "content-security-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "cache-control",
];

fn guarded(answer: &Answer) {
    for name in HEADERS {
        assert!(answer.headers.contains_key(name), "{name} is missing: {} {}", answer.status, answer.text);
    }
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    assert!(answer.headers["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
    assert!(!answer.headers.contains_key("server") && !answer.headers.contains_key("x-powered-by"));
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_of_other_sites_are_refused() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let own = format!("https://localhost:{}", world.address().port());
    let refused = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "nonsense"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://localhost"),
        ("origin", "https://localhost"),
        ("origin", "https://localhost:1"),
    ];
    for (name, value) in refused {
        for method in [Method::GET, Method::POST] {
            let answer = anna
                .send(
                    anna.request(method, &api("people"))
                        .header(name, value)
                        .json(&json!({ "fields": { "last_name": "CSRF" } })),
                )
                .await;
            problem(&answer, 403);
            guarded(&answer);
        }
        let login = world.client();
        let body = json!({ "login": "anna.kowalska", "password": testkit::PASSWORD });
        problem(
            &login.send(login.request(Method::POST, &api("sessions")).header(name, value).json(&body)).await,
            403,
        );
    }
    for (name, value) in
        [("sec-fetch-site", "same-origin"), ("sec-fetch-site", "none"), ("origin", own.as_str())]
    {
        let _ = anna.send(anna.request(Method::GET, &api("people")).header(name, value)).await.expect(200);
    }
    assert_eq!(anna.get(&api("people?count=true")).await.expect(200).json()["count"], 0, "nothing was made");
    // Under another name there is no server, whatever that name resolves to (DNS rebinding).
    for evil in ["evil.example", "localhost.evil.example"] {
        let http = reqwest::Client::builder()
            .tls_danger_accept_invalid_certs(true)
            .resolve(evil, world.address())
            .no_proxy()
            .build()
            .unwrap();
        let response =
            http.get(format!("https://{evil}:{}/api/v1/me", world.address().port())).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert_eq!(response.headers()["content-type"], "application/problem+json");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_guarded_and_every_error_a_document() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let nobody = world.client();
    for path in [
        "/health/live",
        "/health/ready",
        "/api/v1/me",
        "/api/v1/openapi.json",
        "/api/v1/people",
        "/api/v1/people/export",
        "/api/v1/ledger/checkpoint",
    ] {
        guarded(&anna.get(path).await);
        guarded(&nobody.get(path).await);
    }
    let long = format!("/{}", "a".repeat(5_000));
    for path in [
        "/api",
        "/api/v1",
        "/api/v1/",
        "/api/v2/people",
        "/api/v1/people/x/y/z",
        "/index.php",
        "/.git/config",
        "/api/v1/../../etc/passwd",
        "//",
        long.as_str(),
    ] {
        let answer = anna.get(path).await;
        problem(&answer, 404);
        guarded(&answer);
    }
    for (method, path) in [
        (Method::PUT, "people"),
        (Method::DELETE, "people"),
        (Method::OPTIONS, "people"),
        (Method::TRACE, "me"),
        (Method::PATCH, "sessions"),
        (Method::POST, "me"),
    ] {
        let answer = anna.send(anna.request(method, &api(path))).await;
        problem(&answer, 404);
        guarded(&answer);
    }
    // Escapes that are no text are no ids.
    for path in ["people/%FF", "users/%FF", "%FF", "%FF/%FF", "imports/%FF", "sessions/%00"] {
        let answer = anna.get(&api(path)).await;
        assert!(matches!(answer.status.as_u16(), 404 | 422), "{path}: {}", answer.text);
        problem(&answer, answer.status.as_u16());
    }
    let unsigned = nobody.get(&api("me")).await;
    problem(&unsigned, 401);
    assert_eq!(unsigned.headers["www-authenticate"], "Bearer");
    let request = anna.request(Method::GET, &api("me")).header("authorization", "Basic YTpi");
    problem(&anna.send(request).await, 401);
    for (wish, title) in [
        ("pl", "Nie znaleziono"),
        ("en", "Not found"),
        ("de", "Nie znaleziono"),
        ("de, en;q=0.2", "Not found"),
        ("\u{7f}", "Nie znaleziono"),
    ] {
        let mut request = anna.request(Method::GET, "/nic").build().unwrap();
        request.headers_mut().insert(
            "accept-language",
            reqwest::header::HeaderValue::from_bytes(wish.as_bytes())
                .unwrap_or_else(|_| "?".parse().unwrap()),
        );
        assert_eq!(anna.run(request).await.json()["title"], title, "{wish}");
    }
}

async fn send(client: &Client, kind: &str, body: impl Into<reqwest::Body>) -> Answer {
    client.send(client.request(Method::POST, &api("people")).header("content-type", kind).body(body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_have_limits() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let good = json!({ "fields": { "last_name": "Dobra" } }).to_string();
    for kind in ["application/json", "application/json; charset=utf-8", "APPLICATION/JSON"] {
        let _ = send(&anna, kind, good.clone()).await.expect(201);
    }
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/jsonp",
        "application/xml",
    ] {
        problem(&send(&anna, kind, good.clone()).await, 415);
    }
    problem(&anna.send(anna.request(Method::POST, &api("people")).body(good.clone())).await, 415);
    let padded = |size: usize| format!("{good}{}", " ".repeat(size - good.len()));
    let _ = send(&anna, "application/json", padded(1 << 20)).await.expect(201);
    let large = send(&anna, "application/json", padded((1 << 20) + 1)).await;
    problem(&large, 413);
    guarded(&large);
    let deep = |n: usize| format!("{{\"fields\":{{\"last_name\":{}1{}}}}}", "[".repeat(n), "]".repeat(n));
    for body in [
        deep(15),
        deep(10_000),
        "{".repeat(100_000),
        String::new(),
        "{".into(),
        "null".into(),
        "[]".into(),
        "\"a\"".into(),
        format!("{good}x"),
    ] {
        problem(&send(&anna, "application/json", body).await, 422);
    }
    problem(&send(&anna, "application/json", vec![b'{', b'"', 0xFF, b'"', b':', b'1', b'}']).await, 422);
    let record = json!({ "fields": { "last_name": "Duża", "description": "x".repeat(20_000), "tags": vec!["x"; 1001] } });
    problem(&anna.post(&api("people"), &record).await, 422);
    let file = anna.request(Method::POST, &api("imports/people")).body(vec![b'a'; (64 << 20) + 1]);
    problem(&anna.send(file).await, 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn rates_have_limits() {
    let world = World::with(server::Config { user_rate: 30, login_rate: 6, ..config() }).await;
    let anna = world.sign_in("anna.kowalska").await;
    let piotr = world.sign_in("piotr.zielinski").await;
    let mut refused = None;
    for _ in 0..5_000 {
        let answer = anna.get(&api("notices")).await;
        if answer.status != StatusCode::OK {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("a user cannot ask for ever");
    problem(&refused, 429);
    guarded(&refused);
    assert!(refused.headers["retry-after"].to_str().unwrap().parse::<u32>().unwrap() >= 1);
    let _ = piotr.get(&api("notices")).await.expect(200);
    let client = world.client();
    let mut last: Option<(Answer, Value)> = None;
    for n in 0..10 {
        let body = json!({ "login": format!("nikt.{n}"), "password": "x" });
        last = Some((client.post(&api("sessions"), &body).await, body));
    }
    let (answer, _) = last.unwrap();
    problem(&answer, 429);
    assert!(answer.headers.contains_key("retry-after"));
}
