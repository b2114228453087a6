//! Whose an account at a provider is: linked, looked at and taken away.

use crate::others::Administering;
use crate::post::Posting;
use crate::prepare::issue;
use crate::things_used::over;
use crate::{Caller, Engine, Masked, Released};
use access::{Thing, Verb};
use identity::{
    Account, AccountDoc, Changed, Passkeys, Profile, User, UserChange, find_account, give_way_in,
    put_account, update_user,
};
use kernel::{Fault, FaultKind, Result, RoleId, Text, UserId};
use ledger::{Act, Event, Who};
use mail::Taken;
use oidc::Settings;
use serde::Serialize;
use serde_json::json;
use store::{Batch, DocWrite};

/// Accounts of one user at most.
const MOST: u32 = identity::ACCOUNTS;
/// Characters of a subject.
const SUBJECT: usize = 255;

/// An account at a provider as its user and administrators see it.
#[derive(Clone, Debug, Serialize)]
pub struct AccountView {
    /// Id.
    pub id: String,
    /// Name of the provider.
    pub provider: String,
    /// The issuer.
    pub issuer: String,
    /// Who, there.
    pub subject: String,
    /// Linked when (RFC 3339).
    pub made_at: String,
    /// Roles that the user has by groups there alone.
    pub given: Vec<RoleId>,
    /// Whether the user can sign in by it, and by nothing else.
    pub last_way: bool,
}

impl AccountView {
    fn of(Account { doc, id, .. }: Account, last_way: bool) -> Self {
        let AccountDoc { provider, issuer, subject, made_at, given, .. } = doc;
        Self { id: id.to_string(), provider, issuer, subject, made_at: made_at.rfc3339(), given, last_way }
    }
}

impl Engine {
    pub(crate) async fn accounts(&self, user: UserId) -> Result<Vec<Account>> {
        self.0.identity.accounts(user).await
    }

    /// Whether one more account can be the user's.
    ///
    /// # Errors
    /// Conflict if there are as many as there may be.
    pub(crate) async fn takes_an_account(&self, user: UserId) -> Result<()> {
        if self.accounts(user).await?.len() < MOST as usize {
            return Ok(());
        }
        let text = Text::of("Najwyżej 10 kont u dostawców.", "At most 10 accounts at providers.");
        Err(Fault::new(FaultKind::Conflict, text))
    }

    async fn tell_accounts(&self, mut event: Event, user: UserId) -> Result<Released<Vec<AccountView>>> {
        let found = self.accounts(user).await?;
        self.set_detail(&mut event, &json!({ "user": user, "count": found.len() }))?;
        let receipt = self.receipt(event).await?;
        let (directory, passkeys) = (self.directory(), self.0.identity.passkeys(user).await?);
        let last = |account: &Account| {
            directory.users.get(&user).is_some_and(|user| self.is_last_way(user, &passkeys, account, &found))
        };
        let last: Vec<bool> = found.iter().map(last).collect();
        let views = found.into_iter().zip(last).map(|(account, last)| AccountView::of(account, last));
        Ok(Masked::new(views.collect()).release(&receipt))
    }

    /// Whether a user comes in by one of these accounts, and by nothing else.
    fn is_last_way(&self, user: &Profile, passkeys: &Passkeys, account: &Account, all: &[Account]) -> bool {
        let ways = self.0.identity.ways();
        let rest: Vec<Account> = all.iter().filter(|other| other.id != account.id).cloned().collect();
        ways.let_in(user, passkeys, all) && !ways.let_in(user, passkeys, &rest)
    }

    /// The caller's accounts at providers.
    ///
    /// # Errors
    /// Forbidden for a token; storage's.
    pub async fn own_accounts(&self, caller: &Caller) -> Result<Released<Vec<AccountView>>> {
        self.not_by_token(caller).await?;
        self.tell_accounts(self.event(caller, Act::SignOnList), caller.actor.user).await
    }

    /// A user's accounts at providers.
    ///
    /// # Errors
    /// Forbidden; not found.
    pub async fn accounts_of(&self, caller: &Caller, user: UserId) -> Result<Released<Vec<AccountView>>> {
        self.admin(caller, Thing::Users, Verb::Read).await?;
        if !self.directory().users.contains_key(&user) {
            return Err(Fault::not_found());
        }
        self.tell_accounts(over(Thing::Users, self.event(caller, Act::SignOnList)), user).await
    }

