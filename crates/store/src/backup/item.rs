//! One thing in a backup, and its bytes.

use super::damaged;
use crate::contract::{Change, ChangeKind, Doc, DocKind, LinkRow, Row};
use crate::hash::{doc_head, row_head};
use kernel::{Id, Result, Time};

/// One thing in a backup.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Item {
    /// A record.
    Record(Row),
    /// A reference between records.
    Link(LinkRow),
    /// A change of a record.
    Change(Change),
    /// An administrative document.
    Doc(Doc),
    /// Canonical bytes of an event; its place is its place among the events.
    Event(Vec<u8>),
}

/// Numbers of kinds; they come in this order.
pub const RECORD: u8 = 2;
const LINK: u8 = 3;
const CHANGE: u8 = 4;
const DOC: u8 = 5;
pub const EVENT: u8 = 6;

impl Item {
    pub(super) const fn kind(&self) -> u8 {
        match self {
            Self::Record(_) => RECORD,
            Self::Link(_) => LINK,
            Self::Change(_) => CHANGE,
            Self::Doc(_) => DOC,
            Self::Event(_) => EVENT,
        }
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        match self {
            Self::Record(row) => joined(row_head(row), &row.sealed),
            Self::Link(link) => {
                joined([&link.from.bytes()[..], link.to.bytes()].concat(), link.field.as_bytes())
            }
            Self::Change(change) => encode_change(change),
            Self::Doc(doc) => joined(doc_head(doc), &doc.sealed),
            Self::Event(bytes) => bytes.clone(),
        }
    }

    /// # Errors
    /// Corrupt if these bytes are none of this kind.
    pub(super) fn decode(kind: u8, bytes: Vec<u8>) -> Result<Self> {
        let mut c = Cursor(&bytes);
        Ok(match kind {
            RECORD => Self::Record(c.row()?),
            LINK => Self::Link(LinkRow {
                from: c.id()?,
                to: c.id()?,
                field: String::from_utf8(c.0.to_vec()).map_err(|_| damaged("a field's name"))?,
            }),
            CHANGE => Self::Change(c.change()?),
            DOC => Self::Doc(c.doc()?),
            EVENT => Self::Event(bytes),
            other => return Err(damaged(format!("kind {other}"))),
        })
    }
}

fn joined(mut head: Vec<u8>, rest: &[u8]) -> Vec<u8> {
    head.extend_from_slice(rest);
    head
}

fn encode_change(change: &Change) -> Vec<u8> {
    let mut out = Vec::with_capacity(96 + change.diff.len());
    out.extend_from_slice(&change.seq.to_be_bytes());
    out.extend_from_slice(change.record.bytes());
    out.extend_from_slice(&change.entity.to_be_bytes());
    out.extend_from_slice(&change.version.to_be_bytes());
    // The numbers are small.
    out.push(change.kind.number().to_be_bytes()[7]);
    out.extend_from_slice(&change.at.0.to_be_bytes());
    out.extend_from_slice(change.by.bytes());
    out.extend_from_slice(change.part_of.bytes());
    out.extend_from_slice(&change.event.to_be_bytes());
    out.extend_from_slice(&change.diff);
    out
}

/// Bytes not read yet.
pub struct Cursor<'a>(pub &'a [u8]);

