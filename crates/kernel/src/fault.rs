//! Errors: what the caller may know, and what only the log may know.

use crate::{Lang, Named, RecordId, Text, UserId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The result of anything that can fail.
pub type Result<T> = std::result::Result<T, Fault>;

/// The kind of a failure. Its [`code`](FaultKind::code) is the stable last part of the problem
/// document's `type` (RFC 9457).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub enum FaultKind {
    /// The input is wrong; the issues say where.
    Invalid,
    /// Nobody is signed in, or not any more.
    Unauthenticated,
    /// Signed in, but the action is not allowed. Never used where it would confirm existence.
    Forbidden,
    /// Signed in or not, the user may not work at this hour.
    OutsideHours,
    /// A second factor must be added before anything else.
    FactorRequired,
    /// The caller must prove anew to be there.
    StepUpRequired,
    /// A second person must approve it first.
    ApprovalRequired,
    /// Not there, or not to be seen by the caller: the two are not told apart.
    NotFound,
    /// A version that is no longer current was to be changed.
    Stale,
    /// The act contradicts what is there, for example a unique value that is taken.
    Conflict,
    /// An `If-Match` is needed.
    PreconditionRequired,
    /// Too many attempts; wait.
    TooMany,
    /// The input is larger than a limit.
    TooLarge,
    /// The content type is not one that is read here.
    Unsupported,
    /// No room to write.
    Full,
    /// Cannot be served now; later it can.
    Unavailable,
    /// Stored data are not what was written: nothing of them is served.
    Corrupt,
    /// A fault of the program.
    Internal,
}

impl FaultKind {
    /// A stable name in kebab case.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::OutsideHours => "outside-hours",
            Self::FactorRequired => "factor-required",
            Self::StepUpRequired => "step-up-required",
            Self::ApprovalRequired => "approval-required",
            Self::NotFound => "not-found",
            Self::Stale => "stale",
            Self::Conflict => "conflict",
            Self::PreconditionRequired => "precondition-required",
            Self::TooMany => "too-many",
            Self::TooLarge => "too-large",
            Self::Unsupported => "unsupported",
            Self::Full => "storage-full",
            Self::Unavailable => "unavailable",
            Self::Corrupt => "corrupt",
            Self::Internal => "internal",
        }
    }
}

/// What is wrong with one field of the input.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FieldIssue {
    /// The field's name, or a path such as `filter[2]`.
    pub field: String,
    /// A stable code in kebab case, such as `too-long`.
    pub code: String,
    /// What is wrong.
    pub reason: Text,
    /// A value that would be right.
    pub example: Option<String>,
}

/// A failure. `message` and `issues` may be shown to the caller; `internal` goes to the log alone and
/// holds no personal data either.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The kind.
    pub kind: FaultKind,
    /// What the caller is told.
    pub message: Text,
    /// What is wrong, field by field.
    pub issues: Vec<FieldIssue>,
    /// Seconds to wait before another try makes sense.
    pub retry_after_s: Option<u32>,
    /// What a refusal says besides.
    pub refusal: Option<Box<Refusal>>,
    /// For the log.
    pub internal: Option<String>,
}

/// What is missing, by stable names.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Lack {
    /// What was to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<&'static str>,
    /// To records of which entity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// Or to what else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thing: Option<&'static str>,
}

/// The record that has a unique value already, as far as the caller may see it.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// Its entity.
    pub entity: String,
    /// Its id.
    pub id: RecordId,
    /// What it is called, if the caller may read that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// Without the title, which is for the caller and not for a log.
impl fmt::Debug for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Taken").field("entity", &self.entity).field("id", &self.id).finish_non_exhaustive()
    }
}

/// What is missing, and whom to ask for it; or what is in the way.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Refusal {
    /// What is missing.
    pub lack: Lack,
    /// Whom to ask.
    pub ask: Vec<Named<UserId>>,
    /// Who has the value already.
    pub duplicate: Option<Taken>,
    /// Which factor is needed.
    pub need: Option<&'static str>,
    /// By what the caller can prove to be there.
    pub factors: Vec<&'static str>,
    /// Names that the caller gave of fields that there are not or may not be used. Never told: the ledger has them, as far
    /// as they are fields.
    pub named: Vec<String>,
    /// The entity whose fields they would be, where the route does not say it.
    pub within: Option<String>,
}

impl Fault {
    /// A failure with a message of its own.
    #[must_use]
    pub const fn new(kind: FaultKind, message: Text) -> Self {
        Self { kind, message, issues: Vec::new(), retry_after_s: None, refusal: None, internal: None }
    }

