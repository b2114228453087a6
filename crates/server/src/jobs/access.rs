//! Requests for access: jobs of the program that find out who can decide on them.

use super::Jobs;
use super::job::Kind;
use super::outcome::Outcome;
use kernel::{Fault, FaultKind, Result};
use std::time::Duration;
use store::{JobHold, JobRow, JobWrite, Take};
use tokio::time::timeout;

/// Others may take a request that nothing was heard of for so long.
const LEASE: Duration = Duration::from_secs(30);
/// The queue is looked into at least so often.
const LOOK: Duration = Duration::from_secs(1);

impl Jobs {
    /// Brings requests for access before those who can decide on them, until it is dropped. A request that is dropped
    /// on its way is taken up again when its lease has run out.
    pub(crate) async fn route_access_requests(self) {
        let mut bell = self.0.engine.store().bell();
        while !self.state().closed {
            match self.route_next().await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(fault) => tracing::warn!(%fault, "requests for access"),
            }
            let _ = timeout(LOOK, bell.changed()).await;
        }
    }

    /// Whether there was anything to do.
    async fn route_next(&self) -> Result<bool> {
        let lease_ms = i64::try_from(LEASE.as_millis()).map_err(Fault::bug)?;
        let kinds = vec![Kind::AccessRequest as u16];
        let take = Take { server: self.0.server, lease_ms, kinds, of_user: 1 };
        let Some(row) = self.0.engine.store().take_job(take).await? else { return Ok(false) };
        let hold = JobHold { id: row.id, server: self.0.server, attempt: row.attempts };
        match self.route(&row, hold).await {
            Ok(()) => self.let_go(row.id).await,
            // Another server has it.
            Err(fault) if fault.kind == FaultKind::Stale => {}
            Err(fault) => {
                let write =
                    hold.failed(row.tries(), self.kept(&row, &Err(fault.clone()))?, self.0.engine.random());
                let over = matches!(write, JobWrite::GiveUp { .. });
                self.put_away(write, (row.id, row.user)).await;
                if over {
                    self.forget_letter(row.id).await;
                }
                return Err(fault);
            }
        }
        Ok(true)
    }

    async fn route(&self, row: &JobRow, hold: JobHold) -> Result<()> {
        if row.is_spent() {
            return Err(Fault::bug("its servers ended while they were at it"));
        }
        self.0.engine.refresh().await?;
        let result = self.kept(row, &Ok(Outcome::Nothing))?;
        self.0.engine.route_access_request(row, hold, result).await
    }
}
