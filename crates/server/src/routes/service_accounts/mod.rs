//! Service accounts: programs that act by themselves, and the persons who answer for them.

pub mod create;
pub mod create_token;
pub mod end_token;
pub mod hand_over;
pub mod list;
pub mod own;
pub mod read;
pub mod tokens;
pub mod update;
