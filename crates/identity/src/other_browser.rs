//! A session that is used in another browser than it is bound to: its user is told.

use crate::device::{Bound, Device, Whence};
use crate::notice::{NoticeDoc, NoticeKind};
use crate::place::Place;
use crate::seal::{bare_doc, put_doc};
use crate::session::Session;
use crate::{Client, Identity};
use kernel::{Id, Result, SessionId, Text};
use ledger::{Act, Outcome, Who};
use serde_json::json;
use std::sync::PoisonError;
use store::{Batch, DocKind, SessionKind};

/// Code of what is told of it.
const OTHER_BROWSER: &str = "session-other-browser";

impl Session {
    /// The browser that it is bound to.
    pub(crate) fn device(&self) -> Option<Device> {
        self.bound.lock().unwrap_or_else(PoisonError::into_inner).device.clone()
    }

    /// Where a request with this user agent comes from. A token is bound to no browser.
    #[must_use]
    pub fn whence(&self, agent: &str) -> Whence {
        if self.kind == SessionKind::Token {
            return Whence::Same;
        }
        let mut bound = self.bound.lock().unwrap_or_else(PoisonError::into_inner);
        Bound::whence(&mut bound, agent)
    }

    /// Whether a request with this user agent comes from another browser than the session's.
    #[must_use]
    pub fn is_elsewhere(&self, agent: &str) -> bool {
        let bound = self.bound.lock().unwrap_or_else(PoisonError::into_inner);
        self.kind != SessionKind::Token && bound.is_elsewhere(agent)
    }
}

impl Identity {
    /// Writes down that a session is used in another browser, and tells its user.
    ///
    /// # Errors
    /// Storage's.
    pub async fn tell_of_other_browser(
        &self,
        session: &Session,
        device: &Device,
        client: &Client,
    ) -> Result<()> {
        let source = self.0.source();
        let (now, user) = (source.clock.now(), session.user());
        let about = json!({
            "session": session.id(),
            "user": user,
            "network": client.network.to_string(),
            "client": client.name(),
        });
        let event =
            source.event(Who::Nobody, SessionId::NIL, Act::SessionElsewhere, Outcome::Refused, &about)?;
        let mut batch = Batch::new(event);
        let (at, network) = (source.zone.moment(now), client.network);
        let behind = Place::behind(self.0.places.of(network), &device.name());
        let notice = NoticeDoc::new(
            OTHER_BROWSER,
            Text::of(
                "Twojej sesji użyto w innej przeglądarce",
                "A session of yours was used in another browser",
            ),
            Text::new(
                format!(
                    "Stało się to {}, z adresu {network}{}. Dopóki nie potwierdzisz tam, że to Ty, niczego tam nie widać. Jeśli to nie Ty, zakończ pozostałe sesje, zmień hasło i sprawdź urządzenie, na którym pracujesz.",
                    at.pl, behind.pl
                ),
                format!(
                    "It happened on {}, from {network}{}. Nothing is shown there until you confirm there that it is you. If it is not, end your other sessions, change the password and check the device that you work on.",
                    at.en, behind.en
                ),
            ),
            now,
        );
        let id: Id<NoticeKind> = source.ids.next(source.clock, source.random);
        batch.docs.push(put_doc(
            source.vault,
            bare_doc(DocKind::Notice, *id.bytes(), 1, now, Some(user)),
            &notice,
        )?);
        self.0.store.commit(batch).await.map(drop).inspect_err(|_| {
            session.bound.lock().unwrap_or_else(PoisonError::into_inner).untold(device);
        })
    }
}
