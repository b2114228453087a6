//! Sessions that another server on the same database began or ended.

use crate::Identity;
use crate::session::Session;
use kernel::{FaultKind, Result, SessionId};
use std::collections::HashSet;
use std::sync::Arc;
use store::SessionRow;

impl Identity {
    /// Looks at sessions again: those that are there are accepted from now on, the others refused.
    ///
    /// # Errors
    /// Storage's.
    pub async fn look_again(&self, ids: &[SessionId]) -> Result<()> {
        // What this server begins or ends itself is written and remembered under the same lock.
        let _held = self.0.writes.lock().await;
        for id in ids {
            match self.0.store.session(*id).await? {
                Some(row) => self.learn(row)?,
                None => drop(self.0.cache.take(|s| s.id == *id)),
            }
        }
        Ok(())
    }

    /// Looks at all sessions again.
    ///
    /// # Errors
    /// Storage's.
    pub async fn look_at_all(&self) -> Result<()> {
        let _held = self.0.writes.lock().await;
        let rows = self.0.store.sessions().await?;
        let there: HashSet<[u8; 32]> = rows.iter().map(|row| row.hash).collect();
        self.0.cache.take(|s| !there.contains(&s.hash));
        rows.into_iter().try_for_each(|row| self.learn(row))
    }

    /// Accepts a session, if it is not known. One that does not open is nobody's, and keeps no other out.
    fn learn(&self, row: SessionRow) -> Result<()> {
        if self.0.cache.knows(&row.hash) {
            return Ok(());
        }
        let id = row.id;
        match Session::open(&self.0.vault, row) {
            Ok(session) => self.0.cache.insert(Arc::new(session)),
            Err(fault) if fault.kind == FaultKind::Corrupt => {
                tracing::error!(session = %id, note = fault.internal.as_deref(), "a session does not open");
            }
            Err(fault) => return Err(fault),
        }
        Ok(())
    }
}
