//! Bearer tokens. They are listed and ended with the sessions.

pub mod create;
