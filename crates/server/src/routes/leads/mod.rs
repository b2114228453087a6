//! What only leads do.

pub mod convert;
