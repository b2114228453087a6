//! Users, as administrators see and change them.

use crate::approvals::{ASK, Cleared, ROLES_LATER};
use crate::email::EmailPending;
use crate::explain::RoleName;
use crate::grant_memory::grants_removed;
use crate::invitations::{Invite, Invited};
use crate::others::Administering;
use crate::post::Posting;
use crate::remaining::not_oneself;
use crate::{Caller, Engine, Masked, Released};
use access::{Thing, Verb};
use identity::{
    Account, Changed, Link, NewUser, Profile, Purpose, UserChange, UserDoc, create_user, link_id, update_user,
};
use kernel::{Fault, FaultKind, Result, RoleId, Text, Time, UserId};
use ledger::{Act, Event, Receipt, Who};
use serde::Serialize;
use serde_json::json;
use std::collections::HashMap;
use store::{Batch, DocKind};
use tracing::Instrument;

/// How a new user is to come in the first time.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FirstWay<'a> {
    /// Not yet, or through a provider.
    None,
    /// With a password that is known beforehand: only in a demonstration and in tests.
    Password(&'a str),
    /// By a link for choosing a password; whether it is mailed.
    Invited(Invite, bool),
}

/// Whether a user can sign in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UserState {
    /// There is a password or passkey that counts.
    Active,
    /// The user can sign in, and there is a date from which the user may do nothing.
    Leaving,
    /// There is none that counts, and an account at a provider that the settings name.
    Provider,
    /// There is neither, and an invitation to choose one that is good.
    Invited,
    /// There is none.
    Passwordless,
    /// Suspended.
    Suspended,
}

/// A user as administrators see it.
#[derive(Clone, Debug, Serialize)]
pub struct UserView {
    /// The user.
    #[serde(flatten)]
    pub user: Profile,
    /// Whether the user can sign in.
    pub state: UserState,
    /// Until when the invitation is good, if there is one (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invited_until: Option<String>,
    /// Names of the providers whose accounts let the user in.
    pub providers: Vec<String>,
    /// The address that is to be the user's, where one user is looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_change: Option<EmailPending>,
}

/// A user who was changed.
#[derive(Clone, Debug, Serialize)]
pub struct UserChanged {
    /// The user.
    #[serde(flatten)]
    pub user: Profile,
    /// Pairs of roles that the user holds by this though one person is not to hold both; not refused.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub together: Vec<[RoleName; 2]>,
}

impl UserView {
    /// `links` are those of any users; the invitation of this one is looked for among them. `providers` are those of the
    /// user alone, and `own` says whether a password or passkey of the user's counts.
    fn of(user: Profile, links: &[Link], (own, providers): (bool, Vec<String>), now: Time) -> Self {
        let good = |link: &&Link| link.doc.purpose == Purpose::Invitation && link.doc.seems_good(&user, now);
        let ends_at = links.iter().find(good).map(|link| link.doc.ends_at);
        let state = match ends_at {
            _ if !user.may_act(now) => UserState::Suspended,
            _ if (own || !providers.is_empty()) && user.ends_at.is_some() => UserState::Leaving,
            _ if own => UserState::Active,
            _ if !providers.is_empty() => UserState::Provider,
            Some(_) => UserState::Invited,
            None => UserState::Passwordless,
        };
        Self { user, state, invited_until: ends_at.map(Time::rfc3339), providers, email_change: None }
    }
}

impl Engine {
    /// The user whose folded log-in name, e-mail address or name this is, if it is one only.
    #[must_use]
    pub fn find_user(&self, folded: &str) -> Option<UserId> {
        let directory = self.directory();
        let mut hits =
            directory.users.values().filter(|u| u.is_of_house()).filter(|u| {
                [&u.login, &u.email, &u.name].into_iter().any(|text| schema::fold(text) == folded)
            });
        let first = hits.next()?;
        hits.next().is_none().then_some(first.id)
    }

