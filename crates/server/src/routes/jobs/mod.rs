//! Long works of the caller's own.

pub mod cancel;
pub mod dead;
pub mod discard;
pub mod file;
pub mod list;
pub mod read;
pub mod retry;
pub mod undo;

use crate::refusal::Refusal;
use kernel::{Fault, JobId};

/// The job of a path: what is no id, is not found.
fn job(id: &str) -> Result<JobId, Refusal> {
    id.parse().map_err(|()| Refusal(Fault::not_found()))
}
