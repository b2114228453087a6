//! Single sign-on: whom a provider vouches for, and who is made a user by that.

use crate::links::TRIES;
use crate::others::Administering;
use crate::things_used::over;
use crate::{Caller, Engine, Masked, Released};
use access::{Thing, Verb};
use identity::{
    AccountDoc, Client, NewUser, Purpose, account_id, check_new_user, create_user, find_account, find_link,
    no_link, put_account,
};
use kernel::{Fault, FaultKind, FieldIssue, Lang, Result, RoleId, TeamId, Text, UserId, limits};
use ledger::{Act, Event, Outcome, Who};
use oidc::{Claims, Settings};
use serde_json::{Value, json};
use store::Batch;

/// Why nobody is signed in by what a provider vouched for.
pub(crate) struct Unvouched {
    /// A stable reason in kebab case, for the ledger.
    reason: &'static str,
    /// Whose the account is, if it is somebody's.
    user: Option<UserId>,
    fault: Box<Fault>,
}

impl Unvouched {
    pub(crate) fn new(reason: &'static str, fault: Fault) -> Self {
        Self { reason, user: None, fault: Box::new(fault) }
    }

    pub(crate) fn of(self, user: UserId) -> Self {
        Self { user: Some(user), ..self }
    }
}

impl From<Fault> for Unvouched {
    fn from(fault: Fault) -> Self {
        Self::new(fault.kind.code(), fault)
    }
}

