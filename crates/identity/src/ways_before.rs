//! What users signed in by when a server last started: so that whoever is shut out by other settings can be told.

use crate::Ways;
use crate::seal::{bare_doc, open_doc, put_doc};
use kernel::{Result, Time};
use store::{DocKind, DocWrite, Store};
use vault::Vault;

const ID: [u8; 16] = *b"ways to sign in\0";

/// The ways of the last start, if there was one that kept them, with the version of their document; 0 if there was none.
///
/// # Errors
/// Storage's; corrupt.
pub async fn ways_before(store: &Store, vault: &Vault) -> Result<(Option<Ways>, u64)> {
    let Some(doc) = store.doc(DocKind::Ways, ID).await? else { return Ok((None, 0)) };
    Ok((Some(open_doc(vault, &doc)?), doc.version))
}

/// Keeps the ways of now, in place of those with this version.
///
/// # Errors
/// Those of sealing.
pub fn put_ways(vault: &Vault, now: Time, ways: &Ways, version: u64) -> Result<DocWrite> {
    put_doc(vault, bare_doc(DocKind::Ways, ID, version + 1, now, None), ways)
}
