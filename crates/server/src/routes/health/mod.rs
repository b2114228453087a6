//! Whether the server lives and answers, for whoever watches it. Says nothing else.

pub mod live;
pub mod ready;
