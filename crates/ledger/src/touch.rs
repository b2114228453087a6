//! What an act touched.

/// How an act touched a record or an administrative document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TouchKind {
    /// It was shown.
    Seen,
    /// It was written; `hash` is over its stored form.
    Written,
    /// Its live row was removed.
    Removed,
}

/// One thing that an act touched.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Touch {
    /// The entity's number; administrative documents use numbers from 60,000.
    pub entity: u16,
    /// The record or document.
    pub id: [u8; 16],
    /// How.
    pub kind: TouchKind,
    /// SHA-256 over the stored row: with it, a row altered, swapped or rolled back behind the
    /// program's back is found. Only for [`TouchKind::Written`].
    pub hash: Option<[u8; 32]>,
}
