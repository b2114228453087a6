//! Sessions that another server on the same database began, used or ended.

use crate::Identity;
use crate::session::Session;
use kernel::{FaultKind, Result, SessionId, UserId};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use store::{SessionKind, SessionRow, SessionWrite};

/// How often last uses are written for other servers, each at most once a minute, and how many at a time: each is
/// a statement of a commit that everybody else waits for.
const TELL: (i64, usize) = (5_000, 200);

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
                None => self.0.cache.take_one(*id),
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
        let there: HashSet<SessionId> = rows.iter().map(|row| row.id).collect();
        self.0.cache.take(|s| !there.contains(&s.id));
        rows.into_iter().try_for_each(|row| self.learn(row))
    }

    /// Last uses that other servers are to know of: to be put into a batch that is committed anyway. Where there
    /// is but one server it gives none.
    #[must_use]
    pub fn uses_for_others(&self) -> Vec<SessionWrite> {
        let (now, told) = (self.0.clock.now().0, self.0.told.load(Ordering::Relaxed));
        // Also after the clock was set back.
        let due = self.0.store.is_shared() && !(0..TELL.0).contains(&now.saturating_sub(told));
        if due && self.0.told.compare_exchange(told, now, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            return self.last_uses(TELL.1);
        }
        Vec::new()
    }

    pub(crate) fn last_uses(&self, most: usize) -> Vec<SessionWrite> {
        self.0.cache.pending_seen(most).iter().map(|session| session.last_use(&self.0.vault)).collect()
    }

    /// Before a session of this secret is refused because it was not used here for too long: learns when it was
    /// last used on another server.
    ///
    /// # Errors
    /// Storage's.
    pub async fn look_for_use(&self, kind: SessionKind, secret: &str) -> Result<()> {
        if self.0.store.is_shared()
            && let Some((session, _)) = self.0.cache.of_secret(kind, secret, self.0.clock.now())
        {
            self.look_for_use_of(&session).await?;
        }
        Ok(())
    }

    /// As [`Identity::look_for_use`], of a session that is at hand.
    ///
    /// # Errors
    /// Storage's.
    pub async fn look_for_use_of(&self, session: &Session) -> Result<()> {
        let now = self.0.clock.now();
        let limits = self.limits_of(session.user);
        let idle = !session.is_over(now, &limits) && !session.lives(now, &limits);
        if idle
            && self.0.store.is_shared()
            && let Some(row) = self.0.store.session(session.id).await?
        {
            session.used_as(&self.0.vault, &row);
        }
        Ok(())
    }

    /// As [`Identity::look_for_use`], of all sessions of a user.
    pub(crate) async fn look_for_uses(&self, user: UserId) -> Result<()> {
        if !self.0.store.is_shared() {
            return Ok(());
        }
        let sessions = self.0.cache.find(|s| s.user == user);
        for row in self.0.store.sessions_of(user).await? {
            sessions.iter().filter(|s| s.id == row.id).for_each(|s| s.used_as(&self.0.vault, &row));
        }
        Ok(())
    }

    /// Accepts a session, if it is not known. One that does not open is nobody's, and keeps no other out.
    pub(crate) fn learn(&self, row: SessionRow) -> Result<()> {
        if self.0.cache.knows(&row.hash) {
            return Ok(());
        }
        let id = row.id;
        match Session::open(&self.0.vault, row) {
            Ok(session) => self.0.cache.put(Arc::new(session)),
            Err(fault) if fault.kind == FaultKind::Corrupt => {
                tracing::error!(session = %id, note = fault.internal.as_deref(), "a session does not open");
            }
            Err(fault) => return Err(fault),
        }
        Ok(())
    }
}
