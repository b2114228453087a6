//! A thread that is waited for.

use kernel::{Fault, Result};
use std::thread::{self, JoinHandle};

/// A thread. Whoever drops this waits for its end, so its queue must be closed before: at the process's
/// end no thread may still be inside the engine, whose own libraries are then torn down.
pub struct Thread(Option<JoinHandle<()>>);

impl Thread {
    /// # Errors
    /// Internal if the machine gives no thread.
    pub fn start(name: &str, work: impl FnOnce() + Send + 'static) -> Result<Self> {
        let thread = thread::Builder::new().name(name.to_owned()).spawn(work);
        let thread = thread.map_err(|e| Fault::bug(format!("no thread {name}: {e}")))?;
        Ok(Self(Some(thread)))
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        if self.0.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("a thread of the store panicked");
        }
    }
}
