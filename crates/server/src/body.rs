//! Request bodies: JSON of the right type, within the limits of size and depth.

use crate::refusal::Refusal;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use http::header;
use kernel::{Fault, FaultKind, Text, limits};
use serde::de::DeserializeOwned;

/// A JSON body, read as a `T`, with the bytes it came in.
pub struct Body<T> {
    /// The value.
    pub value: T,
    /// What was sent.
    pub bytes: Bytes,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .map(|v| v.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
            .is_some_and(|t| t == "application/json" || t == "application/merge-patch+json");
        if !json {
            return Err(Refusal(Fault::new(
                FaultKind::Unsupported,
                Text::of("Wyślij treść typu application/json.", "Send a body of type application/json."),
            )));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|_| {
            Refusal(Fault::new(
                FaultKind::TooLarge,
                Text::new(
                    format!("Treść żądania może mieć najwyżej {} bajtów.", limits::BODY),
                    format!("The body of a request may have at most {} bytes.", limits::BODY),
                ),
            ))
        })?;
        parse(&bytes).map(|value| Self { value, bytes })
    }
}

/// Reads JSON; the error says where it stops being right.
fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    if depth(bytes) > limits::JSON_DEPTH {
        return Err(Refusal(Fault::invalid(Text::new(
            format!("JSON jest zagnieżdżony głębiej niż {} poziomów.", limits::JSON_DEPTH),
            format!("The JSON is nested deeper than {} levels.", limits::JSON_DEPTH),
        ))));
    }
    serde_json::from_slice(bytes).map_err(|e| {
        Refusal(Fault::invalid(Text::new(
            format!("Treść nie jest oczekiwanym JSON-em (wiersz {}, kolumna {}): {e}", e.line(), e.column()),
            format!("The body is not the JSON expected (line {}, column {}): {e}", e.line(), e.column()),
        )))
    })
}

/// How deep arrays and objects nest, without reading values.
fn depth(bytes: &[u8]) -> usize {
    let (mut now, mut most, mut text, mut escaped) = (0usize, 0, false, false);
    for &b in bytes {
        match (text, b) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => text = !text,
            (false, b'[' | b'{') => {
                now += 1;
                most = most.max(now);
            }
            (false, b']' | b'}') => now = now.saturating_sub(1),
            _ => {}
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::depth;

    #[test]
    fn brackets_in_texts_do_not_count() {
        assert_eq!(depth(br#"{"a":"[[[[","b":[1]}"#), 2);
        assert_eq!(depth(br#""\"[[""#), 0);
        assert_eq!(depth("[".repeat(50).as_bytes()), 50);
    }
}
