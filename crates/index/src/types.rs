//! What goes in and what comes out.

use kernel::{Fault, RecordId, Result, SubjectId, TeamId, Text, Time, UserId};
use rust_decimal::Decimal;
use schema::{Content, EntityCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One record as the store has it, opened.
#[derive(Clone, PartialEq, Debug)]
pub struct IndexRow {
    /// Id.
    pub id: RecordId,
    /// Its entity.
    pub entity: EntityCode,
    /// Whose key seals it.
    pub subject: SubjectId,
    /// Its owner.
    pub owner: UserId,
    /// Its team.
    pub team: TeamId,
    /// The record it hangs on.
    pub parent: Option<RecordId>,
    /// Grows with every change.
    pub version: u64,
    /// When it was made.
    pub created_at: Time,
    /// When it was last changed.
    pub updated_at: Time,
    /// Who made it.
    pub created_by: UserId,
    /// Who last changed it.
    pub updated_by: UserId,
    /// In the bin.
    pub archived: bool,
    /// Its fields. Special ones may be there; they are left out or hashed.
    pub content: Content,
}

/// A change of the index.
#[derive(Clone, PartialEq, Debug)]
pub enum Op {
    /// The record is now so. Ignored if the index has this version or a later one.
    Put(IndexRow),
    /// The record is gone; nothing of it stays.
    Remove {
        /// Which.
        id: RecordId,
        /// Its entity.
        entity: EntityCode,
    },
}

impl Op {
    /// The record that changes.
    pub(crate) const fn id(&self) -> &RecordId {
        match self {
            Self::Put(row) => &row.id,
            Self::Remove { id, .. } => id,
        }
    }
}

/// How a filter compares.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// Equal.
    Eq,
    /// Not equal, or without a value.
    Ne,
    /// Equal to one of several.
    In,
    /// Less.
    Lt,
    /// Less or equal.
    Lte,
    /// Greater.
    Gt,
    /// Greater or equal.
    Gte,
    /// Text that starts so.
    Starts,
    /// Text that contains this.
    Contains,
    /// Several values, of which one is among those given.
    Has,
    /// Without a value.
    Empty,
    /// With a value.
    Filled,
}

/// One condition.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Filter {
    /// Name of a field, or `owner`, `team`, `created_at`, `updated_at`, `created_by`, `updated_by`.
    pub field: String,
    /// The comparison.
    pub op: Operator,
    /// What is compared with.
    #[serde(default)]
    pub values: Vec<Value>,
}

/// What a list is sorted by. Ties go by the order in which records came.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortBy {
    /// Time of the last change.
    Updated,
    /// The order in which records came into being.
    Created,
    /// A field. Records without a value count as least.
    Field(String),
}

/// Order of a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sort {
    /// By what.
    pub by: SortBy,
    /// Greatest first.
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self { by: SortBy::Updated, descending: true }
    }
}

/// A list, a search, or both.
#[derive(Clone, PartialEq, Debug)]
pub struct Query {
    /// All must hold.
    pub filters: Vec<Filter>,
    /// Words that all must occur.
    pub search: Option<String>,
    /// The order.
    pub sort: Sort,
    /// Rows of a page, 1 to [`kernel::limits::PAGE_MAX`].
    pub limit: u32,
    /// Where the last page ended.
    pub after: Option<CursorKey>,
    /// `true`: what is in the bin; `false`: what is not.
    pub archived: bool,
    /// Only what hangs on this record.
    pub parent: Option<RecordId>,
    /// Nothing that hangs on a record in the bin.
    pub live_parents: bool,
    /// Only these.
    pub ids: Option<Vec<RecordId>>,
    /// Of the fields that may be seen, only these; all if absent.
    pub fields: Option<Vec<String>>,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            filters: Vec::new(),
            search: None,
            sort: Sort::default(),
            limit: kernel::limits::PAGE_DEFAULT,
            after: None,
            archived: false,
            parent: None,
            live_parents: false,
            ids: None,
            fields: None,
        }
    }
}

impl Query {
    /// Whether the value of this field is wanted.
    pub(crate) fn wants(&self, field: &str) -> bool {
        self.fields.as_ref().is_none_or(|fields| fields.iter().any(|f| f == field))
    }
}

