//! Grants. They are given and listed with the records that they are over.

pub mod end;
