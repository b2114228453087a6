//! Accounts of users at providers of single sign-on.

pub mod link;
pub mod list;
pub mod own;
pub mod unlink;
