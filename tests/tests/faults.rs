//! What breaks: erased people searched for in every byte, altered databases, wrong keys, killed servers,
//! full disks. One binary, so that it links once.

mod faults {
    pub mod behind;
    pub mod classes;
    pub mod crowd;
    pub mod database;
    pub mod erasure;
    pub mod frozen;
    pub mod full;
    pub mod index;
    pub mod jobs;
    pub mod keys;
    pub mod kill;
    pub mod leaks;
    pub mod ledger;
    pub mod taken;
}
