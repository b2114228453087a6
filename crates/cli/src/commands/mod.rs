//! One command a file.

pub mod backup;
pub mod demo;
pub mod doctor;
pub mod import;
pub mod index;
pub mod init;
pub mod keys;
pub mod ledger;
pub mod mail;
pub mod migrate;
pub mod restore;
pub mod serve;
pub mod user;
