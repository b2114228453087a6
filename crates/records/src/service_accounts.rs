//! Service accounts: what administrators and the person who answers for one see and do.

use crate::approvals::{ASK, ROLES_LATER};
use crate::others::Administering;
use crate::{Caller, Engine, Masked, Released};
use access::{Thing, Verb};
use identity::{
    Directory, NewServiceAccount, NewSession, NewToken, NoticeDoc, Profile, ServiceAccountChange,
    SessionView, User, bare_doc, create_service_account, hand_over_service_account, load_user, put_doc,
    update_service_account,
};
use kernel::{
    Fault, FaultKind, Id, Kind, Named, RecordId, Result, RoleId, SessionId, TeamId, Text, Time, UserId,
};
use ledger::{Act, Event, Receipt};
use serde::Serialize;
use serde_json::json;
use store::{Batch, DocKind, DocWrite};
use tracing::Instrument;

/// Service accounts of one organisation that are not suspended.
const ACCOUNTS: usize = 500;

enum NoticeKind {}
impl Kind for NoticeKind {
    const NAME: &'static str = "notification";
}

/// Whether a service account can do anything.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceState {
    /// It can.
    Active,
    /// Its time is over.
    Ended,
    /// Whoever answers for it may not act.
    Ownerless,
    /// Suspended.
    Suspended,
}

/// A service account as administrators and its owner see it.
#[derive(Clone, Debug, Serialize)]
pub struct ServiceAccountView {
    /// Id.
    pub id: UserId,
    /// What it is called.
    pub name: String,
    /// Who answers for it.
    pub owner: Named<UserId>,
    /// Team.
    pub team: TeamId,
    /// Roles of its own.
    pub roles: Vec<RoleId>,
    /// Whether it can do anything.
    pub state: ServiceState,
    /// It can do nothing from then on (RFC 3339).
    pub ends_at: String,
    /// Tokens that have not ended.
    pub tokens: usize,
    /// Version, for `If-Match`.
    pub version: u64,
}