/// Whom a provider vouched for, or as far as that is known.
#[derive(Clone, Copy, Default)]
pub struct Vouched<'a> {
    /// Issuer and subject.
    pub account: Option<(&'a str, &'a str)>,
    /// Whose the account is.
    pub user: Option<UserId>,
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
        for last in (0..TRIES).rev() {
            match self.vouched(settings, claims, invitation, client).await {
                Ok(user) => return Ok(user),
                // Another server changed users or roles at that moment: what the provider said can be asked for no more.
                Err(Unvouched { fault, .. }) if last > 0 && fault.kind == FaultKind::Stale => {}
                Err(Unvouched { reason, user, fault }) => {
                    let whom = Vouched { account: Some((&settings.issuer, &claims.subject)), user };
                    self.sign_on_refused(&settings.name, reason, whom, client).await?;
                    return Err(*fault);
                }
            }
        }
        Err(Fault::bug("a sign-in that was neither done nor refused"))
    }

    /// As [`Engine::vouched_user`], where it is to be this user who is vouched for. Nothing is linked, and nobody is made.
    ///
    /// # Errors
    /// Unauthenticated if the account is another's or nobody's, which is written down.
    pub async fn vouched_again(
        &self,
        settings: &Settings,
        claims: &Claims,
        user: UserId,
        client: &Client,
    ) -> Result<()> {
        let (inner, issuer, subject) = (&self.0, &settings.issuer, &claims.subject);
        let account = find_account(&inner.store, &inner.vault, issuer, subject).await?;
        let whose = account.map(|account| account.doc.user);
        if whose == Some(user) {
            return self.vouched_user(settings, claims, None, client).await.map(drop);
        }
        let whom = Vouched { account: Some((issuer, subject)), user: whose };
        self.sign_on_refused(&settings.name, "another-user", whom, client).await?;
        let label = &settings.label;
        Err(Fault::new(
            FaultKind::Unauthenticated,
            Text::new(
                format!(
                    "{label}: zalogowano się tam na konto, które nie jest połączone z Twoim. Tu nic się nie zmieniło. Potwierdź jeszcze raz, własnym kontem."
                ),
                format!(
                    "{label}: the account that was signed in there is not linked to yours. Nothing has changed here. Confirm again, with your own account."
                ),
            ),
        ))
    }

    async fn vouched(
        &self,
        settings: &Settings,
        claims: &Claims,
        invitation: Option<&str>,
        client: &Client,
    ) -> std::result::Result<UserId, Unvouched> {
        let held = self.administer().await?;
        let inner = &self.0;
        let account = find_account(&inner.store, &inner.vault, &settings.issuer, &claims.subject).await?;
        match (account, invitation) {
            (Some(account), _) => {
                let user = account.doc.user;
                let renewed = self.renew_roles(settings, claims, account, client, &held).await;
                renewed.map_err(|unvouched| unvouched.of(user))
            }
            (None, Some(secret)) => self.link_by_invitation(settings, claims, secret, client, &held).await,
            (None, None) => match &settings.create_users_in {
                Some(team) => {
                    let (team, roles) = self.to_make(settings, claims, team)?;
                    self.make_vouched(settings, claims, (team, roles), client, &held).await
                }
                None => Err(Unvouched::new("no-user", nobody(&settings.label))),
            },
        }
    }

    /// Writes down that nobody was signed in by a provider's answer, and whom it was about: a user by id, anybody else
    /// by the issuer and a keyed hash, which is the account's id once it is somebody's.
    ///
    /// # Errors
    /// Storage's.
    pub async fn sign_on_refused(
        &self,
        provider: &str,
        reason: &str,
        whom: Vouched<'_>,
        client: &Client,
    ) -> Result<()> {
        let event =
            Event { who: Who::Nobody, outcome: Outcome::Refused, ..self.system_event(Act::SignOnRefuse) };
        let mut about = json!({ "provider": provider, "reason": reason });
        match whom {
            Vouched { user: Some(user), .. } => about["user"] = json!(user),
            Vouched { account: Some((issuer, subject)), .. } => {
                about["issuer"] = issuer.into();
                about["account"] = json!(account_id(&self.0.vault, issuer, subject));
            }
            Vouched { .. } => {}
        }
        let event = self.by_client(event, about, client)?;
        self.receipt(event).await.map(drop)
    }

    /// The team and the roles of somebody who is to be made a user.
    fn to_make(
        &self,
        settings: &Settings,
        claims: &Claims,
        team: &str,
    ) -> std::result::Result<(TeamId, Vec<RoleId>), Unvouched> {
        let groups = claims.groups.as_deref().unwrap_or_default();
        let of_group = |wanted: &String| groups.contains(wanted);
        let verified = claims.email_verified.unwrap_or(settings.trust_email);
        let refused = |reason| Err(Unvouched::new(reason, nobody(&settings.label)));
        if !settings.create_users_groups.is_empty() && !settings.create_users_groups.iter().any(of_group) {
            return refused("not-in-group");
        }
        match &claims.email {
            Some(email) if !settings.takes_domain(email) => return refused("other-domain"),
            Some(_) if verified => {}
            Some(_) => return refused("unverified-address"),
            None => return refused("no-address"),
        }
        let found = self.policy().teams.values().find(|t| t.name == *team).map(|t| t.id);
        let Some(found) = found else { return Err(Unvouched::new("no-team", wrong_settings(settings))) };
        match self.roles_of_groups(settings, Some(groups)) {
            Ok(roles) => Ok((found, self.directory().without_conflicts(&[], &[], &roles))),
            Err(_) => Err(Unvouched::new("no-role", wrong_settings(settings))),
        }
    }

    pub(crate) fn vouched_event(&self, act: Act, about: Value, client: &Client) -> Result<Event> {
        self.by_client(self.system_event(act), about, client)
    }

    async fn link_by_invitation(
        &self,
        settings: &Settings,
        claims: &Claims,
        secret: &str,
        client: &Client,
        held: &Administering<'_>,
    ) -> std::result::Result<UserId, Unvouched> {
        let inner = &self.0;
        let link = find_link(&inner.store, &inner.vault, secret).await?;
        let user = self.stored_user(link.doc.user).await?;
        if link.doc.purpose != Purpose::Invitation || !link.doc.is_good(&user, self.now()) {
            return Err(Unvouched::new("invitation", no_link()).of(user.doc.id));
        }
        if let Err(fault) = self.takes_an_account(user.doc.id).await {
            return Err(match fault.kind {
                FaultKind::Conflict => Unvouched::new("too-many-accounts", fault).of(user.doc.id),
                _ => fault.into(),
            });
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
        (team, roles): (TeamId, Vec<RoleId>),
        client: &Client,
        held: &Administering<'_>,
    ) -> std::result::Result<UserId, Unvouched> {
        let inner = &self.0;
        let input = new_user(settings, claims, (team, &roles))?;
        // What is for when no provider works is nobody's there.
        if inner.identity.is_emergency(&input.login) {
            return Err(Unvouched::new("emergency-name", nobody(&settings.label)));
        }
        let id: UserId = self.id();
        let (user, write) = create_user(&inner.vault, id, self.now(), input, None)?;
        let about = json!({
            "user": id, "team": team, "roles": user.doc.roles, "labels": self.labels_of(&user.doc.roles),
            "provider": settings.name,
        });
        let mut batch = Batch::new(self.vouched_event(Act::UserCreate, about, client)?);
        let linked = json!({ "user": id, "provider": settings.name, "by": "first-sign-in" });
        batch.more_events.push(self.vouched_event(Act::SignOnLink, linked, client)?);
        let doc = self.account_doc(settings, id, &claims.subject, roles);
        batch.docs.extend([write, put_account(&inner.vault, self.now(), &doc, 0)?]);
        match self.commit_admin(batch, held).await {
            Ok(_) => Ok(id),
            Err(fault) if fault.kind == FaultKind::Conflict => {
                // Made at that moment by another server, or in another browser: then there is an account.
                let found =
                    find_account(&inner.store, &inner.vault, &settings.issuer, &claims.subject).await?;
                Err(match found {
                    Some(_) => Fault::new(FaultKind::Stale, fault.message).into(),
                    // Whose name it is already, is not who that provider vouches for until somebody says so.
                    None => Unvouched::new("name-taken", nobody(&settings.label)),
                })
            }
            Err(fault) => Err(fault.into()),
        }
    }

    pub(crate) fn account_doc(
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
        let receipt = self.receipt(over(Thing::Users, self.event(caller, Act::SignOnList))).await?;
        Ok(Masked::new(view).release(&receipt))
    }
}

