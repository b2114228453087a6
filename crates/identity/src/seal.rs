//! Documents: sealed JSON under the organisation's key, bound to kind and id.

use kernel::{Fault, Result, Time, UserId};
use serde::{Serialize, de::DeserializeOwned};
use store::{Doc, DocKind, DocWrite};
use vault::{Context, Owner, Vault};
use zeroize::Zeroizing;

/// Number under which sessions are sealed.
const SESSION: u16 = 61_010;

const fn context(entity: u16, row: [u8; 16]) -> Context {
    Context { owner: Owner::Organisation, entity, row, schema: 1 }
}

fn seal<T: Serialize>(vault: &Vault, context: &Context, content: &T) -> Result<Vec<u8>> {
    let plain = Zeroizing::new(serde_json::to_vec(content).map_err(Fault::bug)?);
    vault.seal(context, &plain)
}

fn open<T: DeserializeOwned>(vault: &Vault, context: &Context, sealed: &[u8]) -> Result<T> {
    let plain = Zeroizing::new(vault.open(context, sealed)?);
    serde_json::from_slice(&plain).map_err(|e| {
        // The error's text quotes values; its place does not.
        let (entity, row) = (context.entity, hex::encode(context.row));
        Fault::corrupt(format!("document {entity} {row}: line {} column {}", e.line(), e.column()))
    })
}

/// Seals `content` into `doc`, whose own `sealed` is replaced, and makes the write of it.
///
/// # Errors
/// Those of sealing.
pub fn put_doc<T: Serialize>(vault: &Vault, mut doc: Doc, content: &T) -> Result<DocWrite> {
    doc.sealed = seal(vault, &context(doc.kind as u16, doc.id), content)?;
    Ok(DocWrite::Put(doc))
}

/// Opens a document.
///
/// # Errors
/// Corrupt if it was altered, moved, or is not a `T`.
pub fn open_doc<T: DeserializeOwned>(vault: &Vault, doc: &Doc) -> Result<T> {
    open(vault, &context(doc.kind as u16, doc.id), &doc.sealed)
}

/// A document without content yet.
#[must_use]
pub const fn bare_doc(kind: DocKind, id: [u8; 16], version: u64, now: Time, user: Option<UserId>) -> Doc {
    Doc { kind, id, key: None, user, version, updated_at: now, sealed: Vec::new() }
}

pub(crate) fn seal_session<T: Serialize>(vault: &Vault, id: [u8; 16], content: &T) -> Result<Vec<u8>> {
    seal(vault, &context(SESSION, id), content)
}

pub(crate) fn open_session<T: DeserializeOwned>(vault: &Vault, id: [u8; 16], sealed: &[u8]) -> Result<T> {
    open(vault, &context(SESSION, id), sealed)
}
