//! The store as a whole: what it lies in, being alone with it, taking it back.

use crate::engine::{Engine, Store};
use crate::options::PostgresOptions;
use crate::postgres::{self, Postgres};
use crate::queue::Job;
use deadpool_postgres::ClientWrapper;
use kernel::{FaultKind, Result};
use std::time::Duration;

/// How often it is asked whether others are gone, and how long between: the database takes a moment to notice
/// that a server has ended.
pub const ASK_TIMES: u32 = 20;
pub const ASK_EVERY: Duration = Duration::from_millis(100);

/// As long as it lives, no other server has the store open.
#[derive(Debug)]
pub struct Alone(Store);

impl Drop for Alone {
    fn drop(&mut self) {
        self.0.engine.queue().tell(Job::Together);
    }
}

/// As long as it lives, it is this server's turn to do what one of many does. It ends with its server, too.
pub struct Turn {
    /// The connection that holds it; a file has no other server.
    _held: Option<ClientWrapper>,
}

impl Store {
    /// Takes the turn to do what one of many servers does for all; none while another has it.
    ///
    /// # Errors
    /// Unavailable if the database does not answer.
    pub async fn turn(&self) -> Result<Option<Turn>> {
        match &*self.engine {
            Engine::Embedded(_) => Ok(Some(Turn { _held: None })),
            Engine::Postgres(p) => Ok(p.turn().await?.map(|held| Turn { _held: Some(held) })),
        }
    }

    /// Takes back a store in a database that was made for nothing: all its tables go. Blocks.
    ///
    /// # Errors
    /// Unavailable if the database does not answer.
    pub fn remove_from(place: &PostgresOptions) -> Result<()> {
        Postgres::remove(place)
    }

    /// Refuses a database that holds a store. Blocks.
    ///
    /// # Errors
    /// Conflict if it does; unavailable if the database does not answer.
    pub fn refuse_held(place: &PostgresOptions) -> Result<()> {
        Postgres::refuse_held(place)
    }

    /// Whether a database server lets us in and will do, whatever is in the database. Blocks.
    ///
    /// # Errors
    /// Invalid if it does not let us in by these settings, unsupported if it will not do, unavailable if it does not
    /// answer.
    pub fn reach(place: &PostgresOptions) -> Result<()> {
        Postgres::reach(place)
    }

    /// Keeps every other server from opening this store until the answer is dropped. A file is always its
    /// server's alone.
    ///
    /// # Errors
    /// Conflict if another still has it open after two seconds.
    pub async fn alone(&self) -> Result<Alone> {
        for _ in 1..ASK_TIMES {
            match self.engine.queue().ask(Job::Alone).await {
                Err(fault) if fault.kind == FaultKind::Conflict => tokio::time::sleep(ASK_EVERY).await,
                done => return done.map(|()| Alone(self.clone())),
            }
        }
        self.engine.queue().ask(Job::Alone).await?;
        Ok(Alone(self.clone()))
    }

    /// Which engine it is: `sqlcipher` or `postgresql`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match &*self.engine {
            Engine::Embedded(_) => "sqlcipher",
            Engine::Postgres(_) => "postgresql",
        }
    }

    /// Bytes of the database; none of a file, whose size its folder tells.
    ///
    /// # Errors
    /// As any query.
    pub async fn database_bytes(&self) -> Result<Option<u64>> {
        match &*self.engine {
            Engine::Embedded(_) => Ok(None),
            Engine::Postgres(p) => p.read(async |c| postgres::read::bytes(&c).await).await.map(Some),
        }
    }
}
