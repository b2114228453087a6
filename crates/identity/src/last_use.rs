//! When and from where a session or token was last used, and how its owner sees it.

use crate::Identity;
use crate::place::{Place, Places};
use crate::rights_use::number_of;
use crate::seal::{open_session, seal_session};
use crate::service::by_session;
use crate::session::{Detail, Limits, Session};
use access::{Actor, AdminPermit, Thing, TokenScope, Verb};
use ipnet::IpNet;
use kernel::{Result, SessionId, UserId};
use ledger::{Act, Event, Outcome, Who};
use serde::Serialize;
use serde_json::json;
use std::net::IpAddr;
use std::sync::{Arc, PoisonError};
use store::{SessionKind, SessionRow, SessionWrite};
use vault::Vault;

/// A session as its owner sees it in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SessionView {
    /// Id, for revoking.
    pub id: SessionId,
    /// `session` or `token`.
    pub kind: &'static str,
    /// What the owner called a token.
    pub label: String,
    /// The program it was begun with, as it called itself.
    pub client: String,
    /// The address it was begun from.
    pub network: String,
    /// Where that address is, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Begun when (RFC 3339).
    pub created_at: String,
    /// Last used when (RFC 3339).
    pub seen_at: String,
    /// The address it was last used from, if it was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen_from: Option<IpAddr>,
    /// Where that address is, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen_place: Option<Place>,
    /// Ends when, at the latest (RFC 3339).
    pub ends_at: String,
    /// What a token is limited to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<Arc<TokenScope>>,
    /// Where a token is good; anywhere if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub networks: Vec<IpNet>,
    /// The one that the list was asked for with.
    pub current: bool,
}

impl Identity {
    /// A session as its owner sees it; `current` is the one that asks.
    #[must_use]
    pub fn view(&self, session: &Session, current: SessionId) -> SessionView {
        session.view(current, &self.limits_of(session.user()), &self.0.places)
    }

    /// Own sessions and tokens that have not ended, oldest first.
    ///
    /// # Errors
    /// Forbidden for a token; storage's.
    pub async fn own_sessions(&self, actor: &Actor) -> Result<Vec<SessionView>> {
        by_session(actor)?;
        self.list(actor, actor.user, 0).await
    }

    /// Sessions and tokens of a user that have not ended, oldest first.
    ///
    /// # Errors
    /// Storage's.
    pub async fn sessions_of(&self, permit: &AdminPermit, user: UserId) -> Result<Vec<SessionView>> {
        self.allowed(permit, Verb::Read)?;
        self.list(permit.actor(), user, number_of(Thing::Sessions)).await
    }

    async fn list(&self, actor: &Actor, user: UserId, over: u16) -> Result<Vec<SessionView>> {
        self.look_for_uses(user).await?;
        let found = self.0.cache.find(|s| s.user == user && self.lives(s));
        let detail = json!({ "user": user, "count": found.len() });
        let event = self.0.source().event(
            Who::User(actor.user),
            actor.session,
            Act::SessionList,
            Outcome::Done,
            &detail,
        )?;
        let _receipt = self.0.store.record_event(Event { entity: over, ..event }).await?;
        Ok(found.iter().map(|s| self.view(s, actor.session)).collect())
    }

    /// Tokens of a service account; that the caller may look at them, and by what right, is for who calls this to know.
    ///
    /// # Errors
    /// Forbidden for a token; storage's.
    pub async fn service_tokens(
        &self,
        actor: &Actor,
        account: UserId,
        by: Option<Thing>,
    ) -> Result<Vec<SessionView>> {
        by_session(actor)?;
        self.list(actor, account, by.map_or(0, number_of)).await
    }

    /// A session or token is used now, from this address.
    pub fn note_use(&self, session: &Session, address: IpAddr) {
        session.used_at(self.0.clock.now());
        session.used_from(address);
    }
}

impl Session {
    fn view(&self, current: SessionId, limits: &Limits, places: &Places) -> SessionView {
        let place = |address: Option<IpAddr>| address.and_then(|address| places.of(address));
        SessionView {
            id: self.id,
            kind: match self.kind {
                SessionKind::Session => "session",
                SessionKind::Token => "token",
            },
            label: self.label.clone(),
            client: self.client.clone(),
            network: self.network.clone(),
            place: place(self.network.parse().ok()),
            created_at: self.created_at.rfc3339(),
            seen_at: self.seen_at().rfc3339(),
            seen_from: self.seen_from(),
            seen_place: place(self.seen_from()),
            ends_at: self.ends_within(limits).rfc3339(),
            scope: self.scope.clone(),
            networks: self.networks.clone(),
            current: self.id == current,
        }
    }

    /// The address it was last used from, if it was used.
    #[must_use]
    pub fn seen_from(&self) -> Option<IpAddr> {
        *self.seen_from.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn used_from(&self, address: IpAddr) {
        *self.seen_from.lock().unwrap_or_else(PoisonError::into_inner) = Some(address);
    }

    /// It was used then, as a row says that another server wrote. What does not open tells no address.
    pub(crate) fn used_as(&self, vault: &Vault, row: &SessionRow) {
        if row.seen_at <= self.seen_at() {
            return;
        }
        self.used_at(row.seen_at);
        let detail: Result<Detail> = open_session(vault, *row.id.bytes(), &row.sealed);
        if let Some(address) = detail.ok().and_then(|detail| detail.seen_from) {
            self.used_from(address);
        }
    }

    /// Its last use, to be written: with the address, under the hash of the secret that it is written for.
    pub(crate) fn last_use(&self, vault: &Vault) -> SessionWrite {
        let detail = self.detail(self.proved_at(), self.formers.clone());
        let sealed = seal_session(vault, *self.id.bytes(), &detail);
        SessionWrite::Seen(self.id, self.seen_at(), sealed.ok().map(|sealed| (self.hash, sealed)))
    }
}
