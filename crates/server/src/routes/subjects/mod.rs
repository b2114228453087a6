//! People and companies that data are about.

pub mod events;
