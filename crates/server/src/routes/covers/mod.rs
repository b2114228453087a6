//! Cover for somebody who is away. It is ended as any grant is.

pub mod create;
pub mod list;
