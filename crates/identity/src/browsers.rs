//! Browsers in which a user signed in before. Each carries a sealed token that names the user; attempts
//! with it are counted by themselves, so that whoever guesses elsewhere does not keep its user out.
//!
//! The token is no proof of who is there: it opens nothing, and saves from no password.

use crate::attempts::Known;
use crate::seal::{bare_doc, open_doc, put_doc};
use crate::session::{Session, unauthenticated};
use crate::users::{User, load_user, login_key};
use crate::{Client, Identity};
use access::Actor;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::{Fault, Result, SessionId, Time, UserId};
use serde::{Deserialize, Serialize};
use store::{Doc, DocKind, DocWrite};
use zeroize::Zeroizing;

/// What tokens are sealed for.
const PURPOSE: &str = "known browser";
/// How long a browser is known after the last sign-in, in milliseconds: 180 days.
pub const BROWSER_MS: i64 = 180 * 24 * 3_600_000;
/// Longer than any token, in characters: not worth opening.
const LONGEST: usize = 400;

/// What a token says.
#[derive(Serialize, Deserialize)]
struct Token {
    /// Of the user's name.
    name: u128,
    /// Tells the session in which it was given from others.
    nonce: u128,
    made: Time,
    stamp: Stamp,
    /// Whose it is; one of before that was kept says only the name, and opens no door without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user: Option<UserId>,
}

/// What a token was made under: it is good as long as that stays.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    /// Password set when.
    password: Option<Time>,
    /// How often all browsers were forgotten.
    forgotten: u32,
}

/// How often all known browsers of a user were forgotten, and what the user was told of others.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seen {
    /// How often.
    pub times: u32,
    /// Whether the user has ever signed in.
    #[serde(default)]
    pub signed_in: bool,
    /// When the user was told of sign-ins in browsers that were new, in a day.
    #[serde(default)]
    pub told: Vec<Time>,
    /// And of those that stopped half-way.
    #[serde(default)]
    pub half_way: Vec<Time>,
}

impl Identity {
    /// Whether a browser with this token is one in which the user of this name signed in before. Of what
    /// is no such token nothing is said but that it is not.
    ///
    /// # Errors
    /// Storage's.
    pub async fn recognise(&self, login: &str, token: Option<&str>) -> Result<Option<Known>> {
        let Some(token) = token.and_then(|text| self.open_token(text)) else { return Ok(None) };
        let inner = &self.0;
        if token.name != u128::from_be_bytes(inner.attempts.name_id(login)) {
            return Ok(None);
        }
        let found = inner.store.doc_by_key(DocKind::User, login_key(&inner.vault, login)).await?;
        self.known_by(&token, found).await
    }

    /// As [`Identity::recognise`], where nobody says yet who is to sign in: whether it is a browser in which anybody
    /// signed in before.
    ///
    /// # Errors
    /// Storage's.
    pub async fn recognise_anybody(&self, token: Option<&str>) -> Result<Option<Known>> {
        let Some(token) = token.and_then(|text| self.open_token(text)) else { return Ok(None) };
        let Some(user) = token.user else { return Ok(None) };
        let found = self.0.store.doc(DocKind::User, *user.bytes()).await?;
        self.known_by(&token, found).await
    }

    /// Who is known by a token, if the user whose it is said to be is still as it was made under.
    async fn known_by(&self, token: &Token, found: Option<Doc>) -> Result<Option<Known>> {
        let inner = &self.0;
        let user = found.map(|doc| load_user(&inner.vault, &doc)).transpose()?;
        let Some(user) = user.filter(|_| inner.clock.now() < token.made.plus_ms(BROWSER_MS)) else {
            return Ok(None);
        };
        let name = inner.attempts.name_id(&user.doc.login);
        let good = token.name == u128::from_be_bytes(name) && self.stamp(&user).await? == token.stamp;
        Ok(good.then(|| inner.attempts.known("attempts of a browser", &token.nonce.to_be_bytes(), name)))
    }

