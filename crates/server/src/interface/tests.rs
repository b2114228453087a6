//! Serving from a table made up here, whatever this program was built with.

use super::*;

static FILES: &[File] = &[
    file("assets/main-1a2b.js", "text/javascript; charset=utf-8", b"raw-js", Some(b"br"), Some(b"gz")),
    file("boot.js", "text/javascript; charset=utf-8", b"boot", None, Some(b"gz")),
    file("index.html", "text/html; charset=utf-8", b"<!doctype html>", Some(b"br"), None),
];

const fn file(
    path: &'static str,
    media: &'static str,
    raw: &'static [u8],
    br: Option<&'static [u8]>,
    gz: Option<&'static [u8]>,
) -> File {
    File { path, media, tag: "t", raw, br, gz }
}

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    pairs.iter().map(|(k, v)| (HeaderName::from_static(k), HeaderValue::from_static(v))).collect()
}

fn get(path: &str, pairs: &[(&'static str, &'static str)]) -> Response {
    answer(FILES, &Method::GET, path, &headers(pairs))
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |v| v.to_str().expect("text"))
}

async fn bytes(response: Response) -> Bytes {
    axum::body::to_bytes(response.into_body(), 1 << 20).await.expect("a body")
}

#[tokio::test]
async fn the_smallest_form_that_the_client_takes_is_sent() {
    for (accept, encoding, body) in [
        ("gzip, deflate, br", "br", &b"br"[..]),
        ("gzip", "gzip", b"gz"),
        ("GZIP;q=0.5, br;q=0", "gzip", b"gz"),
        ("*", "br", b"br"),
        ("*, br;q=0.000", "gzip", b"gz"),
        ("identity", "", b"raw-js"),
        ("br;q=0, gzip; q=0", "", b"raw-js"),
        ("", "", b"raw-js"),
    ] {
        let answer = get("/assets/main-1a2b.js", &[("accept-encoding", accept)]);
        assert_eq!(header(&answer, "content-encoding"), encoding, "{accept}");
        assert_eq!(header(&answer, "vary"), "accept-encoding");
        assert_eq!(header(&answer, "content-type"), "text/javascript; charset=utf-8");
        assert_eq!(bytes(answer).await, body, "{accept}");
    }
    assert_eq!(header(&get("/boot.js", &[("accept-encoding", "br, gzip")]), "content-encoding"), "gzip");
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_the_page_is_asked_for_again() {
    assert_eq!(
        header(&get("/assets/main-1a2b.js", &[]), "cache-control"),
        "public, max-age=31536000, immutable"
    );
    for path in ["/", "/index.html", "/boot.js"] {
        assert_eq!(header(&get(path, &[]), "cache-control"), "no-cache", "{path}");
    }
    let brotli = [("accept-encoding", "br")];
    let tag = header(&get("/", &brotli), "etag").to_owned();
    assert_eq!(tag, "\"t-br\"");
    assert_eq!(header(&get("/", &[]), "etag"), "\"t\"", "each form has its own tag");
    for known in ["\"t-br\"", "W/\"t-br\"", "\"x\", \"t-br\"", "*"] {
        let answer = get("/", &[("accept-encoding", "br"), ("if-none-match", known)]);
        assert_eq!(answer.status(), StatusCode::NOT_MODIFIED, "{known}");
        assert_eq!(header(&answer, "etag"), tag);
        assert!(header(&answer, "content-security-policy").contains("trusted-types 'none'"));
        assert!(bytes(answer).await.is_empty());
    }
    let other = get("/", &[("if-none-match", "\"t-br\"")]);
    assert_eq!(other.status(), StatusCode::OK, "the tag of another form");
}

#[tokio::test]
async fn addresses_of_the_interface_answer_its_page_and_no_others_do() {
    let page = [("accept", "text/html,application/xhtml+xml,*/*;q=0.8")];
    for path in ["/", "/people", "/people/0190a6c2-7b1e-7c3d-8e4f-0123456789ab", "/apiary", "/healthy"] {
        let answer = get(path, &page);
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert_eq!(bytes(answer).await, &b"<!doctype html>"[..], "{path}");
    }
    assert_eq!(answer(FILES, &Method::HEAD, "/people", &headers(&page)).status(), StatusCode::OK);
    assert_eq!(get("/", &[]).status(), StatusCode::OK);
    let refused = |response: Response, what: &str| {
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR, "{what}");
        assert!(response.headers().is_empty(), "{what}: only the outer layer tells failures");
    };
    for path in ["/api", "/api/", "/api/v1", "/api/v2/people", "/health", "/health/x", "/assets/gone.js"] {
        refused(get(path, &page), path);
    }
    for path in ["/people", "/index.php", "//index.html", "/assets/../boot.js", "/boot.js/"] {
        refused(get(path, &[("accept", "*/*")]), path);
    }
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS, Method::TRACE] {
        refused(answer(FILES, &method, "/", &headers(&page)), method.as_str());
    }
}

#[tokio::test]
async fn without_an_interface_every_page_says_how_to_build_it() {
    for path in ["/", "/people"] {
        let answer = answer(&[], &Method::GET, path, &headers(&[("accept", "text/html")]));
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(header(&answer, "content-security-policy").starts_with("default-src 'none'"));
        let text = String::from_utf8(bytes(answer).await.to_vec()).expect("UTF-8");
        assert!(text.contains("make web") && text.contains("bez interfejsu") && text.contains("without"));
        assert!(!text.contains("<script") && !text.contains("<style") && !text.contains("style="));
    }
}
