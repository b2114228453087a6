//! Tests of the ledger through its public interface.

mod checkpoint;
mod encoding;
mod mutation;
mod proof_file;
mod stage;
mod tree;
mod world;
