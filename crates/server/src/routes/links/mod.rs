//! What whoever has a link may do, and whoever forgot a password.

pub mod look;
pub mod password;
pub mod reset;
