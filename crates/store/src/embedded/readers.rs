//! Threads that read, each over a connection of its own, so that its page cache and its prepared
//! statements stay warm.

use crate::refusal;
use crate::thread::Thread;
use kernel::{Fault, Result};
use rusqlite::Connection;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// Queries that may wait; more are refused, as their callers would wait too long anyway.
const QUEUE: usize = 8192;

type Task = Box<dyn FnOnce(&Connection) + Send>;

#[derive(Default)]
struct State {
    tasks: VecDeque<Task>,
    closed: bool,
}

#[derive(Default)]
struct Queue {
    state: Mutex<State>,
    wake: Condvar,
}

impl Queue {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, task: Task) -> Result<()> {
        let mut state = self.state();
        if state.closed {
            return Err(refusal::closed());
        }
        if state.tasks.len() >= QUEUE {
            return Err(refusal::busy());
        }
        state.tasks.push_back(task);
        drop(state);
        self.wake.notify_one();
        Ok(())
    }

    /// The next task; `None` once the queue is closed and empty.
    fn next(&self) -> Option<Task> {
        let mut state = self.state();
        loop {
            if let Some(task) = state.tasks.pop_front() {
                return Some(task);
            }
            if state.closed {
                return None;
            }
            state = self.wake.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// The pool. Closed when dropped, before its threads are waited for.
pub struct Readers {
    queue: Arc<Queue>,
    threads: Vec<Thread>,
}

impl Readers {
    /// One thread for each connection.
    ///
    /// # Errors
    /// Internal if the machine gives no thread.
    pub fn start(connections: Vec<Connection>) -> Result<Self> {
        let mut pool = Self { queue: Arc::default(), threads: Vec::new() };
        for connection in connections {
            let queue = Arc::clone(&pool.queue);
            pool.threads.push(Thread::start("store-read", move || serve(&queue, &connection))?);
        }
        Ok(pool)
    }

    /// Runs a query on one of the threads. A query whose caller is gone before it begins is skipped.
    ///
    /// # Errors
    /// Unavailable if too many wait or the pool is closed; otherwise what the query gives.
    pub async fn run<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        self.queue.push(Box::new(move |connection| {
            if !reply.is_closed() {
                drop(reply.send(query(connection)));
            }
        }))?;
        answer.await.map_err(|_| Fault::bug("a query was given up"))?
    }

    /// Takes no more queries; those waiting are answered.
    pub fn close(&self) {
        self.queue.state().closed = true;
        self.queue.wake.notify_all();
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.close();
    }
}

fn serve(queue: &Queue, connection: &Connection) {
    while let Some(task) = queue.next() {
        // A fault of one query must not take the thread away from all others. A task's channel is dropped
        // with it, so its caller hears of it.
        if catch_unwind(AssertUnwindSafe(|| task(connection))).is_err() {
            tracing::error!("a query panicked");
        }
    }
}
