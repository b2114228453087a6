//! The tests are in `tests/`: one binary for each kind, so that it links once. Here is what they share
//! with the fuzz targets in `fuzz/`.

pub mod entries;