/// Somebody who is to be made a user, under the first name that can be one here: the provider's, or that of the address.
fn new_user(
    settings: &Settings,
    claims: &Claims,
    (team, roles): (TeamId, &[RoleId]),
) -> std::result::Result<NewUser, Unvouched> {
    let Some(email) = &claims.email else {
        return Err(Unvouched::new("no-address", nobody(&settings.label)));
    };
    // A name that nobody could give here is not the provider's to give either.
    let named = |name: &String| {
        schema::name(name).is_ok_and(|name| (1..=limits::TEXT_CHARS).contains(&name.chars().count()))
    };
    let local = email.split_once('@').map_or("", |(local, _)| local);
    let made = [claims.login.as_ref().unwrap_or(email).as_str(), local].map(|login| {
        let input = NewUser {
            login: login.to_owned(),
            name: claims.name.clone().filter(named).unwrap_or_else(|| login.to_owned()),
            email: email.clone(),
            lang: Lang::default(),
            team,
            roles: roles.to_vec(),
            partner: None,
        };
        (check_new_user(input.clone()), input)
    });
    let has = |issues: &[FieldIssue], field: &str| issues.iter().any(|issue| issue.field == field);
    let Some((issues, input)) = made.into_iter().find(|(issues, _)| !has(issues, "login")) else {
        return Err(Unvouched::new("unfit-name", unfit(settings, &UNFIT_NAME)));
    };
    if has(&issues, "email") {
        return Err(Unvouched::new("unfit-address", unfit(settings, &UNFIT_ADDRESS)));
    }
    if has(&issues, "roles") {
        return Err(Unvouched::new("too-many-roles", unfit(settings, &UNFIT_ROLES)));
    }
    Ok(input)
}

const UNFIT_NAME: Text = Text::of(
    "ani preferred_username, ani część adresu e-mail przed @ nie może być tu loginem (od 3 do 100 znaków: litery bez znaków diakrytycznych, cyfry oraz . _ - @ +)",
    "neither preferred_username nor the part of the e-mail address before the @ can be a username here (3 to 100 characters: letters without diacritics, digits and . _ - @ +)",
);
const UNFIT_ADDRESS: Text =
    Text::of("to, co przysłano jako email, nie jest adresem", "what came as email is not an address");
const UNFIT_ROLES: Text = Text::of("grupy dają więcej niż 32 role", "the groups give more than 32 roles");

/// Of what a provider says that does not fit here: whoever signs in can only tell somebody.
fn unfit(settings: &Settings, why: &Text) -> Fault {
    let label = &settings.label;
    let text = Text::new(
        format!(
            "Nie można utworzyć Twojego konta ({label}): {}. Powiedz o tym administratorowi albo poproś go o zaproszenie.",
            why.pl
        ),
        format!(
            "Your account cannot be made ({label}): {}. Tell an administrator, or ask for an invitation.",
            why.en
        ),
    );
    Fault::new(FaultKind::Unauthenticated, text)
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

/// Of settings that name what is not there: whoever signs in can do nothing about it.
fn wrong_settings(settings: &Settings) -> Fault {
    let label = &settings.label;
    let text = Text::new(
        format!(
            "Nie można utworzyć Twojego konta: ustawienia logowania ({label}) wymieniają zespół albo rolę, których nie ma. Powiedz o tym administratorowi."
        ),
        format!(
            "Your account cannot be made: the settings of the sign-in ({label}) name a team or a role that does not exist. Tell an administrator."
        ),
    );
    Fault::new(FaultKind::Unauthenticated, text)
}
