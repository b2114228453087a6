//! What a user is told of that may be somebody else: a sign-in from a browser not seen before, and one that stopped
//! at the second factor although the first step was right. Both are bounded, each by itself: whoever uses one up
//! hides nothing of the other.

use crate::attempts::Open;
use crate::browsers::Seen;
use crate::device::Device;
use crate::factor::told::tell;
use crate::login::{TRIES, busy, refused};
use crate::place::Place;
use crate::session::NewSession;
use crate::sign_on::Origin;
use crate::users::User;
use crate::{Client, Directory, Identity};
use kernel::{FaultKind, Result, Text, Time, UserId};
use ledger::Event;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use store::{Batch, DocWrite, SessionKind};

/// Sign-ins that a user is told of in a day, and as many that stopped half-way.
pub(crate) const TOLD_A_DAY: usize = 10;
/// For how long one that stopped half-way stands for those that follow, in milliseconds.
pub(crate) const HALF_WAY_MS: i64 = 15 * 60_000;
/// Milliseconds of a day.
const DAY_MS: i64 = 24 * 3_600_000;

/// Where something was begun that may be left unfinished.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stranger {
    network: IpAddr,
    agent: String,
}

impl Stranger {
    pub fn of(client: &Client) -> Self {
        Self { network: client.network, agent: client.name() }
    }

    pub fn client(&self) -> Client {
        Client { network: self.network, agent: self.agent.clone(), known: None, session: None, site: None }
    }
}

/// Times of the last day, with one more; nothing if there were as many as are told of, or the last was less than `apart`
/// milliseconds ago.
pub(crate) fn one_more(told: &[Time], now: Time, apart: i64) -> Option<Vec<Time>> {
    let mut day: Vec<Time> = told.iter().copied().filter(|at| now < at.plus_ms(DAY_MS)).collect();
    let room = day.len() < TOLD_A_DAY && day.last().is_none_or(|last| last.plus_ms(apart) <= now);
    room.then(|| {
        day.push(now);
        day
    })
}

impl Identity {
    /// When and where from, as a part of a sentence: `23 Nov 2026, 09:00 CET, from 192.0.2.1 (country: PL; Firefox, Linux)`.
    pub(crate) fn whence(&self, client: &Client, at: Time) -> Text {
        let at = self.0.zone.moment(at);
        let (network, device) = (client.network, Device::of(&client.agent).listed_name());
        let behind = Place::behind(self.0.places.of(network), &device);
        Text::new(
            format!("{}, z adresu {network}{}", at.pl, behind.pl),
            format!("{}, from {network}{}", at.en, behind.en),
        )
    }

    /// Whether a client is in no browser that is known to be this user's.
    pub(crate) fn is_strange(&self, user: &User, client: &Client) -> bool {
        let name = self.0.attempts.name_id(&user.doc.login);
        client.known.as_ref().is_none_or(|known| known.name != name)
    }

    /// Begins a session of a user without a factor to show; again if another server noted a sign-in of the same user at
    /// that moment. The caller holds the lock of writes.
    pub(crate) async fn start_or_again(
        &self,
        user: &User,
        from: (&Directory, &Client),
        origin: Option<Origin>,
        open: Option<&Open<'_>>,
    ) -> Result<NewSession> {
        for _ in 0..TRIES {
            if !self.unchanged(user).await? {
                return Err(refused());
            }
            let docs = match open {
                Some(open) => self.0.attempts.succeeded(open).await?.into_iter().collect(),
                None => Vec::new(),
            };
            match self.start(user, from, (None, origin.clone()), docs, Vec::new()).await {
                Err(fault) if matches!(fault.kind, FaultKind::Stale | FaultKind::Conflict) => {}
                done => return done,
            }
        }
        Err(busy())
    }