impl Cursor<'_> {
    pub fn take<const N: usize>(&mut self) -> Result<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>().ok_or_else(|| damaged("an item is cut short"))?;
        self.0 = rest;
        Ok(*first)
    }

    pub fn u16(&mut self) -> Result<u16> {
        self.take().map(u16::from_be_bytes)
    }

    pub fn u64(&mut self) -> Result<u64> {
        self.take().map(u64::from_be_bytes)
    }

    pub fn time(&mut self) -> Result<Time> {
        self.take().map(i64::from_be_bytes).map(Time)
    }

    pub fn id<K>(&mut self) -> Result<Id<K>> {
        self.take().map(Id::from_bytes)
    }

    fn option<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<Option<T>> {
        match self.take()? {
            [0] => Ok(None),
            [1] => read(self).map(Some),
            [_] => Err(damaged("a mark of presence")),
        }
    }

    fn row(&mut self) -> Result<Row> {
        Ok(Row {
            id: self.id()?,
            entity: self.u16()?,
            subject: self.id()?,
            owner: self.id()?,
            team: self.id()?,
            parent: self.option(Self::id)?,
            version: self.u64()?,
            schema: self.u16()?,
            created_at: self.time()?,
            created_by: self.id()?,
            updated_at: self.time()?,
            updated_by: self.id()?,
            deleted_at: self.option(Self::time)?,
            sealed: self.0.to_vec(),
        })
    }

    fn change(&mut self) -> Result<Change> {
        Ok(Change {
            seq: self.u64()?,
            record: self.id()?,
            entity: self.u16()?,
            version: self.u64()?,
            kind: {
                let [number] = self.take()?;
                ChangeKind::of_number(number.into()).ok_or_else(|| damaged("kind of a change"))?
            },
            at: self.time()?,
            by: self.id()?,
            part_of: self.id()?,
            event: self.u64()?,
            diff: self.0.to_vec(),
        })
    }

    fn doc(&mut self) -> Result<Doc> {
        let kind = self.u16()?;
        Ok(Doc {
            kind: DocKind::of_number(kind.into()).ok_or_else(|| damaged("kind of a document"))?,
            id: self.take()?,
            key: self.option(Self::take)?,
            user: self.option(Self::id)?,
            version: self.u64()?,
            updated_at: self.time()?,
            sealed: self.0.to_vec(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row() -> impl Strategy<Value = Row> {
        let ids = (any::<[u8; 16]>(), any::<[u8; 16]>(), prop::option::of(any::<[u8; 16]>()));
        let numbers =
            (any::<u16>(), any::<u64>(), any::<u16>(), any::<i64>(), prop::option::of(any::<i64>()));
        type Ids = ([u8; 16], [u8; 16], Option<[u8; 16]>);
        type Numbers = (u16, u64, u16, i64, Option<i64>);
        let made = |((id, other, parent), n, sealed): (Ids, Numbers, _)| Row {
            id: Id::from_bytes(id),
            entity: n.0,
            subject: Id::from_bytes(other),
            owner: Id::from_bytes(id),
            team: Id::from_bytes(other),
            parent: parent.map(Id::from_bytes),
            version: n.1,
            schema: n.2,
            created_at: Time(n.3),
            created_by: Id::from_bytes(other),
            updated_at: Time(n.3.wrapping_add(1)),
            updated_by: Id::from_bytes(id),
            deleted_at: n.4.map(Time),
            sealed,
        };
        (ids, numbers, prop::collection::vec(any::<u8>(), 0..200)).prop_map(made)
    }

    fn items() -> impl Strategy<Value = Item> {
        let kinds = prop::sample::select(vec![ChangeKind::Insert, ChangeKind::Update, ChangeKind::Remove]);
        row().prop_flat_map(move |row| {
            let link = LinkRow { from: row.id, field: format!("pole {}", row.entity), to: row.owner.cast() };
            let doc = Doc {
                kind: DocKind::ALL[usize::from(row.entity) % DocKind::ALL.len()],
                id: *row.id.bytes(),
                key: row.parent.map(|_| [7; 32]),
                user: row.deleted_at.map(|_| row.owner),
                version: row.version,
                updated_at: row.updated_at,
                sealed: row.sealed.clone(),
            };
            let of = row.clone();
            let change = kinds.clone().prop_map(move |kind| {
                Item::Change(Change {
                    seq: of.version,
                    record: of.id,
                    entity: of.entity,
                    version: of.version / 2,
                    kind,
                    at: of.created_at,
                    by: of.owner,
                    part_of: of.subject.cast(),
                    event: of.version / 3,
                    diff: of.sealed.clone(),
                })
            });
            let event = Item::Event(row.sealed.clone());
            prop_oneof![
                Just(Item::Record(row)),
                Just(Item::Link(link)),
                change,
                Just(Item::Doc(doc)),
                Just(event)
            ]
        })
    }

    proptest! {
        /// Whatever it is, it comes out as it went in, and has no second form.
        #[test]
        fn decoding_undoes_encoding(item in items()) {
            let bytes = item.encode();
            let read = Item::decode(item.kind(), bytes.clone()).expect("an item");
            prop_assert_eq!(&read, &item);
            prop_assert_eq!(read.encode(), bytes);
        }

        /// Nothing from outside ends the program.
        #[test]
        fn any_bytes_are_read_or_refused(kind in 0u8..9, bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(item) = Item::decode(kind, bytes.clone()) {
                prop_assert_eq!(item.encode(), bytes);
            }
        }
    }
}
