//! Keys.

pub mod rotate;
pub mod status;
