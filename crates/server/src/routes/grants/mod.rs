//! Grants. They are given and listed with the records that they are over; each user has a list of one's own.

pub mod end;
pub mod list;
pub mod renew;