/// The sort value of the last row of a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CursorValue {
    /// No value, or none is needed.
    Null,
    /// Number, time.
    Int(i64),
    /// Folded text.
    Text(String),
    /// Collation key or id.
    Blob(Vec<u8>),
}

/// Where a page ended. It holds a value of a record, so it must be sealed before it leaves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CursorKey {
    /// The sort value.
    pub value: CursorValue,
    /// The row.
    pub rid: i64,
}

impl CursorKey {
    /// One byte for the kind, eight for the row, the rest for the value.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![0u8];
        out.extend_from_slice(&self.rid.to_be_bytes());
        let tag = match &self.value {
            CursorValue::Null => 0,
            CursorValue::Int(n) => {
                out.extend_from_slice(&n.to_be_bytes());
                1
            }
            CursorValue::Text(t) => {
                out.extend_from_slice(t.as_bytes());
                2
            }
            CursorValue::Blob(b) => {
                out.extend_from_slice(b);
                3
            }
        };
        out[0] = tag;
        out
    }

    /// Reads [`CursorKey::to_bytes`].
    ///
    /// # Errors
    /// Invalid if the bytes are none of ours.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let (tag, rest) = bytes.split_first().ok_or_else(bad_cursor)?;
        let (rid, rest) = rest.split_first_chunk::<8>().ok_or_else(bad_cursor)?;
        let value = match tag {
            0 if rest.is_empty() => CursorValue::Null,
            1 => CursorValue::Int(i64::from_be_bytes(rest.try_into().map_err(|_| bad_cursor())?)),
            2 => CursorValue::Text(String::from_utf8(rest.to_vec()).map_err(|_| bad_cursor())?),
            3 => CursorValue::Blob(rest.to_vec()),
            _ => return Err(bad_cursor()),
        };
        Ok(Self { value, rid: i64::from_be_bytes(*rid) })
    }
}

pub(crate) const fn bad_cursor() -> Fault {
    Fault::invalid(Text::of(
        "Ten znacznik strony nie pasuje do zapytania. Zacznij od pierwszej strony.",
        "This page cursor does not fit the query. Start from the first page.",
    ))
}

/// The fields of a row in a list.
#[derive(Clone, PartialEq, Debug)]
pub enum Body {
    /// Everything may be seen: JSON text of an object, as it was indexed.
    Json(String),
    /// What may be seen.
    Fields {
        /// The fields that may be read.
        content: Content,
        /// Names of fields that have a value which is masked.
        masked: Vec<String>,
    },
}

/// One record in a list.
#[derive(Clone, PartialEq, Debug)]
pub struct ListRow {
    /// Id.
    pub id: RecordId,
    /// Its entity.
    pub entity: EntityCode,
    /// Whose key seals it.
    pub subject: SubjectId,
    /// Its owner.
    pub owner: UserId,
    /// Its team.
    pub team: TeamId,
    /// The record it hangs on.
    pub parent: Option<RecordId>,
    /// Version.
    pub version: u64,
    /// When it was made.
    pub created_at: Time,
    /// When it was last changed.
    pub updated_at: Time,
    /// Who made it.
    pub created_by: UserId,
    /// Who last changed it.
    pub updated_by: UserId,
    /// In the bin.
    pub archived: bool,
    /// Its fields, without special and long ones.
    pub body: Body,
}

/// A page of a list.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Page {
    /// The records.
    pub rows: Vec<ListRow>,
    /// Where the next page starts, if there is one.
    pub next: Option<CursorKey>,
}

/// What a referenced record is called.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Title {
    /// Its entity.
    pub entity: EntityCode,
    /// Its title; empty if it has none.
    pub text: String,
    /// Whether it is in the bin.
    pub binned: bool,
}

/// One group of a total.
#[derive(Clone, PartialEq, Debug)]
pub struct Sum {
    /// The value that the group shares; null for records without one.
    pub group: Value,
    /// Currency, if money was added up; `None` for records without an amount.
    pub currency: Option<String>,
    /// The total, if something was added up; zero if no record has a value.
    pub total: Option<Decimal>,
    /// How many records.
    pub count: u64,
}
