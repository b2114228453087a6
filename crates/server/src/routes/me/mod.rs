//! The caller.

pub mod events;
pub mod password;
pub mod read;
