//! What servers that share a database tell each other. A file has one server, which knows all it did itself.

use crate::engine::{Engine, Store};
use crate::hint::{About, Hints, Newest};
use crate::postgres;
use kernel::Result;
use tokio::sync::watch;

impl Store {
    /// Whether other servers may write to the same database.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        matches!(&*self.engine, Engine::Postgres(_))
    }

    /// How far a shared database is, at a moment after this was called: everything that anybody was answered
    /// before then is in it. None if there is but this server.
    ///
    /// # Errors
    /// Unavailable if the database does not answer within two seconds.
    pub async fn newest(&self) -> Result<Option<Newest>> {
        match &*self.engine {
            Engine::Embedded(_) => Ok(None),
            Engine::Postgres(p) => p.latest.ask().await.map(Some),
        }
    }

    /// As [`Store::newest`], of rows as far as other servers may have changed them: what this one did, it knows.
    ///
    /// # Errors
    /// As [`Store::newest`].
    pub async fn newest_of_others(&self) -> Result<Option<Newest>> {
        match &*self.engine {
            Engine::Embedded(_) => Ok(None),
            Engine::Postgres(p) => p.latest.ask_of_others().await.map(Some),
        }
    }

    /// Hints above a sequence, oldest first. [`Store::notices`] is told of those that are about notifications.
    ///
    /// # Errors
    /// As any query.
    pub async fn hints_since(&self, after: u64, limit: u32) -> Result<Hints> {
        let hints = match &*self.engine {
            Engine::Embedded(_) => Hints { upto: after, missed: false, about: Vec::new() },
            Engine::Postgres(p) => {
                p.read(async |c| postgres::read::hints_since(&c, after, limit).await).await?
            }
        };
        self.tell(hints.about.iter().filter_map(|about| match about {
            About::Notices(user) => Some(*user),
            About::Doc(..) | About::Session(_) => None,
        }));
        Ok(hints)
    }

    /// How far a shared database is said to be, by whoever writes to it. What is said may be missed.
    #[must_use]
    pub fn announced(&self) -> Option<watch::Receiver<Newest>> {
        match &*self.engine {
            Engine::Embedded(_) => None,
            Engine::Postgres(p) => Some(p.listening.heard()),
        }
    }
}
