//! The database at one moment.

use super::connect::Connector;
use super::read;
use super::schema;
use super::tree::Kept;
use super::wait::wait;
use crate::contract::{Doc, DocKind, Row};
use crate::options::PostgresOptions;
use crate::verify::Rows;
use deadpool_postgres::ClientWrapper;
use kernel::{RecordId, Result};

/// A snapshot reads at length, and its reader may think meanwhile.
const AT_LENGTH: &str = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; \
    BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;";

/// A connection within a transaction that sees what its first query saw.
pub struct View {
    client: ClientWrapper,
    /// Keeps the connection alive.
    _connector: Connector,
}

impl View {
    /// # Errors
    /// As any query.
    pub fn open(connector: &Connector) -> Result<Self> {
        let connector = connector.with(AT_LENGTH);
        Self::over(wait(connector.connect())?, connector)
    }

    fn over(client: ClientWrapper, connector: Connector) -> Result<Self> {
        let view = Self { client, _connector: connector };
        // The transaction sees what its first read sees.
        view.read(schema::check)?;
        Ok(view)
    }

    /// # Errors
    /// As any query; invalid if the address is none.
    pub fn open_at(place: &PostgresOptions) -> Result<Self> {
        let connector = Connector::new(place)?.with(AT_LENGTH);
        Self::over(wait(connector.reach())?, connector)
    }

    /// What a transaction that is under way sees, its own writes included.
    pub const fn within(client: ClientWrapper, connector: Connector) -> Self {
        Self { client, _connector: connector }
    }

    /// Runs a query and waits for it in this thread.
    ///
    /// # Errors
    /// As the query.
    pub fn read<T>(&self, query: impl AsyncFnOnce(&ClientWrapper) -> Result<T>) -> Result<T> {
        wait(query(&self.client))
    }

    pub const fn kept(&self) -> Kept<'_> {
        Kept(&self.client)
    }
}

impl Rows for View {
    fn scan(&self, after: Option<&RecordId>, limit: u32) -> Result<Vec<Row>> {
        wait(read::scan(&self.client, after, limit))
    }

    fn change_count(&self, record: &RecordId) -> Result<u64> {
        wait(read::change_count(&self.client, record))
    }

    fn docs_after(&self, kind: DocKind, after: &[u8], limit: u32) -> Result<Vec<Doc>> {
        wait(read::docs_after(&self.client, kind, after, limit))
    }
}