impl Engine {
    /// All service accounts; needs the right to read users.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn service_accounts(&self, caller: &Caller) -> Result<Released<Vec<ServiceAccountView>>> {
        self.admin(caller, Thing::Users, Verb::Read).await?;
        self.service_list(self.looked_at(caller, Thing::Users), |_| true).await
    }

    /// Those that the caller answers for.
    ///
    /// # Errors
    /// Forbidden for a token.
    pub async fn own_service_accounts(&self, caller: &Caller) -> Result<Released<Vec<ServiceAccountView>>> {
        self.not_by_token(caller).await?;
        let own = |account: &Profile| answers(account, caller.actor.user);
        self.service_list(self.event(caller, Act::AdminRead), own).await
    }

    async fn service_list(
        &self,
        event: Event,
        which: impl Fn(&Profile) -> bool + Send,
    ) -> Result<Released<Vec<ServiceAccountView>>> {
        let directory = self.directory();
        let views = directory.service_accounts(which).into_iter().map(|one| self.service_view(one)).collect();
        let receipt = self.receipt(event).await?;
        Ok(Masked::new(views).release(&receipt))
    }

    fn service_view(&self, account: &Profile) -> ServiceAccountView {
        let now = self.now();
        let state = match account {
            _ if !account.active => ServiceState::Suspended,
            _ if account.ends_at.is_none_or(|end| end <= now) => ServiceState::Ended,
            _ if !account.may_act(now) => ServiceState::Ownerless,
            _ => ServiceState::Active,
        };
        let owner = account.service.as_ref().map_or(UserId::NIL, identity::ServiceDoc::owner);
        ServiceAccountView {
            id: account.id,
            name: account.name.clone(),
            owner: self.user_name(owner),
            team: account.team,
            roles: account.roles.clone(),
            state,
            ends_at: account.ends_at.map(Time::rfc3339).unwrap_or_default(),
            tokens: self.0.identity.token_count(account.id),
            version: account.version,
        }
    }

    /// The account, if the caller answers for it or has a right.
    async fn service_of(&self, caller: &Caller, id: UserId, thing: Thing, verb: Verb) -> Result<Profile> {
        // A token makes no other way in, and changes none.
        self.not_by_token(caller).await?;
        let account = self.directory().users.get(&id).filter(|user| user.is_service()).cloned();
        if !account.as_ref().is_some_and(|account| answers(account, caller.actor.user)) {
            self.admin(caller, thing, verb).await?;
        }
        account.ok_or_else(Fault::not_found)
    }

    /// One service account; for its owner, and with the right to read users.
    ///
    /// # Errors
    /// Forbidden, also for a token; not found.
    pub async fn service_account(&self, caller: &Caller, id: UserId) -> Result<Released<ServiceAccountView>> {
        let account = self.service_of(caller, id, Thing::Users, Verb::Read).await?;
        let by = by_right(caller, &account, Thing::Users);
        let receipt = self.receipt(self.looked_by(caller, by)).await?;
        Ok(Masked::new(self.service_view(&account)).release(&receipt))
    }

    /// Makes a service account; its owner is told.
    ///
    /// # Errors
    /// Forbidden, also for a token and with rights that the caller lacks; invalid, field by field; conflict if there
    /// are too many.
    pub async fn create_service_account(
        &self,
        caller: &Caller,
        input: NewServiceAccount,
    ) -> Result<Released<ServiceAccountView>> {
        self.admin(caller, Thing::Users, Verb::Manage).await?;
        self.not_by_token(caller).await?;
        let held = self.administer().await?;
        let cleared = self.cleared_roles(caller, (&[], false), Some(&input.roles), &ROLES_LATER).await?;
        let directory = self.directory();
        directory.check(input.team, &input.roles)?;
        directory.check_together(&[], &input.roles)?;
        directory.check_owner(input.owner, self.now())?;
        has_room(&directory)?;
        let (id, owner) = (self.id(), input.owner);
        let (user, write) = create_service_account(&self.0.vault, id, self.now(), input)?;
        let mut event = self.event(caller, Act::ServiceCreate);
        let ends_at = user.doc.ends_at.map(Time::rfc3339);
        let (roles, labels) = (&user.doc.roles, self.labels_of(&user.doc.roles));
        let about = json!({
            "user": id, "owner": owner, "team": user.doc.team, "roles": roles, "labels": labels, "ends_at": ends_at,
        });
        self.set_detail(&mut event, &about)?;
        let mut batch = Batch::new(event);
        batch.docs.push(write);
        cleared.join(&mut batch);
        batch.docs.extend(self.tell_owner(caller, owner, &user.doc.name)?);
        let receipt = self.commit_admin(batch, &held).await?;
        Ok(self.released_service(user, &receipt))
    }

    /// Changes a service account. Suspending ends its tokens.
    ///
    /// # Errors
    /// Forbidden, also for a token, with rights that the caller lacks, and to have an account that has some act again,
    /// for longer or in another team; not found; stale; invalid, field by field; conflict if too many are active.
    pub async fn update_service_account(
        &self,
        caller: &Caller,
        id: UserId,
        version: u64,
        change: ServiceAccountChange,
    ) -> Result<Released<ServiceAccountView>> {
        self.admin(caller, Thing::Users, Verb::Manage).await?;
        self.not_by_token(caller).await?;
        let held = self.administer().await?;
        let current = self.stored_service(id).await?;
        if version != current.version {
            return Err(Fault::stale());
        }
        let moves = change.team.is_some_and(|team| team != current.doc.team);
        let had = (&*current.doc.roles, moves);
        let cleared = self.cleared_roles(caller, had, change.roles.as_deref(), &ASK).await?;
        // Having it act again, for longer or elsewhere gives what it may.
        if change.active == Some(true) || change.ends_at.is_some() || change.team.is_some() {
            self.within_own(caller, &current.doc.roles).await?;
        }
        let directory = self.directory();
        directory.check(change.team.unwrap_or(current.doc.team), change.roles.as_deref().unwrap_or(&[]))?;
        directory.check_together(&current.doc.roles, change.roles.as_deref().unwrap_or(&[]))?;
        if change.active == Some(true) {
            directory.check_owner(owner_of(&current), self.now())?;
            if !current.doc.active {
                has_room(&directory)?;
            }
        }
        let suspends = change.active == Some(false);
        let (user, write, changed) = update_service_account(&self.0.vault, self.now(), &current, change)?;
        let mut event = self.event(caller, Act::ServiceUpdate);
        self.set_detail(&mut event, &self.user_change(&current.doc, &user.doc, &changed))?;
        let mut batch = Batch::new(event);
        cleared.join(&mut batch);
        if !changed.is_empty() {
            batch.docs.push(write);
        }
        let receipt = if suspends {
            self.commit_ending(batch, id, &held).await?
        } else {
            self.commit_admin(batch, &held).await?
        };
        Ok(self.released_service(if changed.is_empty() { current } else { user }, &receipt))
    }

    /// Gives a service account another owner, who is told. Its tokens end: the owner before knows them. For its
    /// owner, and with the right to manage users.
    ///
    /// # Errors
    /// Forbidden, also for a token and of an account with rights that the caller lacks; not found; invalid.
    pub async fn hand_over_service_account(
        &self,
        caller: &Caller,
        id: UserId,
        owner: UserId,
    ) -> Result<Released<ServiceAccountView>> {
        let account = self.service_of(caller, id, Thing::Users, Verb::Manage).await?;
        self.within_own(caller, &account.roles).await?;
        let held = self.administer().await?;
        // Once more: others may have handed it over, or given it rights, meanwhile.
        let account = self.service_of(caller, id, Thing::Users, Verb::Manage).await?;
        self.within_own(caller, &account.roles).await?;
        self.directory().check_owner(owner, self.now())?;
        let current = self.stored_service(id).await?;
        let (user, write) = hand_over_service_account(&self.0.vault, self.now(), &current, Some(owner))?;
        let mut event = self.event(caller, Act::ServiceHandOver);
        self.set_detail(&mut event, &json!({ "user": id, "owners": [owner_of(&current), owner] }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(write);
        batch.docs.extend(self.tell_owner(caller, owner, &user.doc.name)?);
        let receipt = self.commit_ending(batch, id, &held).await?;
        Ok(self.released_service(user, &receipt))
    }

    /// Tokens of a service account; for its owner, and with the right to read sessions.
    ///
    /// # Errors
    /// Forbidden, also for a token; not found.
    pub async fn service_tokens(&self, caller: &Caller, id: UserId) -> Result<Vec<SessionView>> {
        let account = self.service_of(caller, id, Thing::Sessions, Verb::Read).await?;
        let by = by_right(caller, &account, Thing::Sessions);
        self.0.identity.service_tokens(&caller.actor, account.id, by).await
    }

    /// Makes a token of a service account, for its owner alone: nobody else is to know one. It ends with the account
    /// at the latest.
    ///
    /// # Errors
    /// Forbidden, also for a token; not found; invalid, field by field; conflict if there are too many.
    pub async fn create_service_token(
        &self,
        caller: &Caller,
        id: UserId,
        input: NewToken,
    ) -> Result<NewSession> {
        let account = self.service_of(caller, id, Thing::Users, Verb::Read).await?;
        // While this is held nobody else becomes its owner here; by another server, the commit would be stale.
        let held = self.administer().await?;
        let current = self.directory().users.get(&account.id).cloned().ok_or_else(Fault::not_found)?;
        if !answers(&current, caller.actor.user) {
            let text = Text::of(
                "Token konta usługowego tworzy tylko jego opiekun.",
                "Only its owner makes tokens of a service account.",
            );
            let refused = Fault::new(FaultKind::Forbidden, text);
            let owner = current.service.as_ref().map(identity::ServiceDoc::owner);
            return Err(self.refused_to_all_but(caller, 0, RecordId::NIL, refused, owner.as_slice()).await);
        }
        if !current.may_act(self.now()) {
            let text = Text::of(
                "To konto usługowe jest zawieszone albo minął jego koniec.",
                "This service account is suspended, or its time is over.",
            );
            return Err(Fault::new(FaultKind::Conflict, text));
        }
        let (engine, actor) = (self.clone(), caller.actor.clone());
        let (at, end) = (held.at, current.ends_at);
        let made = async move { engine.0.identity.create_token_of(&actor, id, end, at, input).await };
        tokio::spawn(made.in_current_span()).await.map_err(Fault::bug)?
    }

    /// Revokes a token of a service account; for its owner, and with the right to manage sessions.
    ///
    /// # Errors
    /// Forbidden, also for a token; not found.
    pub async fn end_service_token(&self, caller: &Caller, id: UserId, token: SessionId) -> Result<()> {
        let account = self.service_of(caller, id, Thing::Sessions, Verb::Manage).await?;
        let (id, by) = (account.id, by_right(caller, &account, Thing::Sessions));
        self.0.identity.end_service_token(&caller.actor, id, token, by).await
    }

    /// Suspends a service account whose time, or whose owner's, is over, and ends its tokens.
    pub(crate) async fn end_service(&self, id: UserId) -> Result<()> {
        let held: Administering<'_> = self.administer().await?;
        let current = self.stored_service(id).await?;
        if !current.doc.active || self.may_act(id) {
            return Ok(());
        }
        let (_, write) = hand_over_service_account(&self.0.vault, self.now(), &current, None)?;
        let mut event = self.system_event(Act::ServiceEnd);
        self.set_detail(&mut event, &json!({ "user": id, "owner": owner_of(&current) }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(write);
        self.commit_ending(batch, id, &held).await.map(drop)
    }

    async fn stored_service(&self, id: UserId) -> Result<User> {
        let doc = self.0.store.doc(DocKind::User, *id.bytes()).await?.ok_or_else(Fault::not_found)?;
        let user = load_user(&self.0.vault, &doc)?;
        if user.doc.service.is_some() { Ok(user) } else { Err(Fault::not_found()) }
    }

    fn released_service(&self, user: User, receipt: &Receipt) -> Released<ServiceAccountView> {
        let written = Profile::from(user);
        // As the directory has it: whether its owner may act stands there alone.
        let found = self.directory().users.get(&written.id).cloned();
        let account = found.filter(|found| found.version >= written.version).unwrap_or(written);
        Masked::new(self.service_view(&account)).release(receipt)
    }

    /// Tells somebody to answer for a service account now, unless it was the caller's own wish.
    fn tell_owner(&self, caller: &Caller, owner: UserId, name: &str) -> Result<Option<DocWrite>> {
        if owner == caller.actor.user {
            return Ok(None);
        }
        let by = self.directory().user_name(caller.actor.user);
        let notice = NoticeDoc::new(
            "service-account-owner",
            Text::new(
                format!("Odpowiadasz za konto usługowe: {name}"),
                format!("You answer for a service account: {name}"),
            ),
            Text::new(
                format!(
                    "Tak zdecydowała osoba: {by}. W swoim koncie, pod „Konta usługowe”, utworzysz jego tokeny. Dotychczasowe tokeny, jeśli były, już nie działają."
                ),
                format!(
                    "{by} decided that. In your account, under “Service accounts”, you can make its tokens. Tokens that there were before do not work any more."
                ),
            ),
            self.now(),
        );
        let id: Id<NoticeKind> = self.id();
        let doc = bare_doc(DocKind::Notice, *id.bytes(), 1, self.now(), Some(owner));
        put_doc(&self.0.vault, doc, &notice).map(Some)
    }
}

/// Whether one more may be active.
fn has_room(directory: &Directory) -> Result<()> {
    if directory.service_accounts(|account| account.active).len() < ACCOUNTS {
        return Ok(());
    }
    let text = Text::of(
        "Jest już 500 aktywnych kont usługowych. Zawieś te, których nikt nie używa.",
        "There are 500 active service accounts already. Suspend those that nobody uses.",
    );
    Err(Fault::new(FaultKind::Conflict, text))
}

fn owner_of(user: &User) -> UserId {
    user.doc.service.as_ref().map_or(UserId::NIL, identity::ServiceDoc::owner)
}

/// Whether this person answers for the account.
fn answers(account: &Profile, person: UserId) -> bool {
    account.service.as_ref().is_some_and(|service| service.owner() == person)
}

/// The right over this thing, unless it was not needed by whoever answers for the account.
fn by_right(caller: &Caller, account: &Profile, thing: Thing) -> Option<Thing> {
    (!answers(account, caller.actor.user)).then_some(thing)
}
