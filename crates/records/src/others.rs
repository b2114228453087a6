//! What other servers on the same database do is known here before the next request is answered.
//!
//! One way for all occasions: at the start, when something is announced, and at the beginning of a request
//! it is compared how far the database is and how far this server is, and what lies between is made up for.

use crate::Engine;
use kernel::{Fault, FaultKind, GrantId, Result, SubjectId, Text};
use std::sync::atomic::Ordering;
use std::time::Duration;
use store::{About, DocKind, Hints, Newest};
use tokio::time::{sleep, timeout};

/// Hints taken at a time.
const PAGE: u32 = 1_000;
/// How long a request waits for this server to be where the database is.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often it is tried to clear what is left of somebody who was erased elsewhere: a reader may hold on to it.
const CLEARINGS: u32 = 60;
/// Before what was announced and could not be followed is tried again.
const PAUSE: Duration = Duration::from_secs(1);

/// Held while somebody changes users, teams, roles or fields.
pub(crate) struct Administering<'a> {
    _alone: tokio::sync::MutexGuard<'a, ()>,
    /// The hint up to which what is decided on was looked at, where there are other servers.
    pub at: Option<u64>,
}

impl Engine {
    /// Begins a change of users, teams, roles or fields. What is decided from here on is decided on all that
    /// others changed, and the commit is stale if they change more meanwhile.
    pub(crate) async fn administer(&self) -> Result<Administering<'_>> {
        let alone = self.0.admin.lock().await;
        self.hear_newest().await?;
        let at = self.0.store.is_shared().then(|| self.0.heard.load(Ordering::Acquire));
        Ok(Administering { _alone: alone, at })
    }

    /// Returns once everything that anybody was answered, by whatever server, is in force here: sessions,
    /// users, rights, fields and the rows of lists. To be called before a request is looked at. Where there
    /// is but one server it does next to nothing.
    ///
    /// # Errors
    /// Unavailable if that takes more than two seconds; storage.
    pub async fn refresh(&self) -> Result<()> {
        // Signing in makes old hashes of passwords anew: the user has another version then.
        if self.0.identity.take_renewed() {
            self.reload().await?;
        }
        // Its own writes are in the index before they are answered; those of a long import are not waited for.
        let Some(newest) = self.0.store.newest_of_others().await? else { return Ok(()) };
        timeout(PATIENCE, self.reach(newest)).await.unwrap_or_else(|_| Err(behind()))
    }

    /// Follows other servers as they announce what they did. Ends where there are none.
    pub async fn keep_up(self) {
        let Some(mut announced) = self.0.store.announced() else { return };
        while announced.changed().await.is_ok() {
            let newest = *announced.borrow_and_update();
            while let Err(fault) = self.reach(newest).await {
                tracing::warn!(%fault, "what other servers did is not known here yet");
                sleep(PAUSE).await;
            }
        }
    }

    async fn reach(&self, newest: Newest) -> Result<()> {
        if self.0.heard.load(Ordering::Acquire) < newest.hint {
            self.hear().await?;
        }
        let behind = || self.0.index.applied() < newest.change && !self.0.index.is_rebuilding();
        if behind() {
            // What this server wrote itself may be on its way: it is before this.
            self.0.index.apply(Vec::new()).await?;
        }
        // A rebuild brings everything along; until its end lists are refused.
        if behind() { self.follow_to(newest.change).await } else { Ok(()) }
    }

    /// As [`Engine::reach`], of hints alone: rows may have fields and owners that are new.
    pub(crate) async fn hear_newest(&self) -> Result<()> {
        match self.0.store.newest().await? {
            Some(newest) if self.0.heard.load(Ordering::Acquire) < newest.hint => self.hear().await,
            _ => Ok(()),
        }
    }

    async fn hear(&self) -> Result<()> {
        let _alone = self.0.hearing.lock().await;
        loop {
            let hints = self.0.store.hints_since(self.0.heard.load(Ordering::Acquire), PAGE).await?;
            self.heed(&hints).await?;
            // Only now: what could not be looked at is looked at again.
            self.0.heard.fetch_max(hints.upto, Ordering::AcqRel);
            if hints.about.len() < PAGE as usize {
                return Ok(());
            }
        }
    }

    async fn heed(&self, hints: &Hints) -> Result<()> {
        let (mut sessions, mut erased, mut grants, mut policy) =
            (Vec::new(), Vec::new(), Vec::new(), hints.missed);
        for about in &hints.about {
            match *about {
                About::Session(id) => sessions.push(id),
                About::Doc(DocKind::Grant, id) => grants.push(GrantId::from_bytes(id)),
                About::Doc(DocKind::Erasure, id) => erased.push(SubjectId::from_bytes(id)),
                About::Doc(kind, id) => policy = policy || self.is_news(kind, id).await?,
                About::Notices(_) => {}
            }
        }
        if hints.missed {
            self.0.identity.look_at_all().await?;
        } else if !sessions.is_empty() {
            self.0.identity.look_again(&sessions).await?;
        }
        if policy {
            self.reload().await?;
        }
        if hints.missed {
            self.look_at_all_grants().await?;
        } else if !grants.is_empty() {
            self.look_at_grants(&grants).await?;
        }
        if hints.missed || !erased.is_empty() {
            self.forget(hints.missed, erased);
        }
        Ok(())
    }

    /// Whether a document is not as the directory in force has it: most hints are of this server's own acts.
    async fn is_news(&self, kind: DocKind, id: [u8; 16]) -> Result<bool> {
        let now = self.0.store.doc(kind, id).await?.map(|doc| doc.version);
        Ok(now != self.directory().version_of(kind, id))
    }

    /// Lets go of keys that another server destroyed, or is about to.
    fn forget(&self, all: bool, erased: Vec<SubjectId>) {
        self.note_erasure();
        if all {
            self.0.vault.forget_all();
        }
        erased.iter().for_each(|subject| self.0.vault.forget(*subject));
        let engine = self.clone();
        // Not before the request: nobody can open what this clears away.
        tokio::spawn(async move {
            for subject in erased {
                for _ in 0..CLEARINGS {
                    let Err(fault) = engine.clear_erased(subject).await else { break };
                    tracing::warn!(%fault, "what was written about somebody erased meanwhile is still there");
                    sleep(PAUSE).await;
                }
            }
        });
    }
}

fn behind() -> Fault {
    let text = Text::of(
        "Serwer nadrabia zmiany zapisane na innych serwerach. Spróbuj ponownie za chwilę.",
        "The server is catching up with changes made on other servers. Try again shortly.",
    );
    Fault::new(FaultKind::Unavailable, text).retry_after_s(1)
}
