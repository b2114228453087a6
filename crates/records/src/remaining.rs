//! That somebody always remains who can come in and manage users; and where passwords do not count, the emergency account.

use crate::{Caller, Engine};
use access::{Role, Thing, Verb};
use identity::{Account, AccountKind, Passkeys, Profile};
use kernel::{Fault, FaultKind, Id, Result, RoleId, Text, UserId};
use std::collections::BTreeMap;
use store::DocKind;

/// The roles that users are to have, or none where a user goes.
pub(crate) type RolesLeft = BTreeMap<UserId, Vec<RoleId>>;

impl Engine {
    pub(crate) fn manages_users(&self, role: RoleId) -> bool {
        self.manages(role, Thing::Users)
    }

    pub(crate) fn manages(&self, role: RoleId, thing: Thing) -> bool {
        self.policy().roles.get(&role).is_some_and(|role| manages(role, thing))
    }

    /// Refuses what would leave nobody who can come in and manages users, or roles: these are to be the user's roles, or
    /// none where the user goes.
    pub(crate) async fn keep_a_manager(&self, user: UserId, left: &[RoleId]) -> Result<()> {
        self.keep_managers(&RolesLeft::from([(user, left.to_vec())])).await
    }

    /// As [`Engine::keep_a_manager`], of several users at once: the last two may lose their roles together.
    pub(crate) async fn keep_managers(&self, left: &RolesLeft) -> Result<()> {
        for thing in [Thing::Users, Thing::Roles] {
            if self.ends_with(left, thing).await? {
                return Err(match thing {
                    Thing::Users => last_administrator(),
                    _ => last_of_roles(),
                });
            }
        }
        Ok(())
    }

    /// Whether a user can sign in, without this account if one is given: by an own password or passkey, where those
    /// count, or through an account at a provider that the settings name.
    pub(crate) async fn comes_in(&self, user: &Profile, without: Option<Id<AccountKind>>) -> Result<bool> {
        let mut accounts = self.accounts(user.id).await?;
        accounts.retain(|account| Some(account.id) != without);
        let passkeys = self.0.identity.passkeys(user.id).await?;
        Ok(self.0.identity.ways().let_in(user, &passkeys, &accounts))
    }

    /// Whether somebody who manages users can sign in now.
    ///
    /// # Errors
    /// Storage's.
    pub async fn somebody_manages(&self) -> Result<bool> {
        let docs = self.0.store.docs(DocKind::Account).await?;
        let accounts =
            docs.iter().map(|doc| Account::open(&self.0.vault, doc)).collect::<Result<Vec<_>>>()?;
        let passkeys = self.all_passkeys().await?;
        let all = (&passkeys, &*accounts);
        Ok(self.0.identity.ways().somebody_manages(&self.directory(), all, self.now()))
    }

    /// The names that all users' passkeys are bound to.
    pub(crate) async fn all_passkeys(&self) -> Result<Passkeys> {
        Passkeys::of(&self.0.store.docs(DocKind::Factor).await?, &self.0.vault)
    }

