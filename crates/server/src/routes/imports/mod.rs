//! Imports of files.

pub mod create;
pub mod list;
pub mod preview;
pub mod read;
pub mod undo;

use crate::refusal::Refusal;
use kernel::{ActId, Fault};

/// The import of a path: what is no id, is not found.
pub(crate) fn act(id: &str) -> Result<ActId, Refusal> {
    id.parse().map_err(|()| Refusal(Fault::not_found()))
}
