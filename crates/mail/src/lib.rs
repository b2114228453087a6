//! Mail that leaves: what a letter says, and the relay that takes it. Who gets one, and why, is others' affair;
//! so is the queue that it waits in.

mod address;
mod compose;
mod letter;
mod relay;
mod settings;
mod way;

pub use compose::{Envelope, is_address};
pub use letter::{Letter, Taken, Told};
pub use relay::{Refusal, Relay};
pub use settings::{Settings, Tls};
