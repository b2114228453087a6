//! What browsers report.

pub mod csp;
