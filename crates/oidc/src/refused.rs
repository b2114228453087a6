//! Why nobody was signed in.

use kernel::{Fault, FaultKind, Text};

/// The reason, by a stable name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// The provider does not answer, or not in time.
    Down,
    /// It answers with what is not understood, or with an error.
    Answer,
    /// It answers with more than is read.
    TooLarge,
    /// It does not say that it holds browsers to PKCE with S256.
    Pkce,
    /// Another issuer than the one in the settings.
    Issuer,
    /// A signing algorithm that is not accepted, or a key that is not for it.
    Algorithm,
    /// No such key, or a signature that is not its.
    Signature,
    /// A token for another client.
    Audience,
    /// A token of another time.
    Time,
    /// A token of another sign-in.
    Nonce,
    /// The provider did not ask the user anew.
    NotAnew,
    /// A token of another kind, or without what it must have.
    Claims,
    /// The user, or the provider for the user, said no.
    Denied,
}

impl Why {
    /// Whether it says nothing of what was to be checked: the provider could not be asked for what that takes.
    #[must_use]
    pub const fn is_unchecked(self) -> bool {
        matches!(self, Self::Down | Self::Answer)
    }

    /// A stable name in kebab case.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Down => "provider-down",
            Self::Answer => "provider-answer",
            Self::TooLarge => "provider-too-large",
            Self::Pkce => "provider-no-pkce",
            Self::Issuer => "wrong-issuer",
            Self::Algorithm => "wrong-algorithm",
            Self::Signature => "wrong-signature",
            Self::Audience => "wrong-audience",
            Self::Time => "wrong-time",
            Self::Nonce => "wrong-nonce",
            Self::NotAnew => "not-anew",
            Self::Claims => "wrong-claims",
            Self::Denied => "denied",
        }
    }
}

/// A refusal. What the log is told holds no token and no claim.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// The reason.
    pub why: Why,
    /// For the log.
    pub internal: String,
}

impl Refused {
    pub(crate) fn new(why: Why, internal: impl std::fmt::Display) -> Self {
        Self { why, internal: internal.to_string() }
    }

    /// As whoever wanted to sign in is told.
    #[must_use]
    pub fn fault(&self, label: &str) -> Fault {
        let code = self.why.code();
        let fault = match self.why {
            Why::Down => {
                let text = Text::new(
                    format!("{label} teraz nie odpowiada. Spróbuj za chwilę albo zaloguj się inaczej."),
                    format!("{label} does not answer now. Try again in a moment, or sign in another way."),
                );
                Fault::new(FaultKind::Unavailable, text).retry_after_s(10)
            }
            Why::Denied => {
                let text = Text::new(
                    format!("{label}: logowanie przerwano albo odrzucono. Spróbuj jeszcze raz."),
                    format!("{label}: the sign-in was cancelled or denied. Try again."),
                );
                Fault::new(FaultKind::Unauthenticated, text)
            }
            _ => {
                let text = Text::new(
                    format!(
                        "Nie udało się zalogować przez: {label} ({code}). Spróbuj jeszcze raz; jeśli to nie pomoże, podaj ten kod administratorowi."
                    ),
                    format!(
                        "Signing in with {label} failed ({code}). Try again; if it does not help, tell an administrator this code."
                    ),
                );
                Fault::new(FaultKind::Unauthenticated, text)
            }
        };
        Fault { internal: Some(format!("{code}: {}", self.internal)), ..fault }
    }
}
