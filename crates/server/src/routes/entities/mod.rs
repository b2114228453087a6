//! Descriptors.

pub mod add_field;
pub mod list;
