//! The index.

pub mod rebuild;
