//! What of a record may be seen, field by field.

use crate::Level;
use schema::EntityCode;
use std::collections::HashMap;

/// The level of each field of one entity for one actor. Fields it does not know are hidden.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mask {
    pub(crate) entity: EntityCode,
    pub(crate) levels: HashMap<String, Level>,
    pub(crate) open: bool,
}

impl Mask {
    /// The entity it is for.
    #[must_use]
    pub const fn entity(&self) -> EntityCode {
        self.entity
    }

    /// The level of `field`.
    #[must_use]
    pub fn level(&self, field: &str) -> Level {
        self.levels.get(field).copied().unwrap_or_default()
    }

    /// Whether every field that the index keeps in clear can be read, so that rows may pass as they are.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.open
    }
}
