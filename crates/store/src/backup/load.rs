//! From a stream to an empty place.

use super::stream::Reader;
use super::{Counts, Item, Progress, TELL_EVERY, damaged};
use crate::embedded;
use crate::options::Place;
use crate::postgres;
use crate::snapshot::Snapshot;
use kernel::Result;
use ledger::{Event, NodeRow, Tree, leaf_hash};
use std::fmt;
use std::io::Read;

/// Takes items into an empty place, which is none before [`Loaded::stand`].
pub trait Loader {
    /// # Errors
    /// Full, corrupt if the items contradict each other, or as storage fails.
    fn put(&mut self, item: Item) -> Result<()>;
    /// An event, where it is in the tree and how it is found.
    ///
    /// # Errors
    /// As [`Loader::put`].
    fn put_event(&mut self, leaf: Leaf<'_>) -> Result<()>;
    /// What is kept of the tree.
    ///
    /// # Errors
    /// As [`Loader::put`].
    fn put_nodes(&mut self, nodes: &[NodeRow]) -> Result<()>;
    /// Everything was put; makes what finding needs, and shows it. `left` is what is to be done before it is used.
    ///
    /// # Errors
    /// As [`Loader::put`].
    fn finish(self: Box<Self>, checkpoint: &str, left: Option<&[u8]>) -> Result<Box<dyn Waiting>>;
}

/// A store that nobody finds yet. Dropped, it leaves nothing behind.
pub trait Waiting {
    /// What is in it.
    fn view(&self) -> &Snapshot;
    /// Makes it the store of its place, durably.
    ///
    /// # Errors
    /// Conflict if another came there meanwhile; as storage fails.
    fn stand(self: Box<Self>) -> Result<()>;
}

/// An event on its way.
pub struct Leaf<'a> {
    pub seq: u64,
    pub event: &'a Event,
    pub bytes: &'a [u8],
    pub hash: [u8; 32],
}

/// A backup in its new place, where nobody finds it yet. Dropped, it leaves nothing behind.
pub struct Loaded {
    /// How many of each kind.
    pub counts: Counts,
    waiting: Box<dyn Waiting>,
}

impl fmt::Debug for Loaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loaded").field("counts", &self.counts).finish_non_exhaustive()
    }
}

impl Loaded {
    /// What is in it.
    #[must_use]
    pub fn view(&self) -> &Snapshot {
        self.waiting.view()
    }

    /// Makes it the store of its place, durably.
    ///
    /// # Errors
    /// Conflict if another came there meanwhile; as storage fails.
    pub fn stand(self) -> Result<()> {
        self.waiting.stand()
    }
}

/// Loads a whole backup into an empty place. What an earlier, interrupted try left there is removed first.
/// `left` is kept with it, for [`crate::Store::restoring`] to tell whoever opens it what is to be done before it is
/// used.
///
/// # Errors
/// Conflict if the place is not empty; corrupt if the backup is damaged: then nothing stays.
pub fn load<R: Read>(
    reader: &mut Reader<R>,
    place: &Place,
    left: Option<&[u8]>,
    progress: Progress<'_>,
) -> Result<Loaded> {
    let mut loader: Box<dyn Loader> = match place {
        Place::File(file) => Box::new(embedded::Load::begin(file)?),
        Place::Postgres(at) => Box::new(postgres::Load::begin(at)?),
    };
    let checkpoint = reader.header().signed()?;
    let expected = reader.header().expected;
    let (mut tree, mut done) = (Tree::new(), 0);
    while let Some(item) = reader.item()? {
        match item {
            Item::Event(bytes) => {
                let event = Event::decode(&bytes).map_err(|_| damaged(format!("event {done}")))?;
                let hash = leaf_hash(&bytes);
                let seq = reader.counts().events - 1;
                loader.put_event(Leaf { seq, event: &event, bytes: &bytes, hash })?;
                let nodes = tree.append(hash);
                if !nodes.is_empty() {
                    loader.put_nodes(&nodes)?;
                }
            }
            other => loader.put(other)?,
        }
        done += 1;
        if done % TELL_EVERY == 0 {
            progress(done, Some(expected.max(done)))?;
        }
    }
    // Whose signature it bears is asked by whoever has the key.
    let of = checkpoint.checkpoint();
    if (of.size, of.root) != (reader.counts().events, tree.root()) {
        return Err(damaged("the events are not those of the checkpoint"));
    }
    let waiting = loader.finish(&reader.header().checkpoint, left)?;
    Ok(Loaded { counts: reader.counts(), waiting })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backup::Header;
    use crate::backup::stream::Writer;
    use crate::options::FileOptions;
    use kernel::{FaultKind, OrgId, SystemRandom, Time};
    use ledger::{Checkpoint, SignedCheckpoint};
    use vault::PageKey;

    /// A backup that agrees with itself, and leaves out what its signed checkpoint counts.
    #[test]
    fn events_that_the_checkpoint_counts_must_be_there() {
        let organisation = OrgId::from_bytes([1; 16]);
        let checkpoint =
            Checkpoint { origin: Checkpoint::origin_of(organisation), size: 5, root: [3; 32], at: None };
        let signed = SignedCheckpoint::sign(checkpoint, &[2; 32], &|_| [4; 64]);
        let header = Header { organisation, at: Time(0), expected: 0, checkpoint: signed.text().to_owned() };
        let (_, bytes) = Writer::new(Vec::new(), &header).and_then(Writer::finish).expect("written");
        let dir = tempfile::tempdir().expect("a folder");
        let file = FileOptions::new(dir.path().join("store.db"), PageKey::passing(&SystemRandom));
        let mut reader = Reader::new(&bytes[..]).expect("a header");
        let refused = load(&mut reader, &Place::File(file), None, &mut |_, _| Ok(()));
        assert_eq!(refused.err().map(|f| f.kind), Some(FaultKind::Corrupt));
        let left: Vec<_> = std::fs::read_dir(dir.path()).expect("a folder").collect();
        assert_eq!(left.len(), 1, "the lock file alone: {left:?}");
    }
}
