//! What handlers return when they cannot answer. The outermost layer turns it into a problem document
//! in the caller's language, so that no handler needs to know the language.

use crate::app::App;
use crate::tried::Looking;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use kernel::{Fault, FaultKind, Lang, Text};

use crate::problem::Problem;
use crate::trace::RequestId;

/// A failure inside a handler.
#[derive(Debug)]
pub struct Refusal(pub Fault);

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self(fault)
    }
}

#[derive(Clone)]
struct Kept(Fault);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(Kept(self.0));
        response
    }
}

/// The language the caller asks for; Polish without a wish.
pub fn language(headers: &http::HeaderMap) -> Lang {
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|v| v.to_str().ok())
        .and_then(Lang::negotiate)
        .unwrap_or_default()
}

/// Tells failures in the caller's language.
pub async fn tell(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let looking = Looking::begin(&mut request).of(request.uri().path());
    let lang = language(request.headers());
    let id = request.extensions().get::<RequestId>().cloned();
    let mut response = next.run(request).await;
    let refused = match response.extensions_mut().remove::<Kept>() {
        Some(Kept(fault)) => Some(looking.end(&app, fault).await),
        None => bare(&response),
    };
    match refused {
        Some(fault) => Problem::new(fault, lang, id).into_response(),
        None => response,
    }
}

/// What the framework refused before a handler saw it, such as a path that is no UTF-8: its own words
/// are in no language of ours.
fn bare(response: &Response) -> Option<Fault> {
    let plain =
        response.headers().get(header::CONTENT_TYPE).is_none_or(|t| t.as_bytes().starts_with(b"text/plain"));
    if !plain || !response.status().is_client_error() {
        return None;
    }
    Some(match response.status() {
        StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => {
            Fault::not_found()
        }
        StatusCode::PAYLOAD_TOO_LARGE => {
            Fault::new(FaultKind::TooLarge, Text::of("Żądanie jest za duże.", "The request is too large."))
        }
        _ => Fault::invalid(Text::of("Tego żądania nie da się odczytać.", "This request cannot be read.")),
    })
}
