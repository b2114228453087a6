//! Request bodies: JSON of the right type, within the limits of size and depth.

use crate::refusal::Refusal;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use http::header;
use kernel::{Fault, FaultKind, Text, limits};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

/// A JSON body, read as a `T`, with the bytes it came in.
pub struct Body<T> {
    /// The value.
    pub value: T,
    /// What was sent.
    pub bytes: Bytes,
}

/// A body of one reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Why, in words.
    pub reason: String,
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
        let reason = reason(&e);
        Refusal(Fault::invalid(Text::new(
            format!(
                "Treść nie jest oczekiwanym JSON-em (wiersz {}, kolumna {}): {}.",
                e.line(),
                e.column(),
                reason.pl
            ),
            format!(
                "The body is not the JSON expected (line {}, column {}): {}.",
                e.line(),
                e.column(),
                reason.en
            ),
        )))
    })
}

/// What is wrong, without the parser's own words: they are English, and name types inside the program.
fn reason(error: &serde_json::Error) -> Text {
    match error.classify() {
        Category::Eof => Text::of("treść kończy się za wcześnie", "it ends too early"),
        Category::Syntax | Category::Io => {
            Text::of("to nie jest poprawny JSON", "this is not well-formed JSON")
        }
        Category::Data => shape(&error.to_string()),
    }
}

/// The same of a value that has another shape than the one expected.
fn shape(message: &str) -> Text {
    let mut names = message.split('`').skip(1).step_by(2);
    let first = names.next().unwrap_or_default();
    let known = names.collect::<Vec<_>>().join(", ");
    if message.starts_with("missing field") {
        Text::new(format!("brakuje „{first}”"), format!("`{first}` is missing"))
    } else if message.starts_with("duplicate field") {
        Text::new(format!("„{first}” występuje dwa razy"), format!("`{first}` is given twice"))
    } else if message.starts_with("unknown field") {
        Text::new(
            format!("„{first}” tu nie należy; może tu być: {known}"),
            format!("`{first}` does not belong here; there may be: {known}"),
        )
    } else if message.starts_with("unknown variant") {
        Text::new(
            format!("„{first}” nie jest jedną z wartości: {known}"),
            format!("`{first}` is none of: {known}"),
        )
    } else {
        let (pl, en) = expected(message);
        Text::new(format!("ma tu być {pl}"), format!("there should be {en}"))
    }
}

/// The kind of value that the parser's words expect.
fn expected(message: &str) -> (&'static str, &'static str) {
    let what = message.rsplit_once("expected ").map_or("", |(_, what)| what);
    if message.starts_with("not an id") {
        return ("identyfikator", "an id");
    }
    let is = |words: &[&str]| words.iter().any(|word| what.starts_with(word));
    if is(&["struct", "a map", "internally tagged", "adjacently tagged"]) {
        ("obiekt", "an object")
    } else if is(&["a sequence", "an array", "a tuple"]) {
        ("lista", "a list")
    } else if is(&["a string", "string", "a borrowed string"]) {
        ("tekst", "a text")
    } else if is(&["a boolean"]) {
        ("true albo false", "true or false")
    } else if is(&["u8", "u16", "u32", "u64", "usize", "i8", "i16", "i32", "i64"]) {
        ("liczba całkowita", "a whole number")
    } else if is(&["f32", "f64"]) {
        ("liczba", "a number")
    } else {
        ("inna wartość", "another value")
    }
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
    use super::{depth, reason};
    use serde::Deserialize;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "what is read is not looked at")]
    struct Input {
        fields: std::collections::BTreeMap<String, u32>,
        how: Option<How>,
        names: Option<Vec<String>>,
        sure: Option<bool>,
        owner: Option<kernel::UserId>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum How {
        Skip,
        Update,
    }

    #[test]
    fn what_is_wrong_with_a_body_is_told_in_both_languages() {
        let said = |body: &str| match serde_json::from_str::<Input>(body) {
            Ok(_) => panic!("{body} is read"),
            Err(error) => reason(&error),
        };
        for (body, pl, en) in [
            ("", "treść kończy się za wcześnie", "it ends too early"),
            ("{,}", "to nie jest poprawny JSON", "this is not well-formed JSON"),
            ("5", "ma tu być obiekt", "there should be an object"),
            ("{}", "brakuje „fields”", "`fields` is missing"),
            (r#"{"fields":{},"fields":{}}"#, "„fields” występuje dwa razy", "`fields` is given twice"),
            (
                r#"{"field":{}}"#,
                "„field” tu nie należy; może tu być: fields, how, names, sure, owner",
                "`field` does not belong here; there may be: fields, how, names, sure, owner",
            ),
            (
                r#"{"fields":{},"how":"x"}"#,
                "„x” nie jest jedną z wartości: skip, update",
                "`x` is none of: skip, update",
            ),
            (r#"{"fields":{"a":"b"}}"#, "ma tu być liczba całkowita", "there should be a whole number"),
            (r#"{"fields":{},"names":"x"}"#, "ma tu być lista", "there should be a list"),
            (r#"{"fields":{},"names":[1]}"#, "ma tu być tekst", "there should be a text"),
            (r#"{"fields":{},"owner":"x"}"#, "ma tu być identyfikator", "there should be an id"),
            (r#"{"fields":{},"sure":1}"#, "ma tu być true albo false", "there should be true or false"),
        ] {
            let reason = said(body);
            assert_eq!((reason.pl.as_ref(), reason.en.as_ref()), (pl, en), "{body}");
        }
    }

    #[test]
    fn brackets_in_texts_do_not_count() {
        assert_eq!(depth(br#"{"a":"[[[[","b":[1]}"#), 2);
        assert_eq!(depth(br#""\"[[""#), 0);
        assert_eq!(depth("[".repeat(50).as_bytes()), 50);
    }
}
