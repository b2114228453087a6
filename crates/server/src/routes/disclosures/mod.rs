//! What was disclosed to partner organisations.

pub mod export;
pub mod list;
