//! Whether somebody can come in at all, and by what.

use crate::sign_on::Account;
use crate::users::User;
use crate::{Directory, Identity, Passkeys, Profile, Ways};
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
        let known = |a: &Account| a.doc.user == user.id && self.issuers.contains(&a.doc.issuer);
        self.by_own(user, passkeys) || accounts.iter().any(known)
    }

    /// Whether a user has a password or a passkey of the user's own that counts.
    #[must_use]
    pub fn by_own(&self, user: &Profile, passkeys: &Passkeys) -> bool {
        let login = || crate::fold_login(&user.login);
        let own = self.emergency.as_deref().is_none_or(|emergency| crate::fold_login(emergency) == login());
        own && (user.has_password || passkeys.names(user.id).iter().any(|name| self.serves(name)))
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