    /// All users with roles and log-in names; needs the right to read users.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn users(&self, caller: &Caller) -> Result<Released<Vec<UserView>>> {
        self.admin(caller, Thing::Users, Verb::Read).await?;
        let (vault, now) = (&self.0.vault, self.now());
        let links = self.0.store.docs(DocKind::Link).await?;
        let links = links.iter().map(|doc| Link::open(vault, doc)).collect::<Result<Vec<_>>>()?;
        let accounts = self.0.store.docs(DocKind::Account).await?;
        let accounts = accounts.iter().map(|doc| Account::open(vault, doc)).collect::<Result<Vec<_>>>()?;
        let mut of_users: HashMap<UserId, Vec<Account>> = HashMap::new();
        accounts.into_iter().for_each(|a| of_users.entry(a.doc.user).or_default().push(a));
        let passkeys = self.all_passkeys().await?;
        let directory = self.directory();
        let persons = directory.users.values().filter(|user| !user.is_service());
        let view = |user: &Profile| {
            let accounts = of_users.get(&user.id).map(Vec::as_slice).unwrap_or_default();
            let ways = self.ways_of(user, &passkeys, accounts);
            UserView::of(user.clone(), &links, ways, now)
        };
        let mut users: Vec<UserView> = persons.map(view).collect();
        users.sort_by_key(|view| view.user.id);
        let receipt = self.receipt(self.looked_at(caller, Thing::Users)).await?;
        Ok(Masked::new(users).release(&receipt))
    }

    /// One user.
    ///
    /// # Errors
    /// Forbidden, not found.
    pub async fn user(&self, caller: &Caller, id: UserId) -> Result<Released<UserView>> {
        if id != caller.actor.user {
            self.admin(caller, Thing::Users, Verb::Read).await?;
        }
        let user = self.directory().users.get(&id).filter(|user| !user.is_service()).cloned();
        let user = user.ok_or_else(Fault::not_found)?;
        let link = link_id(&self.0.vault, Purpose::Invitation, id);
        let link = self.0.store.doc(DocKind::Link, link).await?;
        let link = link.map(|doc| Link::open(&self.0.vault, &doc)).transpose()?;
        let passkeys = self.0.identity.passkeys(id).await?;
        let ways = self.ways_of(&user, &passkeys, &self.accounts(id).await?);
        let pending = self.pending_of(&self.stored_user(id).await?).await?;
        let mut view = UserView::of(user, link.as_slice(), ways, self.now());
        view.email_change = pending.filter(|_| id != caller.actor.user);
        let event = match id == caller.actor.user {
            true => self.event(caller, Act::AdminRead),
            false => self.looked_at(caller, Thing::Users),
        };
        let receipt = self.receipt(event).await?;
        Ok(Masked::new(view).release(&receipt))
    }

    /// Makes a user, who can sign in at a provider or once invited; or invites at once to choose a password, by a
    /// link that is mailed or given back. Nobody chooses a password for somebody else.
    ///
    /// # Errors
    /// Forbidden; invalid; conflict if the log-in is taken.
    pub async fn create_user(
        &self,
        caller: &Caller,
        input: NewUser,
        inviting: Option<(Invite, bool)>,
    ) -> Result<Released<(Profile, Option<Invited>)>> {
        self.admin(caller, Thing::Users, Verb::Manage).await?;
        if inviting.is_some() {
            // Whoever sees a link can sign in with it: a token would outlive its end.
            self.not_by_token(caller).await?;
        }
        let by = (self.event(caller, Act::UserCreate), Some(caller));
        let way = inviting.map_or(FirstWay::None, |(invite, mails)| FirstWay::Invited(invite, mails));
        let (user, invited, receipt) = self.make_user(by, self.id(), input, way).await?;
        Ok(Masked::new((user, invited)).release(&receipt))
    }

    /// Makes a user, with roles that `by` may give.
    pub(crate) async fn make_user(
        &self,
        (mut event, by): (Event, Option<&Caller>),
        id: UserId,
        input: NewUser,
        way: FirstWay<'_>,
    ) -> Result<(Profile, Option<Invited>, Receipt)> {
        let password = match way {
            FirstWay::Password(text) => {
                Some(self.hash_for([&input.login, &input.name, &input.email], "password", text).await?)
            }
            FirstWay::None | FirstWay::Invited(..) => None,
        };
        let held = self.administer().await?;
        let cleared = match by {
            Some(by) => self.cleared_roles(by, (&[], false), Some(&input.roles), &ROLES_LATER).await?,
            None => Cleared::unasked(),
        };
        self.directory().check_of(input.partner, input.team, &input.roles)?;
        self.directory().check_together(&[], &input.roles)?;
        self.has_room_for_user(input.partner)?;
        let (user, write) = create_user(&self.0.vault, id, self.now(), input, password)?;
        let (roles, labels) = (&user.doc.roles, self.labels_of(&user.doc.roles));
        let about = json!({ "user": id, "team": user.doc.team, "roles": roles, "labels": labels, "partner": user.doc.partner });
        self.set_detail(&mut event, &about)?;
        let mut batch = Batch::new(event);
        batch.docs.push(write);
        cleared.join(&mut batch);
        let (mut invited, mut job) = (None, None);
        if let FirstWay::Invited(invite, mails) = way {
            let (how, write, posting) = self.invitation(&user, invite, mails).await?;
            batch.docs.push(write);
            job = posting.as_ref().map(Posting::job);
            batch.jobs.extend(posting.map(|p| p.add));
            let mut event = Event { id: self.id(), act: Act::InvitationCreate, ..batch.event().clone() };
            self.set_detail(&mut event, &json!({ "user": id, "ends_at": how.ends_at, "mailed": mails }))?;
            batch.more_events.push(event);
            invited = Some(how);
        }
        let done = self.commit_admin(batch, &held).await;
        let receipt = self.posted(job, done).await.map_err(|fault| match fault.kind {
            FaultKind::Conflict => crate::prepare::conflict(
                "login",
                Text::of("Ten login jest już zajęty.", "This username is taken."),
            ),
            _ => fault,
        })?;
        Ok((Profile::from(user), invited, receipt))
    }

    /// Changes a user whose version the caller knows. Suspending ends all sessions and tokens. Where `mails` says so,
    /// another address is only asked for, as the user would. Of roles that the caller takes, others are told.
    ///
    /// # Errors
    /// Forbidden; not found; stale; conflict for the last administrator.
    pub async fn update_user(
        &self,
        caller: &Caller,
        id: UserId,
        version: u64,
        change: UserChange,
        mails: bool,
    ) -> Result<Released<UserChanged>> {
        self.admin(caller, Thing::Users, Verb::Manage).await?;
        if change.active == Some(false) {
            not_oneself(caller, id)?;
        }
        let by = (self.event(caller, Act::UserUpdate), Some(caller));
        let had = self.directory().users.get(&id).map(|user| user.roles.clone()).unwrap_or_default();
        let (user, receipt) = self.change_user(by, id, Some(version), change, mails).await?;
        let together = self.together(caller, &had, &user.roles);
        Ok(Masked::new(UserChanged { user, together }).release(&receipt))
    }

    /// What `by` may change of the rights of somebody who is as this.
    async fn cleared_user<'a>(
        &self,
        by: Option<&'a Caller>,
        was: &UserDoc,
        change: &UserChange,
    ) -> Result<Cleared<'a>> {
        let Some(caller) = by else { return Ok(Cleared::unasked()) };
        // Links to another password go there; and whoever is shut out, or let in again, does with these rights no more,
        // or anew.
        if change.email.is_some() || change.active.is_some() || change.ends_at.is_some() {
            self.within_own(caller, &was.roles).await?;
        }
        let moves = change.team.is_some_and(|team| team != was.team);
        self.cleared_roles(caller, (&was.roles, moves), change.roles.as_deref(), &ASK).await
    }

    /// Changes a user, as far as `by` may.
    pub(crate) async fn change_user(
        &self,
        (mut event, by): (Event, Option<&Caller>),
        id: UserId,
        version: Option<u64>,
        mut change: UserChange,
        mails: bool,
    ) -> Result<(Profile, Receipt)> {
        let held = self.administer().await?;
        let current = self.stored_user(id).await?;
        if version.is_some_and(|known| known != current.version) {
            return Err(Fault::stale());
        }
        let cleared = self.cleared_user(by, &current.doc, &change).await?;
        let suspends = change.active == Some(false);
        let directory = self.directory();
        let (team, roles) = (change.team.unwrap_or(current.doc.team), change.roles.as_deref().unwrap_or(&[]));
        match current.doc.partner {
            // Nobody of a suspended partner is let in again.
            Some(_) if change.active == Some(true) => directory.check_of(current.doc.partner, team, roles)?,
            Some(_) => {}
            None => directory.check(team, roles)?,
        }
        directory.check_together(&current.doc.roles, roles)?;
        let goes = suspends || matches!(change.ends_at, Some(Some(_)));
        if let Some(left) = if goes { Some(&[][..]) } else { change.roles.as_deref() } {
            self.keep_a_manager(id, left).await?;
            self.keep_emergency(id, left.iter().any(|r| self.manages_users(*r)))?;
        }
        let asked = if mails { self.to_be_confirmed(&current, &mut change).await? } else { None };
        let (user, write, changed) = update_user(&self.0.vault, self.now(), &current, change)?;
        let (was, is) = (&current.doc, &user.doc);
        self.set_detail(&mut event, &self.user_change(was, is, &changed))?;
        let by = event.who;
        let mut batch = Batch::new(event);
        cleared.join(&mut batch);
        if !changed.is_empty() {
            batch.docs.push(write);
        }
        if by == Who::User(id) {
            self.tell_of_own_roles(&mut batch, &current.doc, &user.doc)?;
        }
        if was.team != is.team {
            self.end_covers_of_moved(&mut batch, id).await?;
        }
        if suspends {
            batch.docs.extend(self.end_links(id).await?);
            self.end_covers_by(&mut batch, id).await?;
            self.close_registrations_by(&mut batch, id).await?;
        }
        if changed.contains(&"email") {
            batch.docs.push(self.tell_of(id, Changed::Email, by)?);
        }
        let jobs = match (asked, by) {
            (Some(email), Who::User(by)) => {
                let event = Event { id: self.id(), act: Act::EmailAsk, ..batch.event().clone() };
                batch.more_events.push(self.email_asked(event, &current, &email)?);
                self.begin_email(&mut batch, &user, &email, by).await?
            }
            _ => Vec::new(),
        };
        let done = if suspends {
            self.commit_ending(batch, id, &held).await
        } else {
            self.commit_admin(batch, &held).await
        };
        let receipt = self.posted_all(&jobs, done).await?;
        let view = if changed.is_empty() { Profile::from(current) } else { Profile::from(user) };
        Ok((view, receipt))
    }

    /// As [`Engine::commit_admin`], with the end of all sessions and tokens of a user.
    pub(crate) async fn commit_ending(
        &self,
        mut batch: Batch,
        user: UserId,
        held: &Administering<'_>,
    ) -> Result<Receipt> {
        batch.directory = held.at;
        let (engine, ended) = (self.clone(), grants_removed(&batch));
        let committed = async move {
            let done = engine.0.identity.commit_ending(batch, user, None).await?;
            engine.look_at_grants(&ended).await?;
            engine.reload().await?;
            Ok(done.receipt)
        };
        tokio::spawn(committed.in_current_span()).await.map_err(Fault::bug)?
    }

    /// Changes the caller's own password and ends the caller's other sessions and tokens.
    ///
    /// # Errors
    /// Wrong present password; too many tries; weak.
    pub async fn change_own_password(
        &self,
        caller: &Caller,
        current: &str,
        new: &str,
        client: &identity::Client,
    ) -> Result<()> {
        self.not_by_token(caller).await?;
        let directory = self.directory();
        let organisation = directory.organisation.clone();
        // The lock is not held while passwords are hashed: anybody could hold up all administration.
        let identity = &self.0.identity;
        identity.change_password(directory, &caller.actor, current, new, &organisation, client).await?;
        let _held = self.administer().await?;
        self.reload().await
    }
}

/// Whether these are the same roles, in whatever order.
pub(crate) fn same_roles(a: &[RoleId], b: &[RoleId]) -> bool {
    a.iter().all(|role| b.contains(role)) && b.iter().all(|role| a.contains(role))
}
