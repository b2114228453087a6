//! The web interface: its files, and `index.html` for every address of its own. It is a client of the API
//! like any other, without rights of its own, and is served to anybody.

use crate::refusal::Refusal;
use axum::body::{Body, Bytes};
use axum::extract::OriginalUri;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use kernel::{Fault, FaultKind, Text};
use web::File;

/// The page that every address of the interface answers.
const INDEX: &str = "index.html";
/// Files whose names change with their content.
const ASSETS: &str = "assets/";
/// What says that there is no interface in this program.
const NOT_BUILT: &str = include_str!("interface/not_built.html");

/// Where browsers report what the policy stopped.
const REPORTS: &str = "csp=\"/api/v1/reports/csp\"";
/// Scripts and styles of our own files alone, and no text may become code (Trusted Types).
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
     connect-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
     frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'; \
     report-uri /api/v1/reports/csp; report-to csp";
/// Nothing of the machine but passkeys: no sensors, no devices, no payment, no windows of other sites.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), clipboard-read=(), \
     display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), \
     idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), \
     picture-in-picture=(), publickey-credentials-create=(self), publickey-credentials-get=(self), \
     screen-wake-lock=(), serial=(), storage-access=(), usb=(), window-management=(), xr-spatial-tracking=()";

/// Whether the path is the API's or the health checks', not the interface's.
pub fn is_api(path: &str) -> bool {
    ["/api", "/health"]
        .iter()
        .any(|base| path.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// Answers every address that is in no route.
pub async fn handle(method: Method, OriginalUri(uri): OriginalUri, headers: HeaderMap) -> Response {
    answer(web::FILES, &method, uri.path(), &headers)
}

fn answer(files: &'static [File], method: &Method, path: &str, headers: &HeaderMap) -> Response {
    if is_api(path) || !matches!(*method, Method::GET | Method::HEAD) {
        return nothing().into_response();
    }
    let name = path.trim_start_matches('/');
    if let Some(file) = web::find(files, name).filter(|_| path.len() == name.len() + 1) {
        return send(file, headers);
    }
    let page = path == "/" || wants_page(headers);
    if !page || name.starts_with(ASSETS) {
        return nothing().into_response();
    }
    match web::find(files, INDEX) {
        Some(index) => send(index, headers),
        None => not_built(),
    }
}

/// The refusal of what is nowhere.
pub fn nothing() -> Refusal {
    Refusal(Fault::new(
        FaultKind::NotFound,
        Text::of(
            "Nie ma takiego adresu albo nie przyjmuje on tej metody.",
            "There is no such address, or it does not take this method.",
        ),
    ))
}

/// Whether somebody opens a page: programs and parts of pages do not name HTML.
fn wants_page(headers: &HeaderMap) -> bool {
    listed(headers, &header::ACCEPT).any(|t| t.split(';').next().is_some_and(|t| t.trim() == "text/html"))
}

/// The members of a list in headers of this name.
fn listed<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    headers.get_all(name).into_iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(','))
}

/// Whether the client takes this encoding (RFC 9110 §12.5.3).
pub fn takes(headers: &HeaderMap, encoding: &str) -> bool {
    let weight = |wanted: &str| {
        listed(headers, &header::ACCEPT_ENCODING).find_map(|member| {
            let mut parts = member.split(';').map(str::trim);
            let named = parts.next().is_some_and(|n| n.eq_ignore_ascii_case(wanted));
            let none = parts.any(|p| p.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0)));
            named.then_some(!none)
        })
    };
    weight(encoding).or_else(|| weight("*")).unwrap_or(false)
}

fn send(file: &'static File, headers: &HeaderMap) -> Response {
    let forms = [("br", file.br), ("gzip", file.gz)];
    let chosen =
        forms.into_iter().find_map(|(name, form)| Some((name, form?)).filter(|_| takes(headers, name)));
    // Each form has its own tag: a strong one stands for these very bytes.
    let (tag, bytes) = match chosen {
        Some((name, bytes)) => (format!("\"{}-{name}\"", file.tag), bytes),
        None => (format!("\"{}\"", file.tag), file.raw),
    };
    let kept = if file.path.starts_with(ASSETS) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let same = listed(headers, &header::IF_NONE_MATCH)
        .map(str::trim)
        .any(|t| t == "*" || t.strip_prefix("W/").unwrap_or(t) == tag);
    let body = if same { Body::empty() } else { Body::from(Bytes::from_static(bytes)) };
    let mut response = guarded(if same { StatusCode::NOT_MODIFIED } else { StatusCode::OK }, body);
    let out = response.headers_mut();
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        out.insert(header::ETAG, tag);
    }
    if !same {
        out.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.media));
        if let Some((name, _)) = chosen {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
    }
    response
}

fn not_built() -> Response {
    let mut response = guarded(StatusCode::SERVICE_UNAVAILABLE, Body::from(NOT_BUILT));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}

/// An answer with the headers of the interface; those that all answers share come later.
fn guarded(status: StatusCode, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(HeaderName::from_static("reporting-endpoints"), HeaderValue::from_static(REPORTS));
    headers.insert(HeaderName::from_static("permissions-policy"), HeaderValue::from_static(PERMISSIONS));
    response
}

#[cfg(test)]
mod tests;
