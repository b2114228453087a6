//! Objects in each kind of store: the same cases in memory, in a folder, and in a server that speaks S3.

mod cases;
mod law;
mod place;
mod support;
