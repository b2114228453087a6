//! That somebody always remains who can come in and manage users; and where passwords do not count, the emergency account.

use crate::Engine;
use access::{Role, Thing, Verb};
use identity::{AccountKind, Profile};
use kernel::{Fault, FaultKind, Id, Result, RoleId, Text, UserId};

impl Engine {
    pub(crate) fn manages_users(&self, role: RoleId) -> bool {
        let policy = self.policy();
        let role = policy.roles.get(&role);
        role.is_some_and(|role| role.things.get(&Thing::Users).is_some_and(|v| *v >= Verb::Manage))
    }

    /// Whether a user can sign in, without this account if one is given: by an own password or passkey, where those
    /// count, or through an account at a provider that the settings name.
    pub(crate) async fn comes_in(&self, user: &Profile, without: Option<Id<AccountKind>>) -> Result<bool> {
        let identity = &self.0.identity;
        if user.has_own_way_in() && identity.password_counts(&user.login) {
            return Ok(true);
        }
        let accounts = self.accounts(user.id).await?;
        Ok(accounts.iter().any(|a| Some(a.id) != without && identity.knows_issuer(&a.doc.issuer)))
    }

    /// Whether this user manages users, and nobody else does who can sign in and whose end is not set.
    pub(crate) async fn manages_users_last(&self, user: UserId) -> Result<bool> {
        let directory = self.directory();
        let able = directory.holders(Thing::Users, Verb::Manage, self.now());
        if !able.contains(&user) {
            return Ok(false);
        }
        let others = able.iter().filter(|id| **id != user).filter_map(|id| directory.users.get(id));
        for other in others.filter(|other| other.ends_at.is_none()) {
            if self.comes_in(other, None).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Refuses a role as it is to be, by which nobody would remain who manages users, or the emergency account could not
    /// help.
    pub(crate) fn keep_some_who_manage(&self, role: &Role) -> Result<()> {
        let (directory, policy) = (self.directory(), self.policy());
        // Counted as it will be: the last two administrators may hold the same role.
        let manages = |r: &Role| r.things.get(&Thing::Users).is_some_and(|v| *v >= Verb::Manage);
        let gives = |held: &RoleId| match policy.roles.get(held) {
            _ if *held == role.id => manages(role),
            other => other.is_some_and(manages),
        };
        let lasts = |u: &identity::Profile| u.active && u.ends_at.is_none() && !u.is_service();
        let left = directory.users.values().any(|u| lasts(u) && u.roles.iter().any(gives));
        if !left && !directory.holders(Thing::Users, Verb::Manage, self.now()).is_empty() {
            return Err(last_administrator());
        }
        let helper = self.0.identity.helper().and_then(|id| directory.users.get(&id));
        match helper {
            Some(user) => self.keep_emergency(user.id, user.roles.iter().any(gives)),
            None => Ok(()),
        }
    }

    /// Refuses what would leave the emergency account unable to help, where it is the one that signs in with a password:
    /// `able` says whether it still could.
    pub(crate) fn keep_emergency(&self, user: UserId, able: bool) -> Result<()> {
        if able || self.0.identity.helper() != Some(user) {
            return Ok(());
        }
        let text = Text::of(
            "To konto awaryjne: musi mieć hasło, rolę, która pozwala zarządzać użytkownikami, i żadnej daty odejścia. Najpierw operator musi wskazać inne konto ([sign_on] emergency) albo ustawić only = false w klucznik.toml i uruchomić serwer ponownie.",
            "This is the emergency account: it must have a password, a role that manages users, and no date of leaving. First the operator must name another account ([sign_on] emergency), or set only = false, in klucznik.toml and start the server again.",
        );
        Err(Fault::new(FaultKind::Conflict, text))
    }
}

pub(crate) fn last_administrator() -> Fault {
    Fault::new(
        FaultKind::Conflict,
        Text::of(
            "To ostatnia osoba, która zarządza użytkownikami. Najpierw nadaj tę rolę komuś innemu.",
            "This is the last person who manages users. Give the role to somebody else first.",
        ),
    )
}

pub(crate) fn last_way() -> Fault {
    let text = Text::of(
        "To jedyny sposób, w jaki może się zalogować ostatnia osoba, która zarządza użytkownikami. Najpierw niech ma hasło, klucz dostępu albo inne konto, albo nadaj tę rolę komuś, kto może się zalogować.",
        "This is the only way in for the last person who manages users. First that person needs a password, a passkey or another account, or give the role to somebody who can sign in.",
    );
    Fault::new(FaultKind::Conflict, text)
}
