//! What a check found.

use kernel::{Fault, Lang, Text};
use serde_json::{Value, json};

/// How it is with one thing, the worse the greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum State {
    /// As it should be.
    Ok,
    /// It could not be looked at.
    Skipped,
    /// It works, and should be mended.
    Warning,
    /// It does not work, or does not protect.
    Error,
}

impl State {
    /// A stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Skipped => "skipped",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// In words.
    pub const fn text(self) -> Text {
        match self {
            Self::Ok => Text::of("dobrze", "ok"),
            Self::Skipped => Text::of("pominięto", "skipped"),
            Self::Warning => Text::of("ostrzeżenie", "warning"),
            Self::Error => Text::of("błąd", "error"),
        }
    }
}

/// What a check found.
pub struct Finding {
    /// Which check: a stable name in kebab case.
    pub check: &'static str,
    /// How it is.
    pub state: State,
    /// What was found.
    pub what: Text,
    /// What to do about it.
    pub mend: Option<Text>,
}

impl Finding {
    /// All is as it should be.
    pub const fn ok(check: &'static str, what: Text) -> Self {
        Self { check, state: State::Ok, what, mend: None }
    }

    /// It could not be looked at; `mend` says how it can be, if it can.
    pub const fn skipped(check: &'static str, what: Text, mend: Option<Text>) -> Self {
        Self { check, state: State::Skipped, what, mend }
    }

    /// It works, and should be mended.
    pub const fn warning(check: &'static str, what: Text, mend: Text) -> Self {
        Self { check, state: State::Warning, what, mend: Some(mend) }
    }

    /// It does not work, or does not protect.
    pub const fn error(check: &'static str, what: Text, mend: Text) -> Self {
        Self { check, state: State::Error, what, mend: Some(mend) }
    }

    /// A failure, with its note: this is read by the operator.
    pub fn failed(check: &'static str, fault: &Fault, mend: Text) -> Self {
        let note = fault.internal.as_deref().map(|n| format!(" [{n}]")).unwrap_or_default();
        let (pl, en) = (fault.public(Lang::Pl), fault.public(Lang::En));
        Self::error(check, Text::new(format!("{pl}{note}"), format!("{en}{note}")), mend)
    }

    /// For scripts.
    pub fn view(&self, lang: Lang) -> Value {
        json!({
            "check": self.check,
            "state": self.state.code(),
            "what": self.what.get(lang),
            "mend": self.mend.as_ref().map(|mend| mend.get(lang)),
        })
    }
}
