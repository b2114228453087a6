//! Answers to requests that fail, shared by all operations.

use super::names::schema;
use serde_json::{Map, Value, json};

struct Failure {
    status: u16,
    name: &'static str,
    code: &'static str,
    title: &'static str,
    description: &'static str,
    header: Option<(&'static str, &'static str)>,
}

const fn failure(
    status: u16,
    name: &'static str,
    code: &'static str,
    title: &'static str,
    description: &'static str,
) -> Failure {
    Failure { status, name, code, title, description, header: None }
}

const FAILURES: [Failure; 13] = [
    Failure {
        header: Some(("WWW-Authenticate", "WwwAuthenticate")),
        ..failure(
            401,
            "Unauthenticated",
            "unauthenticated",
            "Sign-in required",
            "Nobody is signed in, or not any more.",
        )
    },
    failure(
        403,
        "Forbidden",
        "forbidden",
        "Not allowed",
        "The caller's rights do not allow it, or another site made the browser ask. Never where it would confirm that something exists.",
    ),
    failure(
        404,
        "NotFound",
        "not-found",
        "Not found",
        "Not there, or not to be seen by the caller: the two are not told apart. Also under a name that is not the server's.",
    ),
    failure(
        409,
        "Conflict",
        "conflict",
        "Conflict with the current state",
        "Contradicts what is there, such as a unique value that is taken.",
    ),
    failure(
        412,
        "Stale",
        "stale",
        "Outdated version",
        "The version of `If-Match` is no longer current. Load it again.",
    ),
    failure(413, "TooLarge", "too-large", "Too much data", "The body is larger than its limit."),
    failure(
        415,
        "Unsupported",
        "unsupported",
        "Unsupported content type",
        "The content type is not one that is read here.",
    ),
    failure(
        422,
        "Invalid",
        "invalid",
        "Invalid data",
        "The input is wrong; `issues` name each field, the reason and a right value.",
    ),
    failure(
        428,
        "PreconditionRequired",
        "precondition-required",
        "If-Match is missing",
        "`If-Match` is needed.",
    ),
    Failure {
        header: Some(("Retry-After", "RetryAfter")),
        ..failure(429, "TooMany", "too-many", "Too many attempts", "Too many requests or failed sign-ins.")
    },
    failure(
        500,
        "Failed",
        "internal",
        "Server error",
        "A fault of the program, or stored data that are not what was written (`corrupt`). Nothing was saved.",
    ),
    Failure {
        header: Some(("Retry-After", "RetryAfter")),
        ..failure(
            503,
            "Unavailable",
            "unavailable",
            "Temporarily unavailable",
            "Cannot be served now; later it can.",
        )
    },
    failure(507, "StorageFull", "storage-full", "Storage is full", "No room to write. Nothing was saved."),
];

/// The reusable answers.
pub fn all() -> Map<String, Value> {
    FAILURES.iter().map(|f| (f.name.to_owned(), f.response())).collect()
}

/// A reference to the answer of this status.
pub fn of(status: u16) -> Option<Value> {
    let failure = FAILURES.iter().find(|f| f.status == status)?;
    Some(json!({ "$ref": format!("#/components/responses/{}", failure.name) }))
}

impl Failure {
    fn response(&self) -> Value {
        let mut example = json!({
            "type": format!("urn:klucznik:problem:{}", self.code),
            "title": self.title,
            "status": self.status,
            "detail": "What happened, and what to do.",
            "request_id": "3f0c1b9a7d5e42868bc0d1f2a3e4b5c6",
        });
        if self.status == 422 {
            example["issues"] = json!([{
                "field": "nip",
                "code": "wrong-check-digit",
                "reason": "This is not a valid NIP: its check digit is wrong.",
                "example": "5261040828",
            }]);
        }
        let mut response = json!({
            "description": self.description,
            "content": { "application/problem+json": { "schema": schema("Problem"), "example": example } },
        });
        if let Some((header, component)) = self.header {
            response["headers"] = json!({ header: { "$ref": format!("#/components/headers/{component}") } });
        }
        response
    }
}
