//! The web interface as it is served: pages for people, problem documents for programs, and nothing of the
//! machine. Holds whether or not this program was built with the interface.

use super::help::{api, problem};
use reqwest::Method;
use testkit::{Answer, Client, World};

const PAGE: &str = "text/html,application/xhtml+xml,*/*;q=0.8";

async fn open(client: &Client, path: &str, more: &[(&str, &str)]) -> Answer {
    let request = client.request(Method::GET, path).header("accept", PAGE);
    client.send(more.iter().fold(request, |r, (name, value)| r.header(*name, *value))).await
}

fn is_page(answer: &Answer) {
    assert_eq!(answer.headers["content-type"], "text/html; charset=utf-8", "{}", answer.text);
    let policy = answer.headers["content-security-policy"].to_str().unwrap();
    for part in [
        "default-src 'none'; script-src 'self'; style-src 'self';",
        "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
        "report-uri /api/v1/reports/csp; report-to csp",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    for (name, value) in [
        ("reporting-endpoints", "csp=\"/api/v1/reports/csp\""),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.headers[name], value);
    }
    assert!(answer.headers["permissions-policy"].to_str().unwrap().contains("camera=()"));
    assert_eq!(answer.status.as_u16(), if web::FILES.is_empty() { 503 } else { 200 });
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_open_and_paths_do_not_leave_the_table() {
    let world = World::new().await;
    let nobody = world.client();
    for path in ["/", "/people", "/deals/board", "/people/0190a6c2-7b1e-7c3d-8e4f-0123456789ab?tab=files"] {
        is_page(&open(&nobody, path, &[]).await);
    }
    for path in
        ["/assets/none.js", "/assets/..%2f..%2fCargo.toml", "/api", "/api/v1", "/api/v2/x", "/health/none"]
    {
        problem(&open(&nobody, path, &[]).await, 404);
    }
    for path in ["/..%2f..%2fetc%2fpasswd", "/.git/config", "/%2e%2e/%2e%2e/etc/passwd", "/Cargo.toml"] {
        problem(&nobody.get(path).await, 404);
        is_page(&open(&nobody, path, &[]).await);
    }
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS] {
        problem(&nobody.send(nobody.request(method, "/").header("accept", PAGE)).await, 404);
    }
    for file in web::FILES {
        let plain = nobody.get(&format!("/{}", file.path)).await.expect(200);
        assert_eq!(plain.text.as_bytes(), String::from_utf8_lossy(file.raw).as_bytes(), "{}", file.path);
        let known = nobody.request(Method::GET, &format!("/{}", file.path));
        let known = known.header("if-none-match", &plain.headers["etag"]);
        let _ = nobody.send(known).await.expect(304);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn links_of_other_sites_open_pages_and_reach_no_data() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let link =
        [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
    is_page(&open(&anna, "/people", &link).await);
    for path in ["people", "me", "people/export", "openapi.json"] {
        problem(&open(&anna, &api(path), &link).await, 403);
    }
    let framed =
        [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")];
    let fetched =
        [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "script")];
    for other in [framed, fetched] {
        problem(&open(&anna, "/", &other).await, 403);
    }
    let post = anna.request(Method::POST, "/people");
    problem(&anna.send(link.iter().fold(post, |r, (name, value)| r.header(*name, *value))).await, 403);
}
