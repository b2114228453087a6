//! The real binary, as people run it.

mod demo;
mod harness;
mod moving;
mod refusals;
mod schedule;
mod whole;
