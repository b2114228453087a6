//! The cookie of a session that got another secret while a request was looked at.

use crate::auth::COOKIE;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderValue, header};
use std::sync::{Arc, OnceLock};

/// Where it waits for the answer.
#[derive(Clone, Default)]
pub struct Renewed(pub Arc<OnceLock<HeaderValue>>);

/// Adds the cookie to the answer, unless that gives or takes the session's cookie itself.
pub async fn give(mut request: Request, next: Next) -> Response {
    let renewed = Renewed::default();
    request.extensions_mut().insert(renewed.clone());
    let mut response = next.run(request).await;
    let own = |value: &HeaderValue| {
        value.as_bytes().strip_prefix(COOKIE.as_bytes()).is_some_and(|rest| rest.starts_with(b"="))
    };
    if let Some(cookie) = renewed.0.get()
        && !response.headers().get_all(header::SET_COOKIE).iter().any(own)
    {
        response.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    response
}
