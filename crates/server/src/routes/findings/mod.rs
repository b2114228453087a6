//! Findings about rights.

pub mod list;
