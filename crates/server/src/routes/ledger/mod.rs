//! The ledger.

pub mod checkpoint;
pub mod events;
pub mod proof;
pub mod verify;
