//! Roles.

pub mod create;
pub mod export;
pub mod import;
pub mod list;
pub mod preview;
pub mod remove;
pub mod roll_back;
pub mod update;
pub mod versions;
