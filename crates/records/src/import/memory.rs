//! What an import knows from its earlier rows.

use kernel::{Fault, RecordId, Result, SubjectId, TeamId, UserId};
use schema::{Entity, FieldKind};
use std::collections::HashMap;
use tokio::task::JoinHandle;

/// What an import remembers from one chunk to the next.
#[derive(Default)]
pub(super) struct Memory {
    /// Unique values of rows that went in: field and value to record.
    pub(super) taken: HashMap<(String, String), RecordId>,
    /// References already looked up: entity and folded text to record and subject.
    pub(super) named: HashMap<(String, String), (RecordId, SubjectId)>,
    /// Owners already looked up, by folded text.
    pub(super) owners: HashMap<String, (UserId, TeamId)>,
    /// The index takes in the last chunk while the next is made ready.
    pub(super) indexing: Option<JoinHandle<()>>,
}

impl Memory {
    /// Waits until the index has all that was written.
    pub(super) async fn indexed(&mut self) -> Result<()> {
        match self.indexing.take() {
            Some(work) => work.await.map_err(|e| Fault::bug(format!("import: {e}"))),
            None => Ok(()),
        }
    }
}

/// Whether a row may refer to one before it in the same file, which the index must then have.
pub(super) fn refers_to_itself(entity: &Entity) -> bool {
    let own = |kind: &FieldKind| matches!(kind, FieldKind::Reference { entity: to } if *to == entity.name);
    entity.fields.iter().any(|f| own(&f.kind))
}
