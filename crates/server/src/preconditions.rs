//! `If-Match`, `ETag` and `Idempotency-Key`.

use crate::refusal::Refusal;
use http::{HeaderMap, HeaderValue, header};
use kernel::{Fault, FaultKind, FieldIssue, Text, limits};

/// The strong entity tag of a version.
#[must_use]
pub fn etag(version: u64) -> HeaderValue {
    HeaderValue::try_from(format!("\"{version}\"")).expect("digits in quotes are a header value")
}

/// The version that the caller means to change.
///
/// # Errors
/// Missing (428), weak (412), or no entity tag of ours (422).
pub fn if_match(headers: &HeaderMap) -> Result<u64, Refusal> {
    let Some(value) = headers.get(header::IF_MATCH) else {
        return Err(Refusal(Fault::new(
            FaultKind::PreconditionRequired,
            Text::of(
                "Podaj w nagłówku If-Match wersję rekordu, którą zmieniasz, na przykład \"3\".",
                "Give the version of the record that you change in the header If-Match, for example \"3\".",
            ),
        )));
    };
    if value.as_bytes().starts_with(b"W/") {
        // A weak tag matches nothing here (RFC 9110 §13.1.1).
        return Err(Refusal(Fault::stale()));
    }
    value.to_str().ok().and_then(|v| v.trim().strip_prefix('"')?.strip_suffix('"')?.parse().ok()).ok_or_else(
        || {
            Refusal(Fault::fields(vec![FieldIssue {
                field: "If-Match".to_owned(),
                code: "malformed".to_owned(),
                reason: Text::of(
                    "Podaj jedną wersję w cudzysłowie, taką jak w nagłówku ETag.",
                    "Give one version in quotes, as in the header ETag.",
                ),
                example: Some("\"3\"".to_owned()),
            }]))
        },
    )
}

/// As [`if_match`], where it may be left out.
///
/// # Errors
/// Weak (412), or no entity tag of ours (422).
pub fn if_match_given(headers: &HeaderMap) -> Result<Option<u64>, Refusal> {
    headers.contains_key(header::IF_MATCH).then(|| if_match(headers)).transpose()
}

/// The key under which a creating call may be repeated.
///
/// # Errors
/// Empty, too long, or not visible ASCII.
pub fn idempotency_key(headers: &HeaderMap) -> Result<Option<&str>, Refusal> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let text = value.to_str().unwrap_or_default();
    if text.is_empty() || text.len() > limits::IDEMPOTENCY_KEY {
        return Err(Refusal(Fault::invalid(Text::new(
            format!("Idempotency-Key ma mieć od 1 do {} widocznych znaków ASCII.", limits::IDEMPOTENCY_KEY),
            format!("Idempotency-Key must have 1 to {} visible ASCII characters.", limits::IDEMPOTENCY_KEY),
        ))));
    }
    Ok(Some(text))
}
