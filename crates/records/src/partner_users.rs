//! Users of partner organisations: to whoever reads partners, and what each of them is told of the own one.

use crate::{Caller, Engine};
use access::{Grant, Member};
use kernel::{Fault, FaultKind, PartnerId, Result, Text, Time, UserId};
use serde::Serialize;

/// Users of one partner: suspending it ends them all in one batch.
const USERS: usize = 200;

/// A user of a partner, to whoever reads partners.
#[derive(Clone, Debug, Serialize)]
pub struct PartnerUser {
    /// Id.
    pub id: UserId,
    /// First name and surname.
    pub name: String,
    /// Whether the user is not suspended.
    pub active: bool,
    /// Whether the time of the user's account is over.
    pub ended: bool,
    /// Whether the user has something to sign in with that counts: a password or passkey, or an account at a provider.
    pub signs_in: bool,
    /// Names of the providers whose accounts let the user in.
    pub providers: Vec<String>,
    /// Whether the user has a second factor here: without one nothing is served, but for a provider that asks for it.
    pub has_factor: bool,
}

/// What somebody who is of a partner is told of that.
#[derive(Clone, Debug, Serialize)]
pub struct OwnPartner {
    /// Id.
    pub id: PartnerId,
    /// Name.
    pub name: String,
    /// The last moment at which something is shared, as it is now (RFC 3339); nothing if nothing is.
    pub access_until: Option<String>,
    /// When the first of what is shared now ends (RFC 3339); nothing if nothing is.
    pub ends_next: Option<String>,
    /// Whether deals can be registered now.
    pub registers: bool,
    /// Whether some were registered.
    pub registered: bool,
}

impl Engine {
    /// Users of a partner, in order of their ids.
    pub(crate) fn users_of(&self, id: PartnerId) -> Vec<UserId> {
        let policy = self.policy();
        let of = |member: &&Member| member.partner == Some(id);
        let mut users: Vec<UserId> = policy.members.values().filter(of).map(|m| m.user).collect();
        users.sort_unstable();
        users
    }

    /// Refuses one user too many of a partner.
    pub(crate) fn has_room_for_user(&self, partner: Option<PartnerId>) -> Result<()> {
        if partner.is_none_or(|id| self.users_of(id).len() < USERS) {
            return Ok(());
        }
        let text = Text::of("Partner ma najwyżej 200 użytkowników.", "A partner has at most 200 users.");
        Err(Fault::new(FaultKind::Conflict, text))
    }

    /// Users of a partner, to whoever reads partners.
    pub(crate) async fn partner_users(&self, id: PartnerId) -> Result<Vec<PartnerUser>> {
        let (now, directory) = (self.now(), self.directory());
        let mut users = Vec::new();
        for user in self.users_of(id) {
            let Some(profile) = directory.users.get(&user) else { continue };
            let passkeys = self.0.identity.passkeys(user).await?;
            let (own, mut providers) = self.ways_of(profile, &passkeys, &[]);
            // Whoever has all that is asked of such a user needs no provider.
            if !(own && profile.has_factor()) {
                providers = self.ways_of(profile, &passkeys, &self.accounts(user).await?).1;
            }
            users.push(PartnerUser {
                id: user,
                name: profile.name.clone(),
                active: profile.may_act(now),
                ended: profile.ends_at.is_some_and(|end| end <= now),
                signs_in: own || !providers.is_empty(),
                providers,
                has_factor: profile.has_factor(),
            });
        }
        Ok(users)
    }

    /// What a caller who is of a partner is told of that.
    pub(crate) async fn own_partner(&self, caller: &Caller) -> Result<Option<OwnPartner>> {
        let member = caller.policy.members.get(&caller.actor.user);
        let of = member.and_then(|member| Some((member, caller.policy.partners.get(&member.partner?)?)));
        let Some((member, partner)) = of else { return Ok(None) };
        let id = partner.id;
        let now = caller.actor.at;
        let (policy, gives) = (&caller.policy, |grant: &&Grant| caller.policy.still_gives(grant));
        let given: Vec<&Grant> =
            policy.grants.of(member).filter(|grant| grant.holds_at(now)).filter(gives).collect();
        // An agreement that ends earlier ends the grant with it.
        let ends = || given.iter().filter_map(|grant| policy.ends(grant)).filter(|end| now < *end);
        let told = |end: Option<Time>| end.filter(|_| partner.agreed_at(now)).map(Time::rfc3339);
        let registered = self.has_registered(id).await?;
        Ok(Some(OwnPartner {
            id,
            registered,
            name: self.partner_name(id).name,
            access_until: told(ends().max()),
            registers: self
                .directory()
                .partners
                .get(&id)
                .is_some_and(|doc| self.registration_closed(&caller.policy, doc).is_none()),
            ends_next: told(ends().min()),
        }))
    }
}
