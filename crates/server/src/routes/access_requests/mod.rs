//! Requests for access to records.

pub mod approve;
pub mod ask;
pub mod decline;
pub mod list;

use crate::refusal::Refusal;
use kernel::{AccessRequestId, Fault};

/// The id in an address.
fn request(id: &str) -> Result<AccessRequestId, Refusal> {
    id.parse().map_err(|()| Refusal(Fault::not_found()))
}
