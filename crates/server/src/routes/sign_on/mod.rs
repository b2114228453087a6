//! Signing in through a provider.

pub mod back_channel;
pub mod begin;
pub mod finish;
pub mod front_channel;
pub mod list;
pub mod settings;
