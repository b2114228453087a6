//! Objects: content of any length under an id, sealed for whom it is about, in a folder or in a store that
//! speaks S3. Bytes: `docs/formats/sealed-object.md`.
//!
//! Nothing here decides who may read, and nothing is remembered of an object but its id and its length:
//! name, kind and rights are those of the record that it belongs to. An object is written once.

mod fault;
mod place;
mod read;
mod write;

pub use place::{Credentials, S3, is_clear};
pub use read::Reading;

use fault::fault;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use kernel::{Fault, ObjectId, Result, Time};
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use std::fmt;
use std::sync::Arc;
use vault::{Owner, Vault};

/// The home of objects. Clones are the same.
#[derive(Clone)]
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    vault: Arc<Vault>,
}

impl fmt::Debug for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Objects").finish_non_exhaustive()
    }
}

/// An object as it lies in the store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Listed {
    /// Its id.
    pub id: ObjectId,
    /// Bytes that it takes, sealed.
    pub bytes: u64,
    /// When it was written, by the store's clock.
    pub at: Time,
}

impl Objects {
    /// Objects in any store, sealed with the keys of `vault`.
    #[must_use]
    pub fn new(store: Arc<dyn ObjectStore>, vault: Arc<Vault>) -> Self {
        Self { store, vault }
    }

    /// Deletes an object; one that is not there is deleted already.
    ///
    /// # Errors
    /// Unavailable if the store does not answer.
    pub async fn delete(&self, id: ObjectId) -> Result<()> {
        match self.store.delete(&path(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(e) => Err(fault(&e)),
        }
    }

    /// Whether the store works: writes a few bytes under an id that is new, reads them, and deletes them.
    ///
    /// # Errors
    /// What fails of it; corrupt if other bytes came back.
    pub async fn probe(&self, id: ObjectId) -> Result<()> {
        self.put(Owner::Organisation, id, PROBE, PROBE.len() as u64).await?;
        let back = self.probed(id).await;
        self.delete(id).await?;
        if back? == PROBE { Ok(()) } else { Err(Fault::corrupt("the store gives other bytes than it took")) }
    }

    async fn probed(&self, id: ObjectId) -> Result<Vec<u8>> {
        let mut reading = self.read(Owner::Organisation, id, None).await?;
        Ok(reading.next().await?.unwrap_or_default())
    }

    /// All objects, in no order, for a sweep of what no record names any more. Whatever else lies there is
    /// passed over.
    pub fn list(&self) -> BoxStream<'static, Result<Listed>> {
        let listed = self.store.list(Some(&Path::from(FOLDER)));
        listed
            .filter_map(async |entry| match entry {
                Ok(meta) => id(&meta.location).map(|id| {
                    let at = Time(meta.last_modified.timestamp_millis());
                    Ok(Listed { id, bytes: meta.size, at })
                }),
                Err(e) => Some(Err(fault(&e))),
            })
            .boxed()
    }
}

/// What [`Objects::probe`] writes.
const PROBE: &[u8] = b"probe";

/// The folder of all objects.
const FOLDER: &str = "objects";

/// Where an object lies. Ids begin with the time, so folders are named by their ends, which are random.
fn path(id: ObjectId) -> Path {
    let name = hex::encode(id.bytes());
    Path::from(format!("{FOLDER}/{}/{name}", &name[30..]))
}

fn id(location: &Path) -> Option<ObjectId> {
    let mut bytes = [0; 16];
    hex::decode_to_slice(location.filename()?, &mut bytes).ok()?;
    let id = ObjectId::from_bytes(bytes);
    (path(id) == *location).then_some(id)
}
