//! The id of a request: in its log lines, in its answer, and counted under its route.

use crate::app::App;
use crate::metrics;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue};
use kernel::{SPANS, Stopwatch};
use tracing::Instrument;

/// The header of the id.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// Characters of an id that a proxy gave.
const MAX: usize = 64;

/// The id of a request, for whoever answers it.
#[derive(Clone, Debug)]
pub struct RequestId(HeaderValue);

impl RequestId {
    /// As text.
    pub fn text(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }
}

/// Gives the request an id and follows it to its answer.
pub async fn follow(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let watch = Stopwatch::start();
    let given = app.config().trust_request_id.then(|| given(request.headers())).flatten();
    let id = RequestId(given.unwrap_or_else(|| drawn(&app)));
    request.extensions_mut().insert(id.clone());
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    // What is no route of ours is a page or a file of the interface, or nothing.
    let route = route.as_ref().map_or("other", MatchedPath::as_str);
    let span = tracing::info_span!("request", id = id.text(), %method, route, status = tracing::field::Empty);
    let named = metrics::name(&method);
    let sent = tracing::info_span!(
        target: SPANS, "request", otel.name = format!("{named} {route}"), otel.kind = "server",
        http.request.method = named, http.route = route, http.response.status_code = tracing::field::Empty,
        request.id = id.text(),
    );
    // The inner one is the present one, which tasks take over: what they wait for is told under it.
    let mut response = next.run(request).instrument(sent.clone()).instrument(span.clone()).await;
    span.record("status", response.status().as_u16());
    sent.record("http.response.status_code", i64::from(response.status().as_u16()));
    app.metrics().answered(&method, route, response.status(), watch.elapsed());
    span.in_scope(|| tracing::debug!(ms = watch.elapsed().as_millis(), "answered"));
    response.headers_mut().insert(HEADER, id.0);
    response
}

/// The id that a proxy in front gave, if it is one: what else stands there would come into the log.
fn given(headers: &HeaderMap) -> Option<HeaderValue> {
    let value = headers.get(HEADER)?;
    let fits = |b: &u8| b.is_ascii_alphanumeric() || b"-_.".contains(b);
    let bytes = value.as_bytes();
    (!bytes.is_empty() && bytes.len() <= MAX && bytes.iter().all(fits)).then(|| value.clone())
}

fn drawn(app: &App) -> HeaderValue {
    let mut bytes = [0; 16];
    app.engine().random().fill(&mut bytes);
    HeaderValue::from_str(&hex::encode(bytes)).unwrap_or(HeaderValue::from_static("none"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ids_are_taken_from_outside() {
        let taken = |text: &'static str| {
            given(&HeaderMap::from_iter([(
                HEADER,
                HeaderValue::from_bytes(text.as_bytes()).expect("a value"),
            )]))
            .is_some()
        };
        assert!(taken("01J9-abc_DEF.7"));
        for wrong in [
            "",
            "a b",
            "{\"x\":1}",
            "ą",
            "x;y",
            "0123456789012345678901234567890123456789012345678901234567890123456789",
        ] {
            assert!(!taken(wrong), "{wrong}");
        }
    }
}
