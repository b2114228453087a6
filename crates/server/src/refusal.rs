//! What handlers return when they cannot answer. The outermost layer turns it into a problem document
//! in the caller's language, so that no handler needs to know the language.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use kernel::{Fault, Lang};

use crate::problem::Problem;

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
pub async fn tell(request: Request, next: Next) -> Response {
    let lang = language(request.headers());
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Kept>() {
        Some(Kept(fault)) => Problem::new(fault, lang).into_response(),
        None => response,
    }
}
