//! Reader threads, each with a connection of its own.

use kernel::{Fault, FaultKind, Result, Text};
use rusqlite::Connection;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// Queries that wait at most; more are refused.
const WAITING: usize = 1024;
/// Steps of the database engine between two looks at the count.
const STEP: i32 = 1_000_000;
/// How many times [`STEP`] a query may take: some seconds.
const STEPS: u64 = 400;

type Task = Box<dyn FnOnce(&Connection) + Send>;

/// The threads.
pub(crate) struct Pool {
    queue: Option<SyncSender<Task>>,
    threads: Vec<JoinHandle<()>>,
}

impl Pool {
    /// Starts a thread for each connection.
    pub fn start(connections: Vec<Connection>) -> Result<Self> {
        let (queue, tasks) = sync_channel::<Task>(WAITING);
        let tasks = Arc::new(Mutex::new(tasks));
        let mut threads = Vec::new();
        for (i, connection) in connections.into_iter().enumerate() {
            let tasks = tasks.clone();
            let steps = Arc::new(AtomicU64::new(0));
            let counted = steps.clone();
            let mut connection = connection;
            connection
                .progress_handler(STEP, Some(move || counted.fetch_add(1, Ordering::Relaxed) >= STEPS))
                .map_err(|e| vault::storage_fault(&e))?;
            let thread = std::thread::Builder::new()
                .name(format!("index-read-{i}"))
                .spawn(move || work(&connection, &tasks, &steps))
                .map_err(Fault::bug)?;
            threads.push(thread);
        }
        Ok(Self { queue: Some(queue), threads })
    }

    /// Does `work` on one of the threads.
    pub async fn run<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let task: Task = Box::new(move |connection| {
            // Whoever asked may have gone.
            let _ = reply.send(work(connection));
        });
        let queue = self.queue.as_ref().ok_or_else(|| Fault::bug("the index is closed"))?;
        queue.try_send(task).map_err(|_| busy())?;
        answer.await.map_err(|_| Fault::bug("a query of the index ended without an answer"))?
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.queue = None;
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

fn work(connection: &Connection, tasks: &Mutex<Receiver<Task>>, steps: &AtomicU64) {
    loop {
        let task = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(task) = task else { return };
        steps.store(0, Ordering::Relaxed);
        if catch_unwind(AssertUnwindSafe(|| task(connection))).is_err() {
            tracing::error!("a query of the index panicked");
        }
    }
}

const fn busy() -> Fault {
    Fault::new(
        FaultKind::Unavailable,
        Text::of(
            "Serwer ma teraz za dużo zapytań. Spróbuj za chwilę.",
            "The server has too many queries now. Try again shortly.",
        ),
    )
    .retry_after_s(1)
}

/// As [`vault::storage_fault`], but a query that was stopped because it took too long says so.
pub(crate) fn read_fault(error: &rusqlite::Error) -> Fault {
    if error.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted) {
        return Fault::new(
            FaultKind::Unavailable,
            Text::of(
                "To zapytanie trwa zbyt długo. Zawęź je, na przykład dodatkowym warunkiem.",
                "This query takes too long. Narrow it, for example with another condition.",
            ),
        );
    }
    vault::storage_fault(error)
}
