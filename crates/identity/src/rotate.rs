//! Another secret for a session whose user's rights changed, and the end of one whose old secret is shown again.

use crate::notice::{NoticeDoc, NoticeKind};
use crate::place::Place;
use crate::seal::{bare_doc, put_doc};
use crate::session::{Authenticated, Holds, NewSession, Renewal, Session};
use crate::{Client, Directory, Identity};
use access::{Thing, Verb};
use kernel::{Id, Result, SessionId, Text, Time, UserId};
use ledger::{Act, Outcome, Who};
use serde_json::json;
use std::sync::Arc;
use store::{Batch, DocKind, DocWrite, SessionKind, SessionWrite};

/// Code of what is told of a session whose old secret was shown.
const REPLAYED: &str = "session-replayed";

impl Identity {
    /// Gives a session another secret if its user's rights are not those that it was last used with, or if the
    /// answer that brought the present one was lost. `rights` is the mark of those of now ([`crate::Profile::rights`]).
    ///
    /// # Errors
    /// Storage's.
    pub async fn rotate(&self, known: &Authenticated, rights: u64) -> Result<Option<NewSession>> {
        let session = &known.session;
        let now = self.0.clock.now();
        let due = |s: &Session| s.had_other_rights(rights) || (known.is_former && s.was_lost(now));
        if session.kind() != SessionKind::Session || !due(session) {
            return Ok(None);
        }
        let _held = self.0.writes.lock().await;
        // Another request may have been faster: this one is under way, and its secret still good.
        let Some(session) = self.0.cache.get(session.id()).filter(|s| due(s)) else { return Ok(None) };
        let inner = &self.0;
        // Who shows the one before may not be who proved to be there.
        let proved_at = if known.is_former { Time(0) } else { session.proved_at() };
        let renewal = Renewal { proved_at, device: None, proofs: session.proofs.clone() };
        let (secret, row, next) = session.renewed(&inner.vault, &*inner.random, now, renewal)?;
        next.set_rights(rights);
        let (who, id) = (Who::User(session.user()), session.id());
        let event = inner.source().event(who, id, Act::SessionRenew, Outcome::Done, &json!({}))?;
        let mut batch = Batch::new(event);
        batch.sessions.push(SessionWrite::Renew(row, session.hash));
        inner.store.commit(batch).await?;
        Ok(self.renewed_to(next).await?.map(|session| NewSession { secret, session }))
    }

    /// Accepts a session under its next secret; none if another server gave it one at the same moment, which is
    /// accepted instead. The caller holds the lock of writes.
    pub(crate) async fn renewed_to(&self, next: Session) -> Result<Option<Arc<Session>>> {
        let next = Arc::new(next);
        if self.0.store.is_shared() {
            let row = self.0.store.session(next.id()).await?;
            if row.as_ref().is_none_or(|row| row.hash != next.hash) {
                row.map_or(Ok(()), |row| self.learn(row))?;
                return Ok(None);
            }
        }
        self.0.cache.put(next.clone());
        Ok(Some(next))
    }

    /// Ends the session that had this secret before, if it is good no more: its user has the next one, so whoever
    /// shows this one took it. The user and those who manage sessions are told.
    ///
    /// # Errors
    /// Storage's.
    pub async fn look_for_replay(
        &self,
        directory: &Directory,
        kind: SessionKind,
        secret: &str,
        client: &Client,
    ) -> Result<()> {
        let inner = &self.0;
        let replayed = || {
            let now = inner.clock.now();
            let found = inner.cache.of_secret(kind, secret, now).filter(|(_, holds)| *holds == Holds::Over);
            found.map(|(session, _)| session).filter(|s| self.lives(s))
        };
        if replayed().is_none() {
            return Ok(());
        }
        let _held = inner.writes.lock().await;
        let Some(session) = replayed() else { return Ok(()) };
        let (user, id) = (session.user(), session.id());
        let about = json!({
            "session": id,
            "user": user,
            "network": client.network.to_string(),
            "client": client.name(),
        });
        let source = inner.source();
        let event =
            source.event(Who::Nobody, SessionId::NIL, Act::SessionReplay, Outcome::Refused, &about)?;
        let mut batch = Batch::new(event);
        batch.docs = self.notices_of_replay(directory, user, client)?;
        let told = json!({ "code": REPLAYED, "count": batch.docs.len() });
        let told = source.event(Who::System, SessionId::NIL, Act::NoticeCreate, Outcome::Done, &told)?;
        batch.more_events.push(told);
        batch.sessions.push(SessionWrite::End(id));
        inner.cache.take_one(id);
        inner.store.commit(batch).await.map(drop)
    }

    fn notices_of_replay(
        &self,
        directory: &Directory,
        user: UserId,
        client: &Client,
    ) -> Result<Vec<DocWrite>> {
        let source = self.0.source();
        let now = source.clock.now();
        let (name, at, network) = (directory.user_name(user), source.zone.moment(now), client.network);
        let behind = Place::behind(self.0.places.of(network), "");
        let notice = NoticeDoc::new(
            REPLAYED,
            Text::new(
                format!("Zakończono sesję, której dawny klucz ktoś pokazał: {name}"),
                format!("A session was ended because somebody showed its old key: {name}"),
            ),
            Text::new(
                format!(
                    "Stało się to {}, z adresu {network}{}. Przeglądarka tej osoby ma już nowszy klucz, więc dawny mógł zostać skradziony. Trzeba zalogować się ponownie; jeśli to się powtarza, sprawdź to urządzenie i zmień hasło.",
                    at.pl, behind.pl
                ),
                format!(
                    "It happened on {}, from {network}{}. This person's browser has a newer key, so the old one may have been stolen. Sign in again; if it happens again, check that device and change the password.",
                    at.en, behind.en
                ),
            ),
            now,
        );
        let others =
            directory.holders(Thing::Sessions, Verb::Manage, now).into_iter().filter(|id| *id != user);
        let doc = |to: UserId| {
            let id: Id<NoticeKind> = source.ids.next(source.clock, source.random);
            put_doc(source.vault, bare_doc(DocKind::Notice, *id.bytes(), 1, now, Some(to)), &notice)
        };
        others.chain([user]).map(doc).collect()
    }
}
