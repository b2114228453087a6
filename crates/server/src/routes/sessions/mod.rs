//! Signing in and out.

pub mod create;
pub mod end;
pub mod end_all;
pub mod end_others;
pub mod factor;
pub mod list;
pub mod passkey;
pub mod put_rules;
pub mod rules;
pub mod sign_out;
pub mod ways;