    /// The token of a browser that has a session. Of one session each has the same failures to its count:
    /// whoever stole it gains no more guesses by asking again.
    ///
    /// # Errors
    /// Unauthenticated if the session has ended meanwhile; storage's.
    pub async fn remember(&self, session: &Session) -> Result<Zeroizing<String>> {
        let inner = &self.0;
        let doc = inner.store.doc(DocKind::User, *session.user().bytes()).await?;
        let user = load_user(&inner.vault, &doc.ok_or_else(unauthenticated)?)?;
        let stamp = self.stamp(&user).await?;
        // Whatever ends a stamp ends sessions first; another server may have, and this one not know yet.
        let ended = inner.store.is_shared() && inner.store.session(session.id()).await?.is_none();
        if ended || !self.still(session) {
            return Err(unauthenticated());
        }
        self.token(&user, *session.id().bytes(), stamp)
    }

    /// The token of a browser in which a link was used just now: whoever locks the name from elsewhere does not keep
    /// the user from signing in with what was chosen. Each use of a link is told from others.
    ///
    /// # Errors
    /// Not found if there is no such user; storage's.
    pub async fn remember_by_link(&self, user: UserId) -> Result<Zeroizing<String>> {
        let inner = &self.0;
        let doc = inner.store.doc(DocKind::User, *user.bytes()).await?.ok_or_else(Fault::not_found)?;
        let user = load_user(&inner.vault, &doc)?;
        let stamp = self.stamp(&user).await?;
        let nonce: SessionId = inner.ids.next(&*inner.clock, &*inner.random);
        self.token(&user, *nonce.bytes(), stamp)
    }

    fn token(&self, user: &User, nonce: [u8; 16], stamp: Stamp) -> Result<Zeroizing<String>> {
        let inner = &self.0;
        let name = u128::from_be_bytes(inner.attempts.name_id(&user.doc.login));
        let token = Token {
            name,
            nonce: u128::from_be_bytes(nonce),
            made: inner.clock.now(),
            stamp,
            user: Some(user.doc.id),
        };
        let plain = serde_json::to_vec(&token).map_err(Fault::bug)?;
        Ok(Zeroizing::new(URL_SAFE_NO_PAD.encode(inner.vault.seal_token(PURPOSE, &plain))))
    }

    /// Where an attempt comes from that is made in a session of the user whom it is about: that, too, no
    /// stranger can hold up.
    pub(crate) fn in_session(&self, actor: &Actor, login: &str, client: &Client) -> Client {
        let attempts = &self.0.attempts;
        let known = attempts.known("attempts of a session", actor.session.bytes(), attempts.name_id(login));
        Client { known: Some(known), ..client.clone() }
    }

    /// What makes all tokens of a user's browsers good no more.
    pub(crate) async fn forget_browsers(&self, user: UserId) -> Result<DocWrite> {
        let (seen, version) = self.seen(user).await?;
        self.put_seen(user, &Seen { times: seen.times.wrapping_add(1), ..seen }, version)
    }

    /// Writes that in place of the version that was read.
    pub(crate) fn put_seen(&self, user: UserId, seen: &Seen, version: u64) -> Result<DocWrite> {
        let inner = &self.0;
        let doc = bare_doc(DocKind::Browsers, *user.bytes(), version + 1, inner.clock.now(), Some(user));
        put_doc(&inner.vault, doc, seen)
    }

    fn open_token(&self, text: &str) -> Option<Token> {
        if text.len() > LONGEST {
            return None;
        }
        let sealed = URL_SAFE_NO_PAD.decode(text).ok()?;
        let plain = self.0.vault.open_token(PURPOSE, &sealed).ok()?;
        serde_json::from_slice(&plain).ok()
    }

    async fn stamp(&self, user: &User) -> Result<Stamp> {
        let (seen, _) = self.seen(user.doc.id).await?;
        Ok(Stamp { password: user.doc.password_at, forgotten: seen.times })
    }

    pub(crate) async fn seen(&self, user: UserId) -> Result<(Seen, u64)> {
        match self.0.store.doc(DocKind::Browsers, *user.bytes()).await? {
            Some(doc) => Ok((open_doc(&self.0.vault, &doc)?, doc.version)),
            None => Ok((Seen::default(), 0)),
        }
    }
}
