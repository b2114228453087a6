//! What the server says by itself to pages that are open: that something changed, by ids, never how.

mod teller;

pub use teller::{Teller, Watched};

use crate::app::App;
use kernel::{Fault, FaultKind, Result, SessionId, Text};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// Open streams: of one session, and of all.
const PLACES: (usize, usize) = (8, 2_000);

/// The streams that are open.
pub struct Streams {
    open: Mutex<HashMap<SessionId, usize>>,
    closing: watch::Sender<bool>,
}

impl Default for Streams {
    fn default() -> Self {
        Self { open: Mutex::default(), closing: watch::Sender::new(false) }
    }
}

/// Held as long as a stream is open.
pub struct Place {
    app: App,
    session: SessionId,
}

impl Streams {
    fn open(&self) -> MutexGuard<'_, HashMap<SessionId, usize>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends all streams: a page that listens would hold up the end of the server.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    fn closing(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }
}

impl Place {
    /// Takes a place for a stream of this session.
    ///
    /// # Errors
    /// Too many.
    pub fn take(app: &App, session: SessionId) -> Result<Self> {
        let mut open = app.streams().open();
        let own = open.get(&session).copied().unwrap_or_default();
        if own >= PLACES.0 || open.values().sum::<usize>() >= PLACES.1 {
            let text = Text::of(
                "Za dużo otwartych kart. Zamknij którąś.",
                "Too many tabs are open. Close one of them.",
            );
            return Err(Fault::new(FaultKind::TooMany, text).retry_after_s(30));
        }
        open.insert(session, own + 1);
        drop(open);
        Ok(Self { app: app.clone(), session })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.app.streams().open();
        let left = open.get(&self.session).map_or(0, |n| n.saturating_sub(1));
        if left == 0 {
            open.remove(&self.session);
        } else {
            open.insert(self.session, left);
        }
    }
}
