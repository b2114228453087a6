//! Partner organisations.

pub mod create;
pub mod grants;
pub mod list;
pub mod read;
pub mod registrations;
pub mod update;
