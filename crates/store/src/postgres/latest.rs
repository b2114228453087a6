//! How far the database is, asked at the beginning of every request: many at a time share one answer.

use super::connect::Connector;
use super::fault::unavailable;
use super::read;
use crate::hint::Newest;
use deadpool_postgres::ClientWrapper;
use kernel::{FaultKind, Result};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::timeout;

/// After this long without an answer a request is refused, and may come again.
const PATIENCE: Duration = Duration::from_secs(2);

/// Who asks, one at a time.
pub struct Latest {
    connector: Connector,
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
    pub fn new(connector: Connector) -> Self {
        let last = Last { client: None, round: 0, answer: Err(unavailable()) };
        Self { connector, begun: AtomicU64::new(0), last: Mutex::new(last) }
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
