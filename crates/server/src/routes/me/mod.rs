//! The caller.

pub mod events;
pub mod password;
pub mod preferences;
pub mod put_preferences;
pub mod read;
