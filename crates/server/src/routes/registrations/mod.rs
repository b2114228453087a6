//! Deals that users of partner organisations register.

pub mod create;
pub mod list;
