//! Proving anew to be there.

pub mod begin;
pub mod finish;
