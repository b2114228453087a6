//! Custom fields.

use crate::admin::short;
use crate::prepare::issue;
use crate::{Caller, Engine, Masked, Released};
use access::{Thing, Verb};
use identity::FieldDoc;
use kernel::{ActId, Result, Text, limits};
use ledger::Act;
use schema::{Field, FieldKind, Flags};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeSet;
use store::{Batch, DocKind};

/// A custom field to be added.
#[derive(Clone, Debug, Deserialize)]
pub struct FieldInput {
    /// `cf_name`.
    pub name: String,
    /// What people read.
    pub label: Text,
    /// What it holds.
    #[serde(flatten)]
    pub kind: FieldKind,
    /// Data about a natural person.
    #[serde(default)]
    pub personal: bool,
    /// Special category (GDPR Art. 9) or secret.
    #[serde(default)]
    pub special: bool,
    /// Found by search.
    #[serde(default)]
    pub searchable: bool,
    /// Trade data.
    #[serde(default)]
    pub trade: bool,
}

impl Engine {
    /// Adds a custom field; it can be used at once.
    ///
    /// # Errors
    /// Forbidden; unknown entity; wrong or taken name; no choices; too many fields.
    pub async fn add_field(
        &self,
        caller: &Caller,
        entity: &str,
        input: FieldInput,
    ) -> Result<Released<Field>> {
        self.admin(caller, Thing::Fields, Verb::Manage).await?;
        let held = self.administer().await?;
        let policy = self.policy();
        let field = custom_field(&policy.catalog, input)?;
        policy.catalog.with_field(entity, field.clone())?;
        let mut event = self.event(caller, Act::FieldCreate);
        self.set_detail(&mut event, &json!({ "entity": entity, "field": field.name }))?;
        let mut batch = Batch::new(event);
        let id: ActId = self.id();
        let content = FieldDoc { entity: entity.to_owned(), field: field.clone() };
        batch.docs.push(self.doc(DocKind::Field, *id.bytes(), 1, &content)?);
        let receipt = self.commit_admin(batch, &held).await?;
        Ok(Masked::new(field).release(&receipt))
    }
}

fn custom_field(catalog: &schema::Catalog, input: FieldInput) -> Result<Field> {
    match &input.kind {
        FieldKind::Choice { choices } | FieldKind::Choices { choices } => {
            let codes: BTreeSet<&str> = choices.iter().map(|c| c.code.as_str()).collect();
            let shaped = |c: &str| {
                (1..=50).contains(&c.len())
                    && c.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
            };
            if choices.is_empty()
                || choices.len() > 500
                || codes.len() != choices.len()
                || !codes.iter().all(|c| shaped(c))
            {
                return Err(issue(
                    "choices",
                    "malformed",
                    Text::of(
                        "Od 1 do 500 wartości do wyboru, każda z innym kodem z małych liter, cyfr i podkreśleń.",
                        "1 to 500 choices, each with a different code of lower-case letters, digits and underscores.",
                    ),
                ));
            }
        }
        FieldKind::Reference { entity } if catalog.get(entity).is_none() => {
            return Err(issue(
                "entity",
                "unknown-entity",
                Text::of("Nie ma takiego rodzaju rekordów.", "There is no such kind of record."),
            ));
        }
        FieldKind::Text { max } if !(1..=2_000).contains(max) => {
            return Err(issue(
                "max",
                "out-of-range",
                Text::of("Od 1 do 2000 znaków.", "1 to 2,000 characters."),
            ));
        }
        FieldKind::LongText { max } if !(1..=limits::LONG_TEXT_CHARS).contains(max) => {
            return Err(issue(
                "max",
                "out-of-range",
                Text::of("Od 1 do 20 000 znaków.", "1 to 20,000 characters."),
            ));
        }
        FieldKind::Integer { min, max } if min > max => {
            return Err(issue(
                "min",
                "out-of-range",
                Text::of(
                    "Najmniejsza wartość jest większa od największej.",
                    "The minimum value is above the maximum.",
                ),
            ));
        }
        _ => {}
    }
    let secret = matches!(input.kind, FieldKind::Pesel | FieldKind::Iban);
    let label = Text::new(short(&input.label.pl, "label.pl")?, short(&input.label.en, "label.en")?);
    let flags = Flags {
        personal: input.personal || secret,
        special: input.special || secret,
        searchable: input.searchable && !input.special && !secret,
        trade: input.trade,
        custom: true,
        ..Flags::default()
    };
    Ok(Field { name: input.name, label, kind: input.kind, flags })
}
