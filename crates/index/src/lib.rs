//! The local view: every list, search, count, total and duplicate check is answered from here, with the
//! visibility predicate inside the query.
//!
//! The index is one SQLCipher file, disposable at any time: it holds nothing that cannot be read from
//! the store again. One table per entity is made from its descriptor; full-text search keeps tokens
//! alone. Values of special fields are not in it, but for keyed hashes that serve equality.
//!
//! Absences: no value ever becomes part of SQL text (names of tables and columns come from checked
//! descriptors, values are bound); no query runs without a [`access::ListPermit`], but for
//! [`Index::facts`], which serves the decision itself and gives no content away.

mod apply;
mod arms;
mod beside;
mod filter;
mod hanging;
mod layout;
mod look;
mod moments;
mod open;
mod owned;
mod plan;
mod pool;
mod query;
mod rekey;
mod row;
mod seen;
mod shape;
mod terms;
mod text;
mod totals;
mod types;
mod values;
mod words;
mod writer;

#[cfg(test)]
mod tests;

pub use beside::{Beside, DONE, DUE, Wish};
pub use look::{Looked, look};
pub use open::{Index, Keyed, Options};
pub use owned::OWNED_PLACES;
pub use rekey::renew_key;
pub use types::{
    Body, CursorKey, CursorValue, Filter, IndexRow, ListRow, Op, Operator, Page, Query, Sort, SortBy, Sum,
    Title,
};
