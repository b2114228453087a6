//! Sealed objects: content of any length, in chunks. Bytes: `docs/formats/sealed-object.md`.

use crate::primitives::xaes;
use crate::sealed::{Context, Owner, SealKey};
use crate::vault::Vault;
use kernel::{Fault, OrgId, Random, Result};
use std::sync::Arc;

const FORMAT: u8 = 1;
const WRITING: usize = 16;
const AAD: usize = 1 + 8 + 16 + 1 + 16 + 16 + WRITING + 8 + 1;

/// Bytes at the beginning of a sealed object.
pub const OBJECT_HEAD: usize = 1 + 8 + WRITING;
/// Bytes of content in each chunk but the last.
pub const CHUNK: usize = 256 << 10;
/// Bytes that sealing adds to each chunk.
pub const CHUNK_OVERHEAD: usize = xaes::NONCE + xaes::TAG;

/// Which chunk of an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Chunk {
    /// Its place, from 0.
    pub number: u64,
    /// Whether none comes after it.
    pub last: bool,
}

/// Seals and opens the chunks of one object. Has no `Debug`.
pub struct ObjectSeal {
    organisation: OrgId,
    owner: Owner,
    object: [u8; 16],
    /// Drawn for each writing of an object, so that chunks of two writings never fit together.
    writing: [u8; WRITING],
    key: Arc<SealKey>,
    random: Arc<dyn Random>,
}

impl Vault {
    /// What seals a new object `object` of `owner`.
    ///
    /// # Errors
    /// Not found if the owner's key was destroyed; internal if it never was.
    pub fn new_object(&self, owner: Owner, object: [u8; 16]) -> Result<ObjectSeal> {
        let mut writing = [0; WRITING];
        self.random().fill(&mut writing);
        let context = context(owner, object);
        let key = self.owner_key(&context)?;
        let key = key.ok_or_else(|| Fault::bug(context.note("seal: the owner has no key")))?;
        Ok(self.object_seal(owner, object, writing, key))
    }

    /// What opens the object that begins with `head`.
    ///
    /// # Errors
    /// Not found if the owner's key was destroyed; corrupt if the owner has no key, or the head is none or
    /// names another key.
    pub fn open_object(&self, owner: Owner, object: [u8; 16], head: &[u8]) -> Result<ObjectSeal> {
        let context = context(owner, object);
        let refuse = |why| Fault::corrupt(context.note(why));
        let key = self.owner_key(&context)?.ok_or_else(|| refuse("the owner has no key"))?;
        let head: &[u8; OBJECT_HEAD] = head.try_into().map_err(|_| refuse("no head of an object"))?;
        if head[0] != FORMAT {
            return Err(refuse("object of an unknown format"));
        }
        if head[1..9] != key.id {
            return Err(refuse("object sealed with another key"));
        }
        let mut writing = [0; WRITING];
        writing.copy_from_slice(&head[9..]);
        Ok(self.object_seal(owner, object, writing, key))
    }

    fn object_seal(
        &self,
        owner: Owner,
        object: [u8; 16],
        writing: [u8; WRITING],
        key: Arc<SealKey>,
    ) -> ObjectSeal {
        let (organisation, random) = (self.organisation(), self.random_source());
        ObjectSeal { organisation, owner, object, writing, key, random }
    }
}

/// For the key and for notes.
const fn context(owner: Owner, object: [u8; 16]) -> Context {
    Context { owner, entity: 0, row: object, schema: 0 }
}

impl ObjectSeal {
    /// What the object begins with.
    #[must_use]
    pub fn head(&self) -> [u8; OBJECT_HEAD] {
        let mut head = [0; OBJECT_HEAD];
        head[0] = FORMAT;
        head[1..9].copy_from_slice(&self.key.id);
        head[9..].copy_from_slice(&self.writing);
        head
    }

