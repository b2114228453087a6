//! What is told of a user at a glance.

use crate::directory::Profile;
use kernel::{RoleId, Time};

impl Profile {
    /// Whether the user may do anything at this time.
    #[must_use]
    pub fn may_act(&self, now: Time) -> bool {
        let before = |end: Option<Time>| end.is_none_or(|end| now < end);
        self.active && before(self.ends_at) && before(self.owner_ends_at)
    }

    /// Whether the user has something of the user's own that signs in by itself: a password or a passkey.
    #[must_use]
    pub const fn has_own_way_in(&self) -> bool {
        self.has_password || self.owing.has.passkey > 0
    }

    /// Whether the user has a second factor.
    #[must_use]
    pub const fn has_factor(&self) -> bool {
        self.owing.has.any()
    }

    /// Since when the user has held each role.
    pub fn roles_since(&self) -> impl Iterator<Item = (RoleId, Time)> {
        self.owing.roles.iter().map(|(role, since)| (*role, *since))
    }

    /// Whether it is a person of the house: neither a program nor somebody who is of a partner.
    #[must_use]
    pub const fn is_of_house(&self) -> bool {
        self.service.is_none() && self.partner.is_none()
    }

    /// Whether it is a service account, and no person.
    #[must_use]
    pub const fn is_service(&self) -> bool {
        self.service.is_some()
    }
}
