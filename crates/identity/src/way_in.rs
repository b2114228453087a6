//! Whether somebody can come in at all, and by what.

use crate::sign_on::Account;
use crate::users::User;
use crate::{Directory, Identity, Profile, Ways};
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
    pub fn let_in(&self, user: &Profile, accounts: &[Account]) -> bool {
        let own = self
            .emergency
            .as_deref()
            .is_none_or(|login| crate::fold_login(login) == crate::fold_login(&user.login));
        let known = |a: &Account| a.doc.user == user.id && self.issuers.contains(&a.doc.issuer);
        (own && user.has_own_way_in()) || accounts.iter().any(known)
    }

    /// Whether somebody who manages users can sign in now; `accounts` are those of all.
    #[must_use]
    pub fn somebody_manages(&self, directory: &Directory, accounts: &[Account], now: Time) -> bool {
        let able = directory.holders(Thing::Users, Verb::Manage, now);
        able.iter().filter_map(|id| directory.users.get(id)).any(|user| self.let_in(user, accounts))
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
