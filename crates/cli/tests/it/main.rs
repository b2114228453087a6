//! The real binary, as people run it.

mod demo;
mod doctor;
mod harness;
mod mail;
mod moving;
mod refusals;
mod schedule;
mod telemetry;
mod whole;
