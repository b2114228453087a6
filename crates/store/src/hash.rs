//! What the ledger keeps of a stored row: SHA-256 over one unambiguous encoding of all its columns.
//! With the last such hash a row altered, swapped with another or rolled back behind the program's
//! back is found.
//!
//! Format 1. Integers are big-endian, times are milliseconds in 8 bytes, ids are 16 bytes, `?` is one
//! byte 0, or 1 and the value, so that every part's length is known before it is read:
//!
//! ```text
//! record    "klucznik/row/1" 00, id, entity u16, subject, owner, team, parent?, version u64,
//!           schema u16, created_at, created_by, updated_at, updated_by, deleted_at?,
//!           length u64, sealed
//! document  "klucznik/doc/1" 00, kind u16, id, key? (32 bytes), user?, version u64, updated_at,
//!           length u64, sealed
//! ```

use crate::contract::{Doc, Row};
use kernel::Time;
use vault::sha256;

/// Begins every encoding of a record, so that no other hash can pass for one.
const ROW: &[u8] = b"klucznik/row/1\0";
/// Begins every encoding of a document.
const DOC: &[u8] = b"klucznik/doc/1\0";

/// The hash of a record as it is stored.
#[must_use]
pub fn row_hash(row: &Row) -> [u8; 32] {
    sha256(&[ROW, &row_head(row), &length(&row.sealed), &row.sealed])
}

/// All columns of a record but the sealed content.
pub fn row_head(row: &Row) -> Vec<u8> {
    let mut head = Vec::with_capacity(192);
    head.extend_from_slice(row.id.bytes());
    head.extend_from_slice(&row.entity.to_be_bytes());
    head.extend_from_slice(row.subject.bytes());
    head.extend_from_slice(row.owner.bytes());
    head.extend_from_slice(row.team.bytes());
    option(&mut head, row.parent.as_ref().map(|id| &id.bytes()[..]));
    head.extend_from_slice(&row.version.to_be_bytes());
    head.extend_from_slice(&row.schema.to_be_bytes());
    time(&mut head, row.created_at);
    head.extend_from_slice(row.created_by.bytes());
    time(&mut head, row.updated_at);
    head.extend_from_slice(row.updated_by.bytes());
    option(&mut head, row.deleted_at.map(|t| t.0.to_be_bytes()).as_ref().map(|b| &b[..]));
    head
}

/// The hash of a document as it is stored.
#[must_use]
pub fn doc_hash(doc: &Doc) -> [u8; 32] {
    sha256(&[DOC, &doc_head(doc), &length(&doc.sealed), &doc.sealed])
}

/// All columns of a document but the sealed content.
pub fn doc_head(doc: &Doc) -> Vec<u8> {
    let mut head = Vec::with_capacity(96);
    head.extend_from_slice(&(doc.kind as u16).to_be_bytes());
    head.extend_from_slice(&doc.id);
    option(&mut head, doc.key.as_ref().map(|key| &key[..]));
    option(&mut head, doc.user.as_ref().map(|id| &id.bytes()[..]));
    head.extend_from_slice(&doc.version.to_be_bytes());
    time(&mut head, doc.updated_at);
    head
}

fn time(out: &mut Vec<u8>, at: Time) {
    out.extend_from_slice(&at.0.to_be_bytes());
}

/// 0, or 1 and the value. The value's length is fixed by the column.
fn option(out: &mut Vec<u8>, value: Option<&[u8]>) {
    out.push(u8::from(value.is_some()));
    out.extend_from_slice(value.unwrap_or_default());
}

fn length(bytes: &[u8]) -> [u8; 8] {
    (bytes.len() as u64).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::DocKind;
    use kernel::Id;
    use proptest::prelude::*;
    use std::collections::HashSet;

    fn id<K>(n: u8) -> Id<K> {
        Id::from_bytes([n; 16])
    }

    fn row() -> Row {
        Row {
            id: id(1),
            entity: 2,
            subject: id(3),
            owner: id(4),
            team: id(5),
            parent: None,
            version: 6,
            schema: 7,
            created_at: Time(8),
            created_by: id(9),
            updated_at: Time(10),
            updated_by: id(11),
            deleted_at: None,
            sealed: vec![12],
        }
    }

    fn doc() -> Doc {
        Doc {
            kind: DocKind::User,
            id: [1; 16],
            key: None,
            user: None,
            version: 2,
            updated_at: Time(3),
            sealed: vec![4],
        }
    }

    #[test]
    fn every_column_counts() {
        let rows = [
            row(),
            Row { id: id(100), ..row() },
            Row { entity: 100, ..row() },
            Row { subject: id(100), ..row() },
            Row { owner: id(100), ..row() },
            Row { team: id(100), ..row() },
            Row { parent: Some(Id::NIL), ..row() },
            Row { version: 100, ..row() },
            Row { schema: 100, ..row() },
            Row { created_at: Time(100), ..row() },
            Row { created_by: id(100), ..row() },
            Row { updated_at: Time(100), ..row() },
            Row { updated_by: id(100), ..row() },
            Row { deleted_at: Some(Time(0)), ..row() },
            Row { sealed: vec![], ..row() },
        ];
        let docs = [
            doc(),
            Doc { kind: DocKind::Team, ..doc() },
            Doc { id: [100; 16], ..doc() },
            Doc { key: Some([0; 32]), ..doc() },
            Doc { user: Some(id(100)), ..doc() },
            Doc { version: 100, ..doc() },
            Doc { updated_at: Time(100), ..doc() },
            Doc { sealed: vec![], ..doc() },
        ];
        let hashes: HashSet<[u8; 32]> = rows.iter().map(row_hash).chain(docs.iter().map(doc_hash)).collect();
        assert_eq!(hashes.len(), rows.len() + docs.len());
    }

    /// Made with another implementation: Python's `struct` and `hashlib`, by the format's description.
    #[test]
    fn known_answers() {
        let hex = |hash: [u8; 32]| hash.iter().map(|b| format!("{b:02x}")).collect::<String>();
        assert_eq!(hex(row_hash(&row())), "0e168cb65c320933ef91f4c96196f8a1f4c076a3d1c24813c5f5f7b1cc531eee");
        let full = Row { parent: Some(id(13)), deleted_at: Some(Time(-1)), ..row() };
        assert_eq!(hex(row_hash(&full)), "0b69e1b1af159748aefa1566040e3266147e6d1f020168f10b559aae8959c58d");
        let keyed = Doc { key: Some([5; 32]), user: Some(id(6)), ..doc() };
        assert_eq!(hex(doc_hash(&keyed)), "84f2a8e52fd4854d0c532bd65bbd89c831d4c834f66e75492bf05b666091a733");
    }

    proptest! {
        /// A flipped bit anywhere in the sealed content gives another hash.
        #[test]
        fn sealed_bits_count(mut sealed in prop::collection::vec(any::<u8>(), 1..200), at: prop::sample::Index, bit in 0u8..8) {
            let before = row_hash(&Row { sealed: sealed.clone(), ..row() });
            let i = at.index(sealed.len());
            sealed[i] ^= 1 << bit;
            prop_assert_ne!(before, row_hash(&Row { sealed, ..row() }));
        }
    }
}
