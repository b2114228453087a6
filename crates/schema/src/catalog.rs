//! All entities of an instance, custom fields included.

use crate::{Entity, EntityCode, Field};
use kernel::{Fault, Result, Text, limits};
use std::collections::HashMap;

/// All entities, by name, by path and by number. Replaced as a whole when a custom field is added.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// Grows with every change; kept with the custom fields in the store.
    pub version: u64,
    entities: Vec<Entity>,
    by_name: HashMap<String, usize>,
    by_plural: HashMap<String, usize>,
    by_code: HashMap<EntityCode, usize>,
}

impl Catalog {
    /// A catalog of these entities.
    #[must_use]
    pub fn new(version: u64, entities: Vec<Entity>) -> Self {
        let index = |key: fn(&Entity) -> String| {
            entities.iter().enumerate().map(|(i, e)| (key(e), i)).collect::<HashMap<_, _>>()
        };
        let by_name = index(|e| e.name.clone());
        let by_plural = index(|e| e.plural.clone());
        let by_code = entities.iter().enumerate().map(|(i, e)| (e.code, i)).collect();
        Self { version, entities, by_name, by_plural, by_code }
    }

    /// The entities, in order of their numbers.
    #[must_use]
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The entity called `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Entity> {
        self.by_name.get(name).map(|&i| &self.entities[i])
    }

    /// The entity whose path is `plural`.
    #[must_use]
    pub fn by_plural(&self, plural: &str) -> Option<&Entity> {
        self.by_plural.get(plural).map(|&i| &self.entities[i])
    }

    /// The entity with this number.
    #[must_use]
    pub fn by_code(&self, code: EntityCode) -> Option<&Entity> {
        self.by_code.get(&code).map(|&i| &self.entities[i])
    }

    /// This catalog with one more custom field.
    ///
    /// # Errors
    /// Unknown entity, name not of the form `cf_[a-z0-9_]{1,40}` or taken, too many fields.
    pub fn with_field(&self, entity: &str, mut field: Field) -> Result<Self> {
        let mut entities = self.entities.clone();
        let target = entities.iter_mut().find(|e| e.name == entity).ok_or_else(Fault::not_found)?;
        let tail = field.name.strip_prefix("cf_").unwrap_or_default();
        let shaped = (1..=40).contains(&tail.len())
            && tail.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !shaped {
            return Err(Fault::invalid(Text::of(
                "Nazwa pola własnego ma postać cf_nazwa: małe litery bez znaków diakrytycznych, cyfry i podkreślenia, najwyżej 40 znaków po cf_.",
                "A custom field is named cf_name: lower-case ASCII letters, digits and underscores, at most 40 after cf_.",
            )));
        }
        if target.field(&field.name).is_some() {
            return Err(Fault::new(
                kernel::FaultKind::Conflict,
                Text::of("Pole o tej nazwie już istnieje.", "A field of this name already exists."),
            ));
        }
        if target.fields.len() >= limits::FIELDS {
            return Err(Fault::invalid(Text::new(
                format!("Ten rodzaj rekordów ma już {} pól; więcej nie można dodać.", limits::FIELDS),
                format!("This kind of record already has {} fields; no more can be added.", limits::FIELDS),
            )));
        }
        field.flags.custom = true;
        target.fields.push(field);
        Ok(Self::new(self.version + 1, entities))
    }
}
