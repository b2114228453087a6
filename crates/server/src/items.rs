//! Lists that are short enough to come whole.

use serde::Serialize;

/// A list in the form that every list has.
#[derive(Serialize)]
pub struct Items<T> {
    /// The items.
    pub items: T,
}
