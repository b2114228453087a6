//! The gate from outside: fixed cases, and a comparison with a naive reading of the rules.

mod agree;
mod built_in;
mod cast;
mod kept;
mod partners;
mod rules;
mod why;
