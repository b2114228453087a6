//! The caller.

pub mod email;
pub mod events;
pub mod lost_email;
pub mod password;
pub mod preferences;
pub mod put_email;
pub mod put_preferences;
pub mod read;
pub mod withdraw_email;
