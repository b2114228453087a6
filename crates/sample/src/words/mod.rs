//! Word lists.

pub mod firms;
pub mod names;
pub mod phrases;
pub mod places;
