//! What whoever has a link may do, and whoever forgot a password.

pub mod email;
pub mod look;
pub mod password;
pub mod refuse_email;
pub mod reset;
