//! How far the database is, asked at the beginning of every request: many at a time share one answer.

use super::connect::Connector;
use super::fault::unavailable;
use super::read;
use crate::hint::Newest;
use deadpool_postgres::ClientWrapper;
use kernel::{FaultKind, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::timeout;

/// After this long without an answer a request is refused, and may come again.
const PATIENCE: Duration = Duration::from_secs(2);

/// Who made the changes that this server's writer knows of.
pub struct Makers {
    /// The newest that another server may have made.
    others: AtomicU64,
    /// The newest that is known; all above `others` are this server's own.
    known: AtomicU64,
}

impl Makers {
    /// At the opening, when whoever made the changes is another.
    pub const fn new(newest: u64) -> Self {
        Self { others: AtomicU64::new(newest), known: AtomicU64::new(newest) }
    }

    /// Other servers wrote, up to this change.
    pub fn others_wrote(&self, newest: u64) {
        self.others.store(newest, Ordering::Release);
        self.known.store(newest, Ordering::Release);
    }

    /// This server wrote, up to this change, and nobody else since it last looked.
    pub fn wrote(&self, newest: u64) {
        self.known.store(newest, Ordering::Release);
    }

    /// The newest change up to here that another server may have made.
    fn of_others(&self, newest: u64) -> u64 {
        let known = self.known.load(Ordering::Acquire);
        if newest <= known { newest.min(self.others.load(Ordering::Acquire)) } else { newest }
    }
}

/// Who asks, one at a time.
pub struct Latest {
    connector: Connector,
    makers: Arc<Makers>,
    /// Rounds that have begun.
    begun: AtomicU64,
    last: Mutex<Last>,
}

struct Last {
    /// None after a failure.
    client: Option<ClientWrapper>,
    /// Number of the last round, and what it gave.
    round: u64,
    answer: Result<Newest>,
}

impl Latest {
    pub fn new(connector: Connector, makers: Arc<Makers>) -> Self {
        let last = Last { client: None, round: 0, answer: Err(unavailable()) };
        Self { connector, makers, begun: AtomicU64::new(0), last: Mutex::new(last) }
    }

    /// As [`Latest::ask`], without the changes that are this server's own.
    ///
    /// # Errors
    /// As [`Latest::ask`].
    pub async fn ask_of_others(&self) -> Result<Newest> {
        let newest = self.ask().await?;
        Ok(Newest { change: self.makers.of_others(newest.change), ..newest })
    }

    /// An answer to a question that was put after this was called, by whomever.
    ///
    /// # Errors
    /// Unavailable if none comes in time.
    pub async fn ask(&self) -> Result<Newest> {
        let before = self.begun.load(Ordering::SeqCst);
        let answer = timeout(PATIENCE, async {
            let mut last = self.last.lock().await;
            // A round that was under way may have been answered before we came; the one after it was not.
            if last.round <= before {
                last.round = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
                last.answer = Err(unavailable().internal("the question was given up"));
                last.answer = self.round(&mut last.client).await;
            }
            last.answer.clone()
        });
        let late = |_| unavailable().internal("it is not known in time how far the database is");
        answer.await.map_err(late)?
    }

    /// Asks; once more over a new connection if the one at hand turns out to be dead.
    async fn round(&self, kept: &mut Option<ClientWrapper>) -> Result<Newest> {
        if let Some(client) = kept.take().filter(|client| !client.is_closed()) {
            match read::newest(&client).await {
                Err(fault) if fault.kind == FaultKind::Unavailable => {}
                done => {
                    *kept = Some(client);
                    return done;
                }
            }
        }
        let client = self.connector.connect().await?;
        let newest = read::newest(&client).await?;
        *kept = Some(client);
        Ok(newest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_waits_for_others_alone() {
        let makers = Makers::new(5);
        assert_eq!([3, 5, 6].map(|newest| makers.of_others(newest)), [3, 5, 6], "who made 6 is not known");
        makers.wrote(8);
        assert_eq!([5, 6, 8, 9].map(|newest| makers.of_others(newest)), [5, 5, 5, 9]);
        makers.others_wrote(12);
        makers.wrote(13);
        assert_eq!([8, 12, 13, 14].map(|newest| makers.of_others(newest)), [8, 12, 12, 14]);
    }
}
