//! What a writing thread is asked for, and how it is asked.

use crate::activity::{Activity, Counts};
use crate::contract::{Batch, Committed};
use crate::lease::{Renew, Take};
use crate::refusal;
use crate::work::JobRow;
use kernel::{Fault, Result, SPANS, Time};
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tracing::Instrument;

/// Jobs that may wait for the writer.
const QUEUE: usize = 1024;
/// How long a job waits for a place in a full queue.
const QUEUE_WAIT: Duration = Duration::from_secs(5);

/// Where an answer goes. Nobody may be waiting any more; what was asked is done all the same.
pub type Reply<T> = oneshot::Sender<Result<T>>;

/// A batch and who waits for it.
pub struct Write {
    pub batch: Batch,
    pub reply: Reply<Committed>,
}

/// What the thread can be asked for.
pub enum Job {
    Write(Box<Write>),
    Sweep(Time, Reply<u64>),
    Take(Take, Reply<Option<JobRow>>),
    Renew(Renew, Reply<Option<bool>>),
    CheckRoom(Reply<()>),
    SettleErasure(Reply<()>),
    /// What a restore left to be done is done.
    Restored(Reply<()>),
    /// Keeps other servers from opening the store, until [`Job::Together`].
    Alone(Reply<()>),
    Together,
    Close(Reply<()>),
}

/// The way to the thread. Dropping it lets the thread end.
pub struct Queue(mpsc::Sender<Job>, Arc<Counts>);

impl Queue {
    /// The way, its other end, and where the thread counts what it did.
    pub fn new() -> (Self, mpsc::Receiver<Job>, Arc<Counts>) {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let counts = Arc::new(Counts::default());
        (Self(jobs, Arc::clone(&counts)), queue, counts)
    }

    /// What was done so far, and how many jobs wait.
    pub fn activity(&self) -> Activity {
        Activity { waiting: self.0.max_capacity() - self.0.capacity(), ..self.1.activity() }
    }

    pub async fn commit(&self, batch: Batch) -> Result<Committed> {
        let waits = tracing::info_span!(target: SPANS, "commit");
        self.ask(|reply| Job::Write(Box::new(Write { batch, reply }))).instrument(waits).await
    }

    pub fn commit_blocking(&self, batch: Batch) -> Result<Committed> {
        let (reply, answer) = oneshot::channel();
        let job = Job::Write(Box::new(Write { batch, reply }));
        self.0.blocking_send(job).map_err(gone)?;
        answer.blocking_recv().map_err(gone)?
    }

    /// Closing twice is closing once.
    pub async fn close(&self) -> Result<()> {
        if self.0.is_closed() {
            return Ok(());
        }
        self.ask(Job::Close).await
    }

    /// Hands over a job without an answer, unless the queue is closed. Does not wait: when the queue is full,
    /// a thread does.
    pub fn tell(&self, job: Job) {
        if let Err(mpsc::error::TrySendError::Full(job)) = self.0.try_send(job) {
            let queue = self.0.clone();
            thread::spawn(move || drop(queue.blocking_send(job)));
        }
    }

    /// Hands a job to the writer and waits for its answer.
    pub async fn ask<T>(&self, job: impl FnOnce(Reply<T>) -> Job) -> Result<T> {
        use mpsc::error::TrySendError;
        let (reply, answer) = oneshot::channel();
        match self.0.try_send(job(reply)) {
            Ok(()) => {}
            Err(TrySendError::Closed(job)) => return Err(gone(job)),
            Err(TrySendError::Full(job)) => {
                let sent = tokio::time::timeout(QUEUE_WAIT, self.0.send(job)).await;
                sent.map_err(|_| refusal::busy())?.map_err(gone)?;
            }
        }
        answer.await.map_err(gone)?
    }
}

pub fn answer<T>(reply: Reply<T>, result: Result<T>) {
    // Who asked may be gone.
    drop(reply.send(result));
}

/// Gives each batch of a group its own result, or all of them the one fault that kept back everything.
pub fn answer_all(replies: Vec<Reply<Committed>>, done: Result<Vec<Result<Committed>>>) {
    match done {
        Ok(results) => {
            for (reply, result) in replies.into_iter().zip(results) {
                answer(reply, result);
            }
        }
        Err(fault) => {
            tracing::warn!(error = %fault, batches = replies.len(), "a group was not committed");
            for reply in replies {
                answer(reply, Err(fault.clone()));
            }
        }
    }
}

/// The answer to a job whose thread is gone.
fn gone<T>(_: T) -> Fault {
    refusal::closed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_to_a_full_queue_comes_when_there_is_room() {
        let (queue, mut jobs, _) = Queue::new();
        for _ in 0..QUEUE {
            let (reply, _) = oneshot::channel();
            assert!(queue.0.try_send(Job::CheckRoom(reply)).is_ok());
        }
        queue.tell(Job::Together);
        for _ in 0..QUEUE {
            assert!(matches!(jobs.blocking_recv(), Some(Job::CheckRoom(_))));
        }
        drop(queue);
        assert!(matches!(jobs.blocking_recv(), Some(Job::Together)));
        assert!(jobs.blocking_recv().is_none(), "closed when nobody waits any more");
    }
}
