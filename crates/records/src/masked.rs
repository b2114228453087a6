//! What may leave: only what was masked, and only against a receipt.

use ledger::Receipt;
use serde::{Serialize, Serializer};

/// A value in which everything that the caller may not see is absent or marked. It cannot be read or
/// serialised before its event is durable in the ledger.
#[derive(Debug)]
pub struct Masked<T>(T);

impl<T> Masked<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self(value)
    }

    /// Releases the value: the receipt proves that the ledger holds the act.
    #[must_use]
    pub fn release(self, _receipt: &Receipt) -> Released<T> {
        Released(self.0)
    }
}

/// A value on its way out.
#[derive(Debug)]
pub struct Released<T>(T);

impl<T> Released<T> {
    /// The value.
    #[must_use]
    pub const fn get(&self) -> &T {
        &self.0
    }

    /// The value.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T: Serialize> Serialize for Released<T> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(s)
    }
}