    fn aad(&self, chunk: Chunk) -> [u8; AAD] {
        let (kind, owner) = match self.owner {
            Owner::Organisation => (0, [0; 16]),
            Owner::Subject(id) => (1, *id.bytes()),
        };
        let mut aad = [0; AAD];
        aad[0] = FORMAT;
        aad[1..9].copy_from_slice(&self.key.id);
        aad[9..25].copy_from_slice(self.organisation.bytes());
        aad[25] = kind;
        aad[26..42].copy_from_slice(&owner);
        aad[42..58].copy_from_slice(&self.object);
        aad[58..74].copy_from_slice(&self.writing);
        aad[74..82].copy_from_slice(&chunk.number.to_be_bytes());
        aad[82] = u8::from(chunk.last);
        aad
    }

    /// Seals one chunk and puts it at the end of `out`.
    ///
    /// # Errors
    /// Internal if it is longer than [`CHUNK`], or shorter and not the last.
    pub fn seal(&self, chunk: Chunk, content: &[u8], out: &mut Vec<u8>) -> Result<()> {
        if content.len() > CHUNK || (!chunk.last && content.len() != CHUNK) {
            return Err(Fault::bug("a chunk of an object has the wrong length"));
        }
        let mut nonce = [0; xaes::NONCE];
        self.random.fill(&mut nonce);
        out.reserve(content.len() + CHUNK_OVERHEAD);
        out.extend_from_slice(&nonce);
        xaes::seal(&self.key.secret, &nonce, &self.aad(chunk), content, out);
        Ok(())
    }

    /// Opens one chunk in its place; gives its content.
    ///
    /// # Errors
    /// Corrupt if it was altered, or belongs elsewhere.
    pub fn open<'a>(&self, chunk: Chunk, sealed: &'a mut [u8]) -> Result<&'a [u8]> {
        let note = || context(self.owner, self.object).note("chunk of an object");
        let (nonce, body) = sealed.split_first_chunk_mut().ok_or_else(|| Fault::corrupt(note()))?;
        let opened = xaes::open(&self.key.secret, nonce, &self.aad(chunk), body);
        opened.map(|content| &*content).map_err(|_| Fault::corrupt(note()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::Secret;
    use kernel::{SeededRandom, SubjectId};
    use proptest::prelude::*;

    fn seal(organisation: u8, owner: Owner, object: u8, writing: u8) -> ObjectSeal {
        ObjectSeal {
            organisation: OrgId::from_bytes([organisation; 16]),
            owner,
            object: [object; 16],
            writing: [writing; WRITING],
            key: Arc::new(SealKey { id: [9; 8], secret: Secret::new([1; 32]) }),
            random: Arc::new(SeededRandom::new(1)),
        }
    }

    type Place = (u8, Owner, u8, u8, u64, bool);

    fn places() -> impl Strategy<Value = Place> {
        let owner = prop_oneof![
            Just(Owner::Organisation),
            (0..3u8).prop_map(|n| Owner::Subject(SubjectId::from_bytes([n; 16]))),
        ];
        (0..2u8, owner, 0..2u8, 0..2u8, 0..2u64, any::<bool>())
    }

    #[test]
    fn associated_data_are_as_specified() {
        let owner = Owner::Subject(SubjectId::from_bytes([0x55; 16]));
        let aad = hex::encode(seal(0xaa, owner, 0x77, 0x33).aad(Chunk { number: 0x0102, last: true }));
        let [org, subject, object, writing] = ["aa", "55", "77", "33"].map(|b| b.repeat(16));
        assert_eq!(aad, format!("010909090909090909{org}01{subject}{object}{writing}000000000000010201"));
    }

    proptest! {
        /// Under one and the same key: so it is the place that refuses, not another key.
        #[test]
        fn each_part_of_the_place_is_bound(a in places(), b in places()) {
            let content = vec![7; CHUNK];
            let mut sealed = Vec::new();
            let of = |p: Place| (seal(p.0, p.1, p.2, p.3), Chunk { number: p.4, last: p.5 });
            let ((sealer, at), (opener, elsewhere)) = (of(a), of(b));
            sealer.seal(at, &content, &mut sealed).unwrap();
            prop_assert_eq!(opener.open(elsewhere, &mut sealed).is_ok_and(|c| c == content), a == b);
        }
    }
}
