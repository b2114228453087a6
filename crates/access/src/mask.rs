//! What of a record may be seen, field by field.

use crate::Level;
use crate::decide::is_special;
use schema::{Entity, EntityCode, Field};
use std::collections::HashMap;

/// The level of each field of one entity for one actor. Fields it does not know are hidden.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mask {
    pub(crate) entity: EntityCode,
    pub(crate) levels: HashMap<String, Level>,
    pub(crate) open: bool,
}

impl Mask {
    /// The mask of what is given for each field. What is computed from other fields tells no more than the least
    /// visible of them.
    pub(crate) fn of(entity: &Entity, given: impl Fn(&Field) -> Option<Level>) -> Self {
        let given: HashMap<&str, Level> =
            entity.fields.iter().map(|f| (f.name.as_str(), given(f).unwrap_or_default())).collect();
        let level = |name: &str| {
            let sources = schema::sources_of(&entity.name, name).iter();
            sources.chain([&name]).filter_map(|n| given.get(n).copied()).min().unwrap_or_default()
        };
        let levels: HashMap<String, Level> =
            entity.fields.iter().map(|f| (f.name.clone(), level(&f.name))).collect();
        let open = entity.fields.iter().all(|f| is_special(f) || levels[&f.name] >= Level::Read);
        Self { entity: entity.code, levels, open }
    }

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
