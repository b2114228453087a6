//! Everything through the front door: a real server over TLS, real databases. One binary, so that it
//! links once.

mod front {
    pub mod attacks;
    pub mod background;
    pub mod beside;
    pub mod convert;
    pub mod custom;
    pub mod document;
    pub mod escalation;
    pub mod explain;
    pub mod files;
    pub mod guard;
    pub mod help;
    pub mod history;
    pub mod imports;
    pub mod interface;
    pub mod jobs;
    pub mod kinds;
    pub mod ledger;
    pub mod lists;
    pub mod masks;
    pub mod matrix;
    pub mod outages;
    pub mod own;
    pub mod records;
    pub mod refusals;
    pub mod search;
    pub mod servers;
    pub mod sessions;
    pub mod stream;
    pub mod system;
    pub mod tokens;
    pub mod totals;
    pub mod waiting;
    pub mod watched;
}
