//! The real binary, as people run it.

mod attempts;
mod demo;
mod doctor;
mod harness;
mod made;
mod mail;
mod moving;
mod refusals;
mod schedule;
mod sign_on;
mod telemetry;
mod usage;
mod whole;