    /// What a sign-in adds to its batch: that the user has signed in, and if the browser is a new one, that the user
    /// is told so. Of the very first sign-in nobody is told.
    pub(crate) async fn tell_of_sign_in(
        &self,
        user: &User,
        client: &Client,
        docs: &mut Vec<DocWrite>,
        events: &mut Vec<Event>,
    ) -> Result<()> {
        let (id, now) = (user.doc.id, self.0.clock.now());
        let (seen, version) = self.seen(id).await?;
        // A user of before this was kept, too.
        let before = seen.signed_in
            || user.doc.created_at.plus_ms(DAY_MS) <= now
            || !self.0.cache.find(|s| s.user == id && s.kind() == SessionKind::Session).is_empty();
        let told = if before && self.is_strange(user, client) { one_more(&seen.told, now, 0) } else { None };
        if told.is_none() && seen.signed_in {
            return Ok(());
        }
        if told.is_some() {
            let whence = self.whence(client, now);
            let title = Text::of("Nowe logowanie na Twoje konto", "A new sign-in to your account");
            let body = Text::new(
                format!(
                    "W przeglądarce, w której nie logowano się tu wcześniej: {}. Jeśli to Ty, nie musisz nic robić. Jeśli nie, zakończ pozostałe sesje, zmień hasło, sprawdź składniki logowania i powiadom administratora.",
                    whence.pl
                ),
                format!(
                    "In a browser that nobody signed in with here before: {}. If it was you, there is nothing to do. If not, end your other sessions, change the password, check your sign-in factors and tell an administrator.",
                    whence.en
                ),
            );
            let (notices, event) = tell(&self.0.source(), &[id], "sign-in-new-browser", title, body)?;
            docs.extend(notices);
            events.push(event);
        }
        let seen = Seen { signed_in: true, told: told.unwrap_or_else(|| seen.told.clone()), ..seen };
        docs.push(self.put_seen(id, &seen, version)?);
        Ok(())
    }

    /// What is added to a batch where the first step was right and the second was not, at that time and in a browser that
    /// is not known.
    pub(crate) async fn add_half_way(
        &self,
        user: UserId,
        client: &Client,
        at: Time,
        batch: &mut Batch,
    ) -> Result<()> {
        let (seen, version) = self.seen(user).await?;
        let Some(half_way) = one_more(&seen.half_way, at, HALF_WAY_MS) else {
            return Ok(());
        };
        let whence = self.whence(client, at);
        let title = Text::of(
            "Logowanie na Twoje konto zatrzymało się na drugim składniku",
            "A sign-in to your account stopped at the second factor",
        );
        let body = Text::new(
            format!(
                "Pierwszy krok, hasło albo konto u dostawcy, był prawidłowy, a drugiego nie podano albo był błędny: {}. Jeśli to nie Ty, ktoś zna Twoje hasło albo ma Twoje konto u dostawcy: od razu zmień hasło i powiadom administratora.",
                whence.pl
            ),
            format!(
                "The first step, the password or the account at a provider, was right, and the second was not given or was wrong: {}. If it was not you, somebody knows your password or has your account at the provider: change the password at once, and tell an administrator.",
                whence.en
            ),
        );
        let told = tell(&self.0.source(), &[user], "sign-in-half-way", title, body)?;
        self.tell_by_letter(batch, user, told)?;
        batch.docs.push(self.put_seen(user, &Seen { half_way, ..seen }, version)?);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_are_told_in_a_day_and_then_again() {
        let now = Time(1_000_000_000_000);
        let mut told = Vec::new();
        let mut count = 0;
        for second in 0..100 {
            if let Some(more) = one_more(&told, now.plus_s(second), 0) {
                (told, count) = (more, count + 1);
            }
        }
        assert_eq!((count, told.len()), (TOLD_A_DAY, TOLD_A_DAY));
        assert!(one_more(&told, now.plus_ms(DAY_MS - 1), 0).is_none());
        let next = one_more(&told, now.plus_ms(DAY_MS), 0).expect("a day later");
        assert_eq!(next.len(), TOLD_A_DAY, "what is older is not kept");
        assert!(
            one_more(&[now], now.plus_ms(HALF_WAY_MS - 1), HALF_WAY_MS).is_none(),
            "one stands for the next"
        );
        assert!(one_more(&[now], now.plus_ms(HALF_WAY_MS), HALF_WAY_MS).is_some());
    }
}
