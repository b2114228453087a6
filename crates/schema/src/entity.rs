//! The shape of a descriptor.

use kernel::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The content of a record: field name to canonical JSON value. A field without a value is absent,
/// never null. Money is `{"amount":"1234.50","currency":"PLN"}`; a decimal is a string; a date is
/// `YYYY-MM-DD`; a date with time is RFC 3339 in UTC; references are ids as strings; several choices
/// and tags are arrays of strings.
pub type Content = BTreeMap<String, serde_json::Value>;

/// The number under which an entity is stored. Never reused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntityCode(pub u16);

/// What a field holds.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FieldKind {
    /// One line.
    Text {
        /// Longest value, in characters.
        max: usize,
    },
    /// Several lines; searched as words, never a column.
    LongText {
        /// Longest value, in characters.
        max: usize,
    },
    /// An e-mail address.
    Email,
    /// A telephone number, kept in E.164.
    Phone,
    /// An `http` or `https` address.
    Url,
    /// Polish tax number of a company.
    Nip,
    /// Polish statistical number of a company, 9 or 14 digits.
    Regon,
    /// Number in the Polish court register, 10 digits.
    Krs,
    /// Polish number of a person. Always special: equality by keyed HMAC alone.
    Pesel,
    /// International bank account number. Always special.
    Iban,
    /// Polish postal code, or any for another country.
    PostalCode,
    /// Country, ISO 3166-1 alpha-2.
    Country,
    /// Whole number.
    Integer {
        /// Least value.
        min: i64,
        /// Greatest value.
        max: i64,
    },
    /// Decimal number with at most 4 places.
    Decimal,
    /// Amount with an ISO 4217 currency.
    Money,
    /// Day.
    Date,
    /// Moment.
    DateTime,
    /// Yes or no.
    Bool,
    /// One of.
    Choice {
        /// The choices, in order.
        choices: Vec<Choice>,
    },
    /// Several of.
    Choices {
        /// The choices, in order.
        choices: Vec<Choice>,
    },
    /// Free labels.
    Tags,
    /// Another record.
    Reference {
        /// Name of the entity referred to.
        entity: String,
    },
    /// A user.
    User,
}

/// What reaching a pipeline stage means.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The deal is won.
    Won,
    /// The deal is lost.
    Lost,
}

/// One choice of a field.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Choice {
    /// Stable code, kept in the record.
    pub code: String,
    /// What people read.
    pub label: Text,
    /// Pipeline stages: chance of winning, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<u8>,
    /// Pipeline stages: whether the deal ends here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
}

/// What is special about a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Flags {
    /// Data about a natural person (GDPR Art. 4(1)).
    pub personal: bool,
    /// Special category (GDPR Art. 9) or secret: never in the index except for keyed equality.
    pub special: bool,
    /// Found by search.
    pub searchable: bool,
    /// A second record with the same value is a duplicate: refused unless the caller says so.
    pub unique: bool,
    /// Sorts as a name, in the order of the user's language.
    pub sorts_as_name: bool,
    /// Must have a value.
    pub required: bool,
    /// Set by the engine only.
    pub read_only: bool,
    /// Trade data: values, prices, discounts. Marketing does not see them.
    pub trade: bool,
    /// Added by an administrator at run time.
    pub custom: bool,
}

/// One field of an entity.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Field {
    /// Stable name in snake case; custom fields start with `cf_`.
    pub name: String,
    /// What people read.
    pub label: Text,
    /// What it holds.
    #[serde(flatten)]
    pub kind: FieldKind,
    /// What is special about it.
    #[serde(default)]
    pub flags: Flags,
}

/// How the index keeps a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Column {
    /// Not at all as a column.
    None,
    /// Text, folded for comparison; `name` adds a collation key for sorting.
    Text,
    /// Whole number (also yes/no as 0 and 1).
    Integer,
    /// Decimal or money amount scaled by 10,000 in an integer.
    Scaled,
    /// 16-byte id.
    Id,
    /// Milliseconds since 1970 for moments; days since 1970 for dates.
    Time,
    /// Several values, kept as JSON text; filtered by membership.
    Many,
    /// Keyed HMAC: equality only.
    Keyed,
}

impl Field {
    /// How the index keeps this field.
    #[must_use]
    pub const fn column(&self) -> Column {
        use FieldKind as K;
        match &self.kind {
            K::LongText { .. } => Column::None,
            K::Pesel | K::Iban => Column::Keyed,
            _ if self.flags.special => Column::None,
            K::Integer { .. } | K::Bool => Column::Integer,
            K::Decimal | K::Money => Column::Scaled,
            K::Reference { .. } | K::User => Column::Id,
            K::Date | K::DateTime => Column::Time,
            K::Choices { .. } | K::Tags => Column::Many,
            _ => Column::Text,
        }
    }

    /// Whether rows of lists may have its value: neither what is special nor what is several lines.
    #[must_use]
    pub const fn is_listed(&self) -> bool {
        let long = matches!(self.kind, FieldKind::LongText { .. });
        !self.flags.special && !long && !matches!(self.column(), Column::Keyed)
    }
}

/// Whose key seals a record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubjectRule {
    /// Its own: it is a person or a company.
    Own,
    /// That of the record in the first of these reference fields that has a value; its own if none has.
    From(Vec<String>),
    /// That of its parent; its own if it has none.
    Parent,
}

/// An entity.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Entity {
    /// Number in the store.
    pub code: EntityCode,
    /// Stable name in snake case, singular: `person`.
    pub name: String,
    /// Name in paths, plural: `people`.
    pub plural: String,
    /// One of it, for people.
    pub label: Text,
    /// Several of it, for people.
    pub label_plural: Text,
    /// Its fields, in the order of forms.
    pub fields: Vec<Field>,
    /// Entities it can hang on. Empty: it stands for itself. Otherwise it is visible where its parent is.
    pub parents: Vec<String>,
    /// Whose key seals it.
    pub subject: SubjectRule,
    /// The field that names a record in lists and references.
    pub title: String,
    /// Version of the descriptor's content format.
    pub schema: u16,
}

impl Entity {
    /// The field called `name`.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.name == name)
    }

    /// Whether records of it are visible where their parent is.
    #[must_use]
    pub fn is_child(&self) -> bool {
        !self.parents.is_empty()
    }
}