    /// Wrong input as a whole.
    #[must_use]
    pub const fn invalid(message: Text) -> Self {
        Self::new(FaultKind::Invalid, message)
    }

    /// Wrong input, field by field.
    #[must_use]
    pub fn fields(issues: Vec<FieldIssue>) -> Self {
        let message = Text::of("Niektóre pola mają niewłaściwe wartości.", "Some fields have wrong values.");
        Self { issues, ..Self::new(FaultKind::Invalid, message) }
    }

    /// Not there, or not to be seen.
    #[must_use]
    pub const fn not_found() -> Self {
        Self::new(
            FaultKind::NotFound,
            Text::of(
                "Nie ma takiego zasobu albo nie masz do niego dostępu.",
                "There is no such resource, or you have no access to it.",
            ),
        )
    }

    /// Not allowed, where existence is no secret.
    #[must_use]
    pub const fn forbidden() -> Self {
        Self::new(
            FaultKind::Forbidden,
            Text::of("Twoje role na to nie pozwalają.", "Your roles do not allow this."),
        )
    }

    /// The record was changed by somebody else meanwhile.
    #[must_use]
    pub const fn stale() -> Self {
        Self::new(
            FaultKind::Stale,
            Text::of(
                "Rekord zmienił się w międzyczasie. Wczytaj go ponownie i powtórz zmianę.",
                "The record has changed meanwhile. Load it again and repeat the change.",
            ),
        )
    }

    /// Stored data that are not what was written. `internal` says which, by id and place.
    pub fn corrupt(internal: impl Into<String>) -> Self {
        Self::new(
            FaultKind::Corrupt,
            Text::of(
                "Zapisane dane są uszkodzone albo zmienione, więc nie zostaną podane. Powiadom administratora.",
                "Stored data are damaged or altered, so they are not served. Tell the administrator.",
            ),
        )
        .internal(internal)
    }

    /// A fault of the program or of the machine. `internal` goes to the log.
    pub fn bug(internal: impl fmt::Display) -> Self {
        Self::new(
            FaultKind::Internal,
            Text::of(
                "Wystąpił błąd po naszej stronie. Nic nie zapisano.",
                "Something failed on our side. Nothing was saved.",
            ),
        )
        .internal(internal.to_string())
    }

    /// The same refusal, saying what is missing.
    #[must_use]
    pub fn lacking(mut self, lack: Lack) -> Self {
        self.refusal.get_or_insert_default().lack = lack;
        self
    }

    /// The same refusal, saying whom to ask.
    #[must_use]
    pub fn asking(mut self, ask: Vec<Named<UserId>>) -> Self {
        self.refusal.get_or_insert_default().ask = ask;
        self
    }

    /// The same failure with the name of a field that the caller gave and may not use.
    #[must_use]
    pub fn naming(mut self, name: impl Into<String>) -> Self {
        self.refusal.get_or_insert_default().named.push(name.into());
        self
    }

    /// The same failure with the entity that such names are of, unless it has one.
    #[must_use]
    pub fn within(mut self, entity: &str) -> Self {
        self.refusal.get_or_insert_default().within.get_or_insert_with(|| entity.to_owned());
        self
    }

    /// The same failure without those names: they are written down.
    #[must_use]
    pub fn unnamed(mut self) -> Self {
        if let Some(refusal) = &mut self.refusal {
            refusal.named.clear();
        }
        self
    }

    /// The names of fields that the caller gave and may not use.
    #[must_use]
    pub fn named(&self) -> &[String] {
        self.refusal.as_deref().map_or(&[], |refusal| &refusal.named)
    }

    /// The same failure with a note for the log.
    #[must_use]
    pub fn internal(mut self, note: impl Into<String>) -> Self {
        self.internal = Some(note.into());
        self
    }

    /// The same failure with a time to wait.
    #[must_use]
    pub const fn retry_after_s(mut self, seconds: u32) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    /// All that the caller may know, in one text: message and issues.
    #[must_use]
    pub fn public(&self, lang: Lang) -> String {
        let mut out = self.message.get(lang).to_owned();
        for issue in &self.issues {
            out.push_str(&format!("\n  {}: {}", issue.field, issue.reason.get(lang)));
            if let Some(example) = &issue.example {
                let such_as = Text::of("Na przykład", "For example");
                out.push_str(&format!(" {}: {example}", such_as.get(lang)));
            }
        }
        out
    }
}

impl fmt::Display for Fault {
    /// For logs and the command line of the operator, in English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.public(Lang::En))?;
        match &self.internal {
            Some(note) => write!(f, " [{note}]"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Fault {}
