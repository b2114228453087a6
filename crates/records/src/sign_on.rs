//! Single sign-on: whose account at a provider is whose, and which roles groups there give.

use crate::others::Administering;
use crate::prepare::issue;
use crate::{Caller, Engine, Masked, Released};
use access::{Thing, Verb};
use identity::{
    Account, AccountDoc, Changed, Client, NewUser, Purpose, User, UserChange, create_user, find_account,
    find_link, give_way_in, no_link, put_account, update_user,
};
use kernel::{Fault, FaultKind, Lang, Result, RoleId, Text, UserId};
use ledger::{Act, Event, Outcome, Who};
use oidc::{Claims, Settings};
use serde::Serialize;
use serde_json::{Value, json};
use store::{Batch, DocKind, DocWrite};

/// Accounts of one user at most.
const MOST: u32 = 10;
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
}

impl From<Account> for AccountView {
    fn from(Account { doc, id, .. }: Account) -> Self {
        let AccountDoc { provider, issuer, subject, made_at, given, .. } = doc;
        Self { id: id.to_string(), provider, issuer, subject, made_at: made_at.rfc3339(), given }
    }
}

impl Engine {
    /// The user that somebody is whom a provider vouches for: by the account, by an invitation, or made now where the
    /// provider's settings say so. The roles that groups give are as the provider says from now on.
    ///
    /// # Errors
    /// Unauthenticated, with what to do about it; whatever keeps a user from being made.
    pub async fn vouched_user(
        &self,
        settings: &Settings,
        claims: &Claims,
        invitation: Option<&str>,
        client: &Client,
    ) -> Result<UserId> {
        let found = self.vouched(settings, claims, invitation, client).await;
        if let Err(fault) = &found {
            let reason = if fault.kind == FaultKind::Unauthenticated { "no-user" } else { fault.kind.code() };
            self.sign_on_refused(&settings.name, reason, client).await?;
        }
        found
    }

    async fn vouched(
        &self,
        settings: &Settings,
        claims: &Claims,
        invitation: Option<&str>,
        client: &Client,
    ) -> Result<UserId> {
        let held = self.administer().await?;
        let inner = &self.0;
        let account = find_account(&inner.store, &inner.vault, &settings.issuer, &claims.subject).await?;
        let roles = self.roles_of_groups(settings, &claims.groups);
        match (account, invitation) {
            (Some(account), _) => self.renew_roles(account, roles, client, &held).await,
            (None, Some(secret)) => self.link_by_invitation(settings, claims, secret, client, &held).await,
            (None, None) => match &settings.create_users_in {
                Some(team) => self.make_vouched(settings, claims, (team, roles), client, &held).await,
                None => Err(nobody(&settings.label)),
            },
        }
    }

    /// Writes down that nobody was signed in by a provider's answer.
    ///
    /// # Errors
    /// Storage's.
    pub async fn sign_on_refused(&self, provider: &str, reason: &str, client: &Client) -> Result<()> {
        let event =
            Event { who: Who::Nobody, outcome: Outcome::Refused, ..self.system_event(Act::SignOnRefuse) };
        let event = self.by_client(event, json!({ "provider": provider, "reason": reason }), client)?;
        self.receipt(event).await.map(drop)
    }

    /// Roles that the settings give for these groups, as far as there are such.
    fn roles_of_groups(&self, settings: &Settings, groups: &[String]) -> Vec<RoleId> {
        let policy = self.policy();
        let names: Vec<&String> = groups.iter().filter_map(|g| settings.roles.get(g)).flatten().collect();
        let mut roles: Vec<RoleId> =
            policy.roles.values().filter(|r| names.contains(&&r.name)).map(|r| r.id).collect();
        roles.sort_unstable();
        roles
    }

    fn vouched_event(&self, act: Act, about: Value, client: &Client) -> Result<Event> {
        self.by_client(self.system_event(act), about, client)
    }

