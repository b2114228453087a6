//! Everything through the front door: a real server over TLS, real databases. One binary, so that it
//! links once.

mod front {
    pub mod records;
}