    async fn any_comes_in(&self, users: impl Iterator<Item = &Profile> + Send) -> Result<bool> {
        for user in users {
            if self.comes_in(user, None).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether this user manages users, and nobody else does who can sign in and whose end is not set.
    pub(crate) async fn manages_users_last(&self, user: UserId) -> Result<bool> {
        self.manages_last(user, Thing::Users).await
    }

    pub(crate) async fn manages_last(&self, user: UserId, thing: Thing) -> Result<bool> {
        self.ends_with(&RolesLeft::from([(user, Vec::new())]), thing).await
    }

    /// Whether these roles leave nobody who manages a thing and can sign in, though one of these users does now.
    async fn ends_with(&self, left: &RolesLeft, thing: Thing) -> Result<bool> {
        let directory = self.directory();
        let able = directory.holders(thing, Verb::Manage, self.now());
        let loses = |user: &&UserId| {
            left.get(user).is_some_and(|left| !left.iter().any(|role| self.manages(*role, thing)))
        };
        if !able.iter().any(|user| loses(&user)) {
            return Ok(false);
        }
        let others = able.iter().filter(|user| !loses(user)).filter_map(|id| directory.users.get(id));
        Ok(!self.any_comes_in(others.filter(|other| other.ends_at.is_none())).await?)
    }

    /// Refuses roles as they are to be, by which nobody who can sign in would remain who manages users, or roles, or the
    /// emergency account could not help.
    pub(crate) async fn keep_some_who_manage(&self, roles: &[&Role]) -> Result<()> {
        for thing in [Thing::Users, Thing::Roles] {
            if self.ends_by(roles, thing).await? {
                return Err(last_by_role(thing));
            }
        }
        let directory = self.directory();
        let helper = self.0.identity.helper().and_then(|id| directory.users.get(&id));
        match helper {
            Some(user) => self.keep_emergency(user.id, self.will_manage(user, roles, Thing::Users)),
            None => Ok(()),
        }
    }

    /// Whether roles as they are to be leave nobody who manages a thing and can sign in, where somebody does now.
    async fn ends_by(&self, roles: &[&Role], thing: Thing) -> Result<bool> {
        if !roles.iter().any(|role| self.manages(role.id, thing) && !manages(role, thing)) {
            return Ok(false);
        }
        let directory = self.directory();
        let able = directory.holders(thing, Verb::Manage, self.now());
        let able = able.iter().filter_map(|id| directory.users.get(id));
        let lasts = |u: &&Profile| u.active && u.ends_at.is_none() && u.is_of_house();
        let left = directory.users.values().filter(|u| lasts(u) && self.will_manage(u, roles, thing));
        Ok(!self.any_comes_in(left).await? && self.any_comes_in(able).await?)
    }

    /// Whether a user will manage a thing once roles are these. Counted as it will be: the last two administrators may
    /// hold the same role.
    fn will_manage(&self, user: &Profile, roles: &[&Role], thing: Thing) -> bool {
        let gives = |held: &RoleId| match roles.iter().find(|role| role.id == *held) {
            Some(role) => manages(role, thing),
            None => self.manages(*held, thing),
        };
        user.roles.iter().any(gives)
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

fn manages(role: &Role, thing: Thing) -> bool {
    role.things.get(&thing).is_some_and(|v| *v >= Verb::Manage)
}

/// Of a role that gives the last one who manages users, or roles, that right.
fn last_by_role(thing: Thing) -> Fault {
    let text = match thing {
        Thing::Users => Text::of(
            "Dzięki tej roli zarządza użytkownikami ostatnia osoba, która to może robić. Najpierw daj inną rolę z tym prawem komuś, kto może się zalogować.",
            "By this role the last person who manages users does so. First give another role with that right to somebody who can sign in.",
        ),
        _ => Text::of(
            "Dzięki tej roli zarządza rolami ostatnia osoba, która to może robić. Najpierw daj inną rolę z tym prawem komuś, kto może się zalogować.",
            "By this role the last person who manages roles does so. First give another role with that right to somebody who can sign in.",
        ),
    };
    Fault::new(FaultKind::Conflict, text)
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

fn last_of_roles() -> Fault {
    let text = Text::of(
        "To ostatnia osoba, która zarządza rolami. Najpierw nadaj tę rolę komuś innemu.",
        "This is the last person who manages roles. Give the role to somebody else first.",
    );
    Fault::new(FaultKind::Conflict, text)
}

/// Nobody is shut out by a slip of the own hand.
pub(crate) fn not_oneself(caller: &Caller, user: UserId) -> Result<()> {
    if caller.actor.user != user {
        return Ok(());
    }
    let text = Text::of(
        "To Twoje konto. Zawiesić je może inny administrator.",
        "This is your own account. Another administrator can suspend it.",
    );
    Err(Fault::new(FaultKind::Conflict, text))
}

pub(crate) fn last_way() -> Fault {
    let text = Text::of(
        "To jedyny sposób, w jaki może się zalogować ostatnia osoba, która zarządza użytkownikami. Najpierw niech ma hasło, klucz dostępu albo inne konto, albo nadaj tę rolę komuś, kto może się zalogować.",
        "This is the only way in for the last person who manages users. First that person needs a password, a passkey or another account, or give the role to somebody who can sign in.",
    );
    Fault::new(FaultKind::Conflict, text)
}
