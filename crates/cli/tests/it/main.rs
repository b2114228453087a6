//! The real binary, as people run it.

mod demo;
mod harness;
mod refusals;
mod whole;
