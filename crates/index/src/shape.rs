//! What the index file says of its own columns; compared when it is opened.

use schema::{Catalog, Entity, Field};
use serde::{Deserialize, Serialize};

/// Grows when anything about the tables or about what is in them changes, the folding of text and the
/// collation included: an index of another format is made anew.
const FORMAT: u32 = 3;

/// The entities and fields that an index was made for.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Shape {
    format: u32,
    entities: Vec<EntityShape>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct EntityShape {
    code: u16,
    name: String,
    parents: Vec<String>,
    /// Name, and all that decides about columns.
    fields: Vec<(String, String)>,
}

impl EntityShape {
    fn of(entity: &Entity) -> Self {
        let field = |f: &Field| {
            let flags = f.flags;
            let traits = (
                f.column(),
                flags.searchable,
                flags.unique,
                flags.sorts_as_name,
                flags.special,
                flags.custom,
            );
            let kind = serde_json::to_value(&f.kind).unwrap_or_default();
            (f.name.clone(), format!("{traits:?} {}", kind["kind"]))
        };
        Self {
            code: entity.code.0,
            name: entity.name.clone(),
            parents: entity.parents.clone(),
            fields: entity.fields.iter().map(field).collect(),
        }
    }
}

impl Shape {
    pub fn of(catalog: &Catalog) -> Self {
        Self { format: FORMAT, entities: catalog.entities().iter().map(EntityShape::of).collect() }
    }

    /// How many fields each entity has had so far, if `new` does nothing but add fields of its own
    /// entities at their ends. A field that comes with a new version of the program may need an index and
    /// may have values already, so only custom ones count.
    pub fn grows_into(&self, new: &Self, catalog: &Catalog) -> Option<Vec<usize>> {
        if self.format != new.format || self.entities.len() != new.entities.len() {
            return None;
        }
        let grown = |(i, (old, new)): (usize, (&EntityShape, &EntityShape))| {
            let known = old.fields.len();
            let same = (old.code, &old.name, &old.parents) == (new.code, &new.name, &new.parents)
                && new.fields.get(..known) == Some(&old.fields[..])
                && catalog.entities()[i].fields[known..].iter().all(|f| f.flags.custom);
            same.then_some(known)
        };
        self.entities.iter().zip(&new.entities).enumerate().map(grown).collect()
    }
}
