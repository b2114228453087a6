//! Whether somebody can come in at all, and by what.

use crate::sign_on::Account;
use crate::users::User;
use crate::{Directory, Identity, Passkeys, Profile, Strength, Ways};
use access::{Thing, Verb};
use kernel::{Result, Time, UserId};
use store::DocKind;

/// Accounts at providers of one user at most.
pub const ACCOUNTS: u32 = 10;

/// What a user comes in by who has no passkey.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// A password that counts.
    Password,
    /// An account at a provider that the settings name.
    Provider,
}

impl Ways {
    /// Whether a user can sign in: by an own password or passkey, where those count, or through one of these accounts.
    #[must_use]
    pub fn let_in(&self, user: &Profile, passkeys: &Passkeys, accounts: &[Account]) -> bool {
        let shown = self.can_show(user, passkeys);
        // Nobody knows beforehand what a provider will say: where any of that counts as a factor, it may be enough.
        let says = |factor: &Strength| !factor.acr.is_empty() || !factor.amr.is_empty();
        let counts = |issuer: &str| self.factors.get(issuer).is_some_and(says);
        let known = |a: &Account| a.doc.user == user.id && self.issuers.contains(&a.doc.issuer);
        let any = accounts.iter().any(|a| known(a) && (shown || counts(&a.doc.issuer)));
        any || self.by_own(user, passkeys)
    }

    /// Whether a user has a password or a passkey of the user's own that counts, and what is asked for beside the password.
    #[must_use]
    pub fn by_own(&self, user: &Profile, passkeys: &Passkeys) -> bool {
        let login = || crate::fold_login(&user.login);
        let own = self.emergency.as_deref().is_none_or(|emergency| crate::fold_login(emergency) == login());
        own && (self.has_served(user, passkeys) || user.has_password && self.can_show(user, passkeys))
    }

    /// Whether a second step stops nobody: whoever has a factor is asked for one, also where all are passkeys of names
    /// that are served no more. Recovery codes do not count, they run out.
    fn can_show(&self, user: &Profile, passkeys: &Passkeys) -> bool {
        !user.has_factor() || user.owing.has.totp > 0 || self.has_served(user, passkeys)
    }

    fn has_served(&self, user: &Profile, passkeys: &Passkeys) -> bool {
        passkeys.names(user.id).iter().any(|name| self.serves(name))
    }

    /// Whether the server is asked under this name.
    #[must_use]
    pub fn serves(&self, name: &str) -> bool {
        self.names.iter().any(|served| served == name)
    }

    /// Whether somebody who manages users can sign in now; `passkeys` and `accounts` are those of all.
    #[must_use]
    pub fn somebody_manages(
        &self,
        directory: &Directory,
        (passkeys, accounts): (&Passkeys, &[Account]),
        now: Time,
    ) -> bool {
        let able = directory.holders(Thing::Users, Verb::Manage, now);
        let mut able = able.iter().filter_map(|id| directory.users.get(id));
        able.any(|user| self.let_in(user, passkeys, accounts))
    }
}

impl Identity {
    /// A user's accounts at providers.
    ///
    /// # Errors
    /// Storage's.
    pub async fn accounts(&self, user: UserId) -> Result<Vec<Account>> {
        let docs = self.0.store.docs_of_user(DocKind::Account, user, ACCOUNTS).await?;
        docs.iter().map(|doc| Account::open(&self.0.vault, doc)).collect()
    }

    /// What users sign in by.
    #[must_use]
    pub fn ways(&self) -> &Ways {
        &self.0.ways
    }

    /// What a user comes in by without passkeys, if by anything.
    pub(crate) async fn way_without_passkeys(&self, user: &User) -> Result<Option<Way>> {
        if user.doc.password.is_some() && self.password_counts(&user.doc.login) {
            return Ok(Some(Way::Password));
        }
        let accounts = self.accounts(user.doc.id).await?;
        let known = accounts.iter().any(|a| self.knows_issuer(&a.doc.issuer));
        Ok(known.then_some(Way::Provider))
    }
}
