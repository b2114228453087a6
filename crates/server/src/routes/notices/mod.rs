//! Notifications to the caller.

pub mod list;
pub mod read;
pub mod read_many;