    /// Gives and takes what only groups gave: roles that an administrator gave stay.
    async fn renew_roles(
        &self,
        account: Account,
        roles: Vec<RoleId>,
        client: &Client,
        held: &Administering<'_>,
    ) -> Result<UserId> {
        let inner = &self.0;
        let user = self.stored_user(account.doc.user).await?;
        if !user.doc.may_act(self.now()) {
            return Err(suspended());
        }
        let by_hand: Vec<RoleId> =
            user.doc.roles.iter().filter(|r| !account.doc.given.contains(r)).copied().collect();
        let given: Vec<RoleId> = roles.into_iter().filter(|r| !by_hand.contains(r)).collect();
        if given == account.doc.given && given.iter().all(|r| user.doc.roles.contains(r)) {
            return Ok(user.doc.id);
        }
        let all: Vec<RoleId> = by_hand.into_iter().chain(given.iter().copied()).collect();
        let directory = self.directory();
        let manages = |r: &RoleId| {
            let role = directory.policy.roles.get(r);
            role.is_some_and(|role| role.things.get(&Thing::Users).is_some_and(|v| *v >= Verb::Manage))
        };
        if directory.is_last_administrator(user.doc.id) && !all.iter().any(manages) {
            return Err(crate::admin::last_administrator());
        }
        let change = UserChange { roles: Some(all), ..UserChange::default() };
        let (next, write, _) = update_user(&inner.vault, self.now(), &user, change)?;
        let about = json!({
            "user": user.doc.id, "provider": account.doc.provider, "roles": [user.doc.roles, next.doc.roles],
        });
        let mut batch = Batch::new(self.vouched_event(Act::SignOnRoles, about, client)?);
        let doc = AccountDoc { given, ..account.doc };
        batch.docs.extend([write, put_account(&inner.vault, self.now(), &doc, account.version)?]);
        let _receipt = self.commit_admin(batch, held).await?;
        Ok(next.doc.id)
    }

    async fn link_by_invitation(
        &self,
        settings: &Settings,
        claims: &Claims,
        secret: &str,
        client: &Client,
        held: &Administering<'_>,
    ) -> Result<UserId> {
        let inner = &self.0;
        let link = find_link(&inner.store, &inner.vault, secret).await?;
        let user = self.stored_user(link.doc.user).await?;
        if link.doc.purpose != Purpose::Invitation || !link.doc.is_good(&user, self.now()) {
            return Err(no_link());
        }
        let about = json!({ "user": user.doc.id, "purpose": link.doc.purpose, "for": "sign-on" });
        let event = Event { who: Who::Nobody, ..self.system_event(Act::LinkUse) };
        let mut batch = Batch::new(self.by_client(event, about, client)?);
        let linked = json!({ "user": user.doc.id, "provider": settings.name, "by": "invitation" });
        batch.more_events.push(self.vouched_event(Act::SignOnLink, linked, client)?);
        // Roles of groups come with the next sign-in: those of the invitation are an administrator's.
        let doc = self.account_doc(settings, user.doc.id, &claims.subject, Vec::new());
        batch.docs.extend([link.removal(), put_account(&inner.vault, self.now(), &doc, 0)?]);
        batch.docs.extend(self.way_in(&user, Who::Nobody)?);
        let _receipt = self.commit_admin(batch, held).await?;
        Ok(user.doc.id)
    }

    async fn make_vouched(
        &self,
        settings: &Settings,
        claims: &Claims,
        (team, roles): (&str, Vec<RoleId>),
        client: &Client,
        held: &Administering<'_>,
    ) -> Result<UserId> {
        let inner = &self.0;
        let directory = self.directory();
        let team = directory.policy.teams.values().find(|t| t.name == team).map(|t| t.id);
        let (Some(team), Some(login), Some(email)) = (team, &claims.login, &claims.email) else {
            return Err(nobody(&settings.label));
        };
        // What is for when no provider works is nobody's there.
        if inner.identity.is_emergency(login) {
            return Err(nobody(&settings.label));
        }
        let input = NewUser {
            login: login.clone(),
            // A name that nobody could give here is not the provider's to give either.
            name: claims.name.clone().filter(|n| schema::name(n).is_ok()).unwrap_or_else(|| login.clone()),
            email: email.clone(),
            lang: Lang::default(),
            team,
            roles: roles.clone(),
        };
        let id: UserId = self.id();
        let (user, write) = create_user(&inner.vault, id, self.now(), input, None)?;
        let about = json!({ "user": id, "team": team, "roles": user.doc.roles, "provider": settings.name });
        let mut batch = Batch::new(self.vouched_event(Act::UserCreate, about, client)?);
        let linked = json!({ "user": id, "provider": settings.name, "by": "first-sign-in" });
        batch.more_events.push(self.vouched_event(Act::SignOnLink, linked, client)?);
        let doc = self.account_doc(settings, id, &claims.subject, roles);
        batch.docs.extend([write, put_account(&inner.vault, self.now(), &doc, 0)?]);
        let _receipt = self.commit_admin(batch, held).await.map_err(|fault| match fault.kind {
            // Whose name it is already, is not who that provider vouches for until somebody says so.
            FaultKind::Conflict => nobody(&settings.label),
            _ => fault,
        })?;
        Ok(id)
    }

