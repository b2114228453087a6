//! What the server says by itself to pages that are open: that something changed, by ids, never how.

mod teller;

pub use teller::{Teller, Watched};

use crate::app::App;
use access::Actor;
use kernel::{Fault, FaultKind, Result, SessionId, Text, UserId};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// Open streams: of one session, of one user, and of all.
const PLACES: (usize, usize, usize) = (8, 40, 2_000);

/// Whose streams are open, and in which session.
type Key = (UserId, SessionId);

/// The streams that are open.
pub struct Streams {
    open: Mutex<HashMap<Key, usize>>,
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
    key: Key,
}

impl Streams {
    fn open(&self) -> MutexGuard<'_, HashMap<Key, usize>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Streams that are open.
    pub fn count(&self) -> usize {
        self.open().values().sum()
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
    /// Takes a place for a stream of this actor's session.
    ///
    /// # Errors
    /// Too many.
    pub fn take(app: &App, actor: &Actor) -> Result<Self> {
        let key = (actor.user, actor.session);
        let mut open = app.streams().open();
        let count = |of: &dyn Fn(&Key) -> bool| -> usize {
            open.iter().filter(|(key, _)| of(key)).map(|(_, streams)| streams).sum()
        };
        let own = count(&|of| *of == key);
        if own >= PLACES.0 || count(&|of| of.0 == key.0) >= PLACES.1 || count(&|_| true) >= PLACES.2 {
            let text = Text::of(
                "Za dużo otwartych kart. Zamknij którąś.",
                "Too many tabs are open. Close one of them.",
            );
            return Err(Fault::new(FaultKind::TooMany, text).retry_after_s(30));
        }
        open.insert(key, own + 1);
        drop(open);
        Ok(Self { app: app.clone(), key })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.app.streams().open();
        let left = open.get(&self.key).map_or(0, |n| n.saturating_sub(1));
        if left == 0 {
            open.remove(&self.key);
        } else {
            open.insert(self.key, left);
        }
    }
}
