//! Second factors: the caller's own, of users, and which are asked of whom.

pub mod add;
pub mod ask_reset;
pub mod begin_passkey;
pub mod begin_totp;
pub mod codes;
pub mod confirm_reset;
pub mod list;
pub mod of_user;
pub mod put_requirement;
pub mod remove;
pub mod rename;
pub mod requirement;
pub mod withdraw_reset;

use crate::refusal::Refusal;
use identity::FactorId;
use kernel::Fault;

/// The factor of a path: what is no id, is not found.
fn factor(id: &str) -> Result<FactorId, Refusal> {
    id.parse().map_err(|()| Refusal(Fault::not_found()))
}