    fn account_doc(
        &self,
        settings: &Settings,
        user: UserId,
        subject: &str,
        given: Vec<RoleId>,
    ) -> AccountDoc {
        AccountDoc {
            user,
            provider: settings.name.clone(),
            issuer: settings.issuer.clone(),
            subject: subject.to_owned(),
            made_at: self.now(),
            given,
        }
    }

    /// How single sign-on is set up, for whoever may look at users.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn sign_on_settings<T>(&self, caller: &Caller, view: T) -> Result<Released<T>> {
        self.admin(caller, Thing::Users, Verb::Read).await?;
        let receipt = self.receipt(self.event(caller, Act::SignOnList)).await?;
        Ok(Masked::new(view).release(&receipt))
    }

    async fn accounts(&self, user: UserId) -> Result<Vec<Account>> {
        let docs = self.0.store.docs_of_user(DocKind::Account, user, MOST).await?;
        docs.iter().map(|doc| Account::open(&self.0.vault, doc)).collect()
    }

    async fn tell_accounts(&self, caller: &Caller, user: UserId) -> Result<Released<Vec<AccountView>>> {
        let found = self.accounts(user).await?;
        let mut event = self.event(caller, Act::SignOnList);
        self.set_detail(&mut event, &json!({ "user": user, "count": found.len() }))?;
        let receipt = self.receipt(event).await?;
        Ok(Masked::new(found.into_iter().map(AccountView::from).collect()).release(&receipt))
    }

    /// The caller's accounts at providers.
    ///
    /// # Errors
    /// Forbidden for a token; storage's.
    pub async fn own_accounts(&self, caller: &Caller) -> Result<Released<Vec<AccountView>>> {
        self.not_by_token(caller).await?;
        self.tell_accounts(caller, caller.actor.user).await
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
        self.tell_accounts(caller, user).await
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
        if self.accounts(user).await?.len() >= MOST as usize {
            let text = Text::of("Najwyżej 10 kont u dostawców.", "At most 10 accounts at providers.");
            return Err(Fault::new(FaultKind::Conflict, text));
        }
        let doc = self.account_doc(settings, user, subject, Vec::new());
        let mut event = self.event(caller, Act::SignOnLink);
        self.set_detail(
            &mut event,
            &json!({ "user": user, "provider": settings.name, "by": "administrator" }),
        )?;
        let mut batch = Batch::new(event);
        batch.docs.push(put_account(&inner.vault, self.now(), &doc, 0)?);
        batch.docs.extend(self.way_in(&current, Who::User(caller.actor.user))?);
        let receipt = self.commit_admin(batch, &held).await?;
        let id = identity::account_id(&inner.vault, &settings.issuer, subject);
        Ok(Masked::new(AccountView::from(Account { doc, id, version: 1 })).release(&receipt))
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
        if left.len() < current.doc.roles.len() && self.directory().is_last_administrator(user) {
            return Err(crate::admin::last_administrator());
        }
        let mut event = self.event(caller, Act::SignOnUnlink);
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
        self.commit_ending(batch, user, &held).await.map(drop)
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

    /// What is written when others gave a user a way in: that it was so, and that the user is told.
    fn way_in(&self, user: &User, by: Who) -> Result<[DocWrite; 2]> {
        let (_, write) = give_way_in(&self.0.vault, self.now(), user)?;
        Ok([write, self.tell_of(user.doc.id, Changed::Linked, by)?])
    }
}

fn nobody(label: &str) -> Fault {
    let text = Text::new(
        format!(
            "Tego konta ({label}) nie połączono jeszcze z nikim, kto tu pracuje. Poproś administratora o zaproszenie albo o połączenie konta."
        ),
        format!(
            "This account ({label}) is not linked to anybody who works here yet. Ask an administrator for an invitation, or to link it."
        ),
    );
    Fault::new(FaultKind::Unauthenticated, text)
}

const fn suspended() -> Fault {
    let text = Text::of(
        "To konto jest zawieszone. Zwróć się do administratora.",
        "This account is suspended. Turn to an administrator.",
    );
    Fault::new(FaultKind::Unauthenticated, text)
}
