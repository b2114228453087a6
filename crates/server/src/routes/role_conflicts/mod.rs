//! Roles that do not go together.

pub mod put;
pub mod read;