    /// Makes an account at a provider a user's: whoever signs in there as this subject is the user here.
    ///
    /// # Errors
    /// Forbidden, also for a token and of a user with rights that the caller lacks; not found; no subject; conflict
    /// if it is somebody's, or the user has ten.
    pub async fn link_account(
        &self,
        caller: &Caller,
        user: UserId,
        settings: &Settings,
        subject: &str,
    ) -> Result<Released<AccountView>> {
        let (held, current) = self.may_link(caller, user).await?;
        if subject.trim() != subject
            || !(1..=SUBJECT).contains(&subject.len())
            || subject.contains(char::is_control)
        {
            let reason = Text::of(
                "Podaj identyfikator (sub), jaki nadał dostawca: od 1 do 255 znaków, bez spacji na początku i końcu.",
                "Give the identifier (sub) that the provider gave: 1 to 255 characters, without a space at either end.",
            );
            return Err(issue("subject", "malformed-subject", reason));
        }
        let inner = &self.0;
        if find_account(&inner.store, &inner.vault, &settings.issuer, subject).await?.is_some() {
            return Err(crate::prepare::conflict(
                "subject",
                Text::of("To konto jest już czyjeś.", "This account is somebody's already."),
            ));
        }
        self.takes_an_account(user).await?;
        let doc = self.account_doc(settings, user, subject, Vec::new());
        let mut event = over(Thing::Users, self.event(caller, Act::SignOnLink));
        self.set_detail(
            &mut event,
            &json!({ "user": user, "provider": settings.name, "by": "administrator" }),
        )?;
        let mut batch = Batch::new(event);
        batch.docs.push(put_account(&inner.vault, self.now(), &doc, 0)?);
        batch.docs.extend(self.way_in(&current, Who::User(caller.actor.user))?);
        let receipt = self.commit_admin(batch, &held).await?;
        let id = identity::account_id(&inner.vault, &settings.issuer, subject);
        let (account, all) = (Account { doc, id, version: 1 }, self.accounts(user).await?);
        let passkeys = inner.identity.passkeys(user).await?;
        let last = self.is_last_way(&Profile::from(current), &passkeys, &account, &all);
        Ok(Masked::new(AccountView::of(account, last)).release(&receipt))
    }

    /// Takes an account from a user, the roles that only groups gave with it, and ends the user's sessions.
    ///
    /// # Errors
    /// As linking; not found if it is not the user's; conflict if nobody could manage users any more.
    pub async fn unlink_account(&self, caller: &Caller, user: UserId, id: &str) -> Result<()> {
        let (held, current) = self.may_link(caller, user).await?;
        let accounts = self.accounts(user).await?;
        let account = accounts.into_iter().find(|a| a.id.to_string() == id).ok_or_else(Fault::not_found)?;
        let left: Vec<RoleId> =
            current.doc.roles.iter().filter(|r| !account.doc.given.contains(r)).copied().collect();
        let keeps = left.iter().any(|r| self.manages_users(*r));
        self.keep_emergency(user, keeps)?;
        let manages = current.doc.roles.iter().any(|r| self.manages_users(*r));
        if manages && self.manages_users_last(user).await? {
            if !keeps {
                return Err(crate::remaining::last_administrator());
            }
            let profile = Profile::from(current.clone());
            if !self.comes_in(&profile, Some(account.id)).await? {
                return Err(crate::remaining::last_way());
            }
        }
        let mut event = over(Thing::Users, self.event(caller, Act::SignOnUnlink));
        let about =
            json!({ "user": user, "provider": account.doc.provider, "roles": [current.doc.roles, left] });
        self.set_detail(&mut event, &about)?;
        let mut batch = Batch::new(event);
        batch.docs.push(account.removal());
        batch.docs.push(self.tell_of(user, Changed::Unlinked, Who::User(caller.actor.user))?);
        let change = UserChange { roles: Some(left), ..UserChange::default() };
        // Also where no role goes: a second step that was begun through the account ends with the user's version.
        let (_, write, _) = update_user(&self.0.vault, self.now(), &current, change)?;
        batch.docs.push(write);
        let profile = Profile::from(current.clone());
        let was_last =
            self.comes_in(&profile, None).await? && !self.comes_in(&profile, Some(account.id)).await?;
        let letter = if was_last { self.way_taken(&current, Taken::Account).await? } else { None };
        let job = letter.as_ref().map(Posting::job);
        batch.jobs.extend(letter.map(|p| p.add));
        let done = self.commit_ending(batch, user, &held).await;
        self.posted(job, done).await.map(drop)
    }

    /// Whoever links an account can sign in as its user, who is a person.
    async fn may_link(&self, caller: &Caller, user: UserId) -> Result<(Administering<'_>, User)> {
        self.admin(caller, Thing::Users, Verb::Manage).await?;
        self.not_by_token(caller).await?;
        let held = self.administer().await?;
        let user = self.stored_user(user).await?;
        self.within_own(caller, &user.doc.roles).await?;
        Ok((held, user))
    }

    /// Whether a user has a password or passkey that counts, and the names of the providers whose accounts let the user in.
    pub(crate) fn ways_of(
        &self,
        user: &Profile,
        passkeys: &Passkeys,
        accounts: &[Account],
    ) -> (bool, Vec<String>) {
        let identity = &self.0.identity;
        let mut names: Vec<String> = accounts
            .iter()
            .filter(|a| identity.knows_issuer(&a.doc.issuer))
            .map(|a| a.doc.provider.clone())
            .collect();
        names.sort_unstable();
        names.dedup();
        (identity.ways().by_own(user, passkeys), names)
    }

    /// Whether the password of whoever has this log-in name counts.
    #[must_use]
    pub fn password_counts(&self, login: &str) -> bool {
        self.0.identity.password_counts(login)
    }

    /// What is written when others gave a user a way in: that it was so, and that the user is told.
    pub(crate) fn way_in(&self, user: &User, by: Who) -> Result<[DocWrite; 2]> {
        let (_, write) = give_way_in(&self.0.vault, self.now(), user)?;
        Ok([write, self.tell_of(user.doc.id, Changed::Linked, by)?])
    }
}
