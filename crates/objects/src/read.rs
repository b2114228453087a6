//! Reading: only what was verified is given.

use crate::fault::fault;
use crate::{Objects, path};
use kernel::{Fault, ObjectId, Result, Text};
use object_store::path::Path;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt};
use std::ops::Range;
use std::sync::Arc;
use vault::{CHUNK, CHUNK_OVERHEAD, Chunk, OBJECT_HEAD, ObjectSeal, Owner};

/// Chunks that are fetched at once: 4 MiB.
const AT_ONCE: u64 = 16;
const SEALED: u64 = (CHUNK + CHUNK_OVERHEAD) as u64;
const HEAD: u64 = OBJECT_HEAD as u64;

/// An object that is being read.
pub struct Reading {
    store: Arc<dyn ObjectStore>,
    location: Path,
    seal: ObjectSeal,
    shape: Shape,
    /// What is still to be given, of the content.
    left: Range<u64>,
}

/// What the length of a sealed object says.
#[derive(Clone, Copy)]
struct Shape {
    sealed: u64,
    chunks: u64,
    content: u64,
}

impl Shape {
    /// None for a length that no object has.
    fn of(sealed: u64) -> Option<Self> {
        let body = sealed.checked_sub(HEAD)?;
        let chunks = body.div_ceil(SEALED);
        let content = body.checked_sub(chunks.checked_mul(CHUNK_OVERHEAD as u64)?)?;
        // An empty chunk stands alone.
        let last = body.checked_sub(chunks.checked_sub(1)?.checked_mul(SEALED)?)?;
        let fits = last >= CHUNK_OVERHEAD as u64 && (chunks == 1 || last > CHUNK_OVERHEAD as u64);
        fits.then_some(Self { sealed, chunks, content })
    }
}

impl Objects {
    /// Begins to read an object of `owner`, or the part of its content that `range` names.
    ///
    /// # Errors
    /// Not found if there is none, or the owner's key was destroyed; invalid if the range does not lie within
    /// the content; corrupt if the object is none of this owner; unavailable as the store fails.
    pub async fn read(&self, owner: Owner, id: ObjectId, range: Option<Range<u64>>) -> Result<Reading> {
        let location = path(id);
        let options = GetOptions { range: Some(GetRange::Bounded(0..HEAD)), ..GetOptions::default() };
        let head = self.store.get_opts(&location, options).await.map_err(|e| fault(&e))?;
        let sealed = head.meta.size;
        let head = head.bytes().await.map_err(|e| fault(&e))?;
        let seal = self.vault.open_object(owner, *id.bytes(), &head)?;
        let shape = Shape::of(sealed)
            .ok_or_else(|| Fault::corrupt(format!("object {id}: {sealed} bytes are no length of one")))?;
        let left = range.unwrap_or(0..shape.content);
        if left.start > left.end || left.end > shape.content {
            return Err(Fault::invalid(Text::new(
                format!("Ten zakres nie leży w pliku, który ma {} B.", shape.content),
                format!("This range does not lie within the file, which has {} B.", shape.content),
            )));
        }
        Ok(Reading { store: Arc::clone(&self.store), location, seal, shape, left })
    }
}

impl Reading {
    /// Bytes of the whole content, as the store's length says; true once the last chunk was read.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.shape.content
    }

    /// The next piece of the content, at most 4 MiB; none at the end. Of an object that is read to its end
    /// it is certain that nothing is missing; of a range, that these bytes are those that were written
    /// there.
    ///
    /// # Errors
    /// Corrupt if anything was altered, cut, put elsewhere or comes from another writing: then what was given
    /// before is genuine, and nothing follows. Unavailable as the store fails.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        if self.left.is_empty() && !(self.shape.content == 0 && self.left.start == 0) {
            return Ok(None);
        }
        let size = CHUNK as u64;
        let first = self.left.start / size;
        let wanted = self.left.end.div_ceil(size).max(first + 1);
        let end = wanted.min(first + AT_ONCE).min(self.shape.chunks);
        let from = HEAD + first * SEALED;
        let to = (HEAD + end * SEALED).min(self.shape.sealed);
        let fetched = self.store.get_range(&self.location, from..to).await.map_err(|e| fault(&e))?;
        let mut sealed = Vec::from(fetched);
        let mut content = Vec::with_capacity(sealed.len());
        for (number, chunk) in (first..end).zip(sealed.chunks_mut(CHUNK + CHUNK_OVERHEAD)) {
            let place = Chunk { number, last: number + 1 == self.shape.chunks };
            content.extend_from_slice(self.seal.open(place, chunk)?);
        }
        let begin = first * size;
        let upto = self.left.end.min(begin + content.len() as u64);
        if upto < self.left.end.min(end * size) {
            return Err(Fault::corrupt(format!(
                "object at {}: the store gave less than it has",
                self.location
            )));
        }
        let within = |at: u64| usize::try_from(at - begin).map_err(Fault::bug);
        content.truncate(within(upto)?);
        content.drain(..within(self.left.start)?);
        // Of an empty object too: it was looked at, and has nothing to give.
        self.left.start = upto.max(1);
        Ok((!content.is_empty()).then_some(content))
    }
}
