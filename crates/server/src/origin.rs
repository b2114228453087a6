//! Refusal of requests that other sites make a browser send, and of requests to other names.

use crate::app::App;
use crate::interface;
use crate::refusal::Refusal;
use crate::sign_on::FRONT_CHANNEL;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, Method, header};
use kernel::{Fault, FaultKind, Text};

/// Lets through what comes from our own pages, from an address typed in, or from a program that is no
/// browser (Fetch Metadata: W3C `Sec-Fetch-Site`; RFC 6454 `Origin`).
pub async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let host = host(&parts).unwrap_or_default();
    let request = Request::from_parts(parts, body);
    if !known_host(&host, &app.config().hosts) {
        let text = Text::of(
            "Ten serwer nie odpowiada pod tą nazwą.",
            "This server does not answer under this name.",
        );
        return Refusal(Fault::new(FaultKind::NotFound, text)).into_response();
    }
    if cross_site(request.headers(), &host) && !follows_link(&request) && !signs_out(&request) {
        let text = Text::of("Żądanie pochodzi z innej strony.", "The request comes from another site.");
        // Over HTTP/2 an answer before the end of the body is often lost to the client.
        let _ = axum::body::to_bytes(request.into_body(), kernel::limits::BODY).await;
        return Refusal(Fault::new(FaultKind::Forbidden, text)).into_response();
    }
    next.run(request).await
}

/// Under which name and port the server is asked.
pub fn host(parts: &Parts) -> Option<String> {
    let asked = parts.uri.authority().map(ToString::to_string);
    asked.or_else(|| parts.headers.get(header::HOST)?.to_str().ok().map(str::to_owned))
}

/// Whether somebody followed a link to a page of the interface, as from a mail. The page holds no data, and
/// what it asks for then, it asks for itself.
fn follows_link(request: &Request) -> bool {
    let is = |name: &str, value: &str| request.headers().get(name).is_some_and(|v| v == value);
    matches!(*request.method(), Method::GET | Method::HEAD)
        && !interface::is_api(request.uri().path())
        && !request.headers().contains_key(header::ORIGIN)
        && is("sec-fetch-mode", "navigate")
        && is("sec-fetch-dest", "document")
}

/// Whether a provider's page tells, in a frame, that somebody signed out there. No cookie of ours comes with it.
fn signs_out(request: &Request) -> bool {
    *request.method() == Method::GET
        && request.uri().path().starts_with(FRONT_CHANNEL)
        && !request.headers().contains_key(header::ORIGIN)
}

fn known_host(host: &str, known: &[String]) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    known.iter().any(|k| k.eq_ignore_ascii_case(name))
}

fn cross_site(headers: &HeaderMap, host: &str) -> bool {
    let site = headers.get("sec-fetch-site").map(|v| v.to_str().unwrap_or("?"));
    if site.is_some_and(|s| s != "same-origin" && s != "none") {
        return true;
    }
    match headers.get(header::ORIGIN).map(|v| v.to_str().unwrap_or("?")) {
        Some(origin) => origin.strip_prefix("https://") != Some(host),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_pass() {
        let headers = |pairs: &[(&'static str, &'static str)]| {
            pairs
                .iter()
                .map(|(k, v)| (http::HeaderName::from_static(k), http::HeaderValue::from_static(v)))
                .collect()
        };
        let host = "crm.example.com:8443";
        let foreign: [&[(&str, &str)]; 5] = [
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
            &[("origin", "http://crm.example.com:8443")],
        ];
        for case in foreign {
            assert!(cross_site(&headers(case), host), "{case:?}");
        }
        assert!(!cross_site(&headers(&[]), host));
        assert!(!cross_site(
            &headers(&[("origin", "https://crm.example.com:8443"), ("sec-fetch-site", "same-origin")]),
            host
        ));
    }

    #[test]
    fn links_lead_to_pages_alone() {
        let follows = |method: &str, path: &str, pairs: &[(&str, &str)]| {
            let mut request =
                Request::builder().method(method).uri(path).header("sec-fetch-site", "cross-site");
            for (name, value) in pairs {
                request = request.header(*name, *value);
            }
            follows_link(&request.body(axum::body::Body::empty()).expect("a request"))
        };
        let link = [("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
        assert!(follows("GET", "/", &link) && follows("GET", "/people/1", &link));
        for path in ["/api/v1/people", "/api", "/health/ready", "/api/v1/people/export"] {
            assert!(!follows("GET", path, &link), "{path}");
        }
        assert!(!follows("POST", "/", &link));
        assert!(!follows("GET", "/", &[("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")]));
        assert!(!follows("GET", "/", &[("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "script")]));
        assert!(!follows("GET", "/", &[link[0], link[1], ("origin", "https://evil.example")]));
    }

    #[test]
    fn other_names_are_not_ours() {
        let known = vec!["crm.example.com".to_owned(), "::1".to_owned()];
        assert!(known_host("CRM.example.com:8443", &known));
        assert!(known_host("[::1]:8443", &known));
        assert!(!known_host("crm.example.com.evil.example", &known));
        assert!(!known_host("", &known));
    }
}
