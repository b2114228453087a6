//! Teams.

pub mod create;
pub mod list;
pub mod preview;
pub mod update;
