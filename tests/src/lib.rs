//! The tests are in `tests/`: one binary for each kind, so that it links once.
