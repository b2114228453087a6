//! Query parameters: each known by name, each within its limits.

use crate::refusal::Refusal;
use axum::extract::{FromRequestParts, Query};
use http::request::Parts;
use kernel::{Fault, FieldIssue, Id, Text, limits};

/// All parameters, in order; a name may stand several times.
pub struct Params(pub Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Params {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let Query(pairs) =
            Query::<Vec<(String, String)>>::from_request_parts(parts, state).await.map_err(|_| {
                Refusal(Fault::invalid(Text::of(
                    "Nieczytelne parametry adresu.",
                    "The parameters of the address cannot be read.",
                )))
            })?;
        if pairs.len() > Self::MAX {
            return Err(Refusal(Fault::invalid(Text::new(
                format!("Najwyżej {} parametrów.", Self::MAX),
                format!("At most {} parameters.", Self::MAX),
            ))));
        }
        Ok(Self(pairs))
    }
}

impl Params {
    /// Parameters of one request.
    pub const MAX: usize = 64;

    /// A whole number.
    ///
    /// # Errors
    /// It is none.
    pub fn number<N: std::str::FromStr>(name: &str, value: &str) -> Result<N, Refusal> {
        value.parse().map_err(|_| {
            Self::wrong(name, "not-a-number", Text::of("To nie jest liczba.", "This is not a number."), "50")
        })
    }

    /// Yes or no.
    ///
    /// # Errors
    /// It is neither.
    pub fn flag(name: &str, value: &str) -> Result<bool, Refusal> {
        value.parse().map_err(|_| {
            Self::wrong(
                name,
                "not-a-bool",
                Text::of("Ma być true albo false.", "Must be true or false."),
                "true",
            )
        })
    }

    /// An id.
    ///
    /// # Errors
    /// It is none.
    pub fn id<K>(name: &str, value: &str) -> Result<Id<K>, Refusal> {
        let text = Text::of("To nie jest identyfikator.", "This is not an id.");
        value
            .parse()
            .map_err(|()| Self::wrong(name, "not-an-id", text, "0190a6c2-7b1e-7c3d-8e4f-0123456789ab"))
    }

    /// The refusal of a value.
    #[must_use]
    pub fn wrong(name: &str, code: &str, reason: Text, example: &str) -> Refusal {
        Refusal(Fault::fields(vec![FieldIssue {
            field: name.to_owned(),
            code: code.to_owned(),
            reason,
            example: Some(example.to_owned()),
        }]))
    }

    /// The refusal of a parameter that the end point does not know.
    #[must_use]
    pub fn unknown(name: &str, known: &[&str]) -> Refusal {
        let known = known.join(", ");
        let reason = Text::new(
            format!("Nie ma takiego parametru. Są: {known}."),
            format!("There is no such parameter. There are: {known}."),
        );
        Self::wrong(name, "unknown-parameter", reason, "limit=50")
    }

    /// `limit` and `cursor` of a list.
    ///
    /// # Errors
    /// Another parameter, no number, or no id.
    pub fn list<K>(self) -> Result<(u32, Option<Id<K>>), Refusal> {
        let (mut limit, mut cursor) = (limits::PAGE_DEFAULT, None);
        for (name, value) in self.0 {
            match name.as_str() {
                "limit" => limit = Self::number("limit", &value)?,
                "cursor" => cursor = Some(Self::id("cursor", &value)?),
                other => return Err(Self::unknown(other, &["limit", "cursor"])),
            }
        }
        Ok((limit, cursor))
    }

    /// `before` and `limit` of a history.
    ///
    /// # Errors
    /// Another parameter, or no number.
    pub fn page(self) -> Result<(Option<u64>, u32), Refusal> {
        let (mut before, mut limit) = (None, limits::PAGE_DEFAULT);
        for (name, value) in self.0 {
            match name.as_str() {
                "before" => before = Some(Self::number("before", &value)?),
                "limit" => limit = Self::number("limit", &value)?,
                other => return Err(Self::unknown(other, &["before", "limit"])),
            }
        }
        Ok((before, limit))
    }
}
