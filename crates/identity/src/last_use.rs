//! When and from where a session or token was last used, and how its owner sees it.

use crate::Identity;
use crate::seal::{open_session, seal_session};
use crate::session::{Detail, Limits, Session};
use access::TokenScope;
use ipnet::IpNet;
use kernel::{Result, SessionId};
use serde::Serialize;
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
    /// Begun when (RFC 3339).
    pub created_at: String,
    /// Last used when (RFC 3339).
    pub seen_at: String,
    /// The address it was last used from, if it was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen_from: Option<IpAddr>,
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
    /// A session or token is used now, from this address.
    pub fn note_use(&self, session: &Session, address: IpAddr) {
        session.used_at(self.0.clock.now());
        session.used_from(address);
    }
}

impl Session {
    /// As its owner sees it; `current` is the session that asks.
    #[must_use]
    pub fn view(&self, current: SessionId, limits: &Limits) -> SessionView {
        SessionView {
            id: self.id,
            kind: match self.kind {
                SessionKind::Session => "session",
                SessionKind::Token => "token",
            },
            label: self.label.clone(),
            client: self.client.clone(),
            network: self.network.clone(),
            created_at: self.created_at.rfc3339(),
            seen_at: self.seen_at().rfc3339(),
            seen_from: self.seen_from(),
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
