//! Roles that groups at a provider give: as the provider says at each sign-in, unless it does not say.

use crate::Engine;
use crate::others::Administering;
use crate::sign_on::Unvouched;
use access::{Thing, Verb};
use identity::{Account, AccountDoc, Client, ROLES, User, UserChange, put_account, tell_once, update_user};
use kernel::{Fault, FaultKind, Result, RoleId, Text, UserId};
use ledger::{Act, Event};
use oidc::{Claims, Settings};
use serde_json::json;
use store::{Batch, DocWrite};

/// Why it is not known which roles groups give.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Unknown {
    /// The token does not speak of groups.
    Groups,
    /// The settings give a role that does not exist.
    Role(String),
    /// The settings give more roles than a user may have.
    TooMany,
}

impl Unknown {
    const fn reason(&self) -> &'static str {
        match self {
            Self::Groups => "no-groups",
            Self::Role(_) => "no-role",
            Self::TooMany => "too-many-roles",
        }
    }

    /// Of what administrators are told once: of a role that is missing, whosever it would be; otherwise of each user.
    fn once(&self, settings: &Settings, user: &User) -> String {
        let issuer = &settings.issuer;
        match self {
            Self::Role(_) => format!("{issuer}\n{self:?}"),
            Self::Groups | Self::TooMany => format!("{issuer}\n{self:?}\n{}", user.doc.id),
        }
    }

    /// What administrators are told, once.
    fn told(&self, settings: &Settings, user: &User) -> (Text, Text) {
        let (label, claim, name) = (&settings.label, &settings.groups_claim, &user.doc.name);
        let whose = if matches!(self, Self::Role(_)) { label } else { name };
        let title = Text::new(
            format!("Role z grup bez zmian: {whose}"),
            format!("Roles of groups stay as they are: {whose}"),
        );
        let body = match self {
            Self::Groups => Text::new(
                format!(
                    "{label} nie przysłał grup (pola „{claim}”), od których zależą role, więc role tej osoby ({name}) zostają takie, jakie były. Jeśli nie ma ich już mieć, odbierz je w Administracji. Niech dostawca znów przysyła grupy albo popraw groups_claim i scopes w [[sign_on.providers]]; jeśli pomija je u tych, którzy nie są w żadnej (tak robi Keycloak), ustaw tam no_groups = \"none\"."
                ),
                format!(
                    "{label} did not send the groups (“{claim}”) that roles depend on, so the roles of {name} stay as they were. If they are not to have them any more, take them away in Administration. Have the provider send groups again, or mend groups_claim and scopes in [[sign_on.providers]]; if it leaves them out for whoever is in none (Keycloak does), set no_groups = \"none\" there."
                ),
            ),
            Self::TooMany => Text::new(
                format!(
                    "Grupy u dostawcy ({label}) dają tej osobie ({name}) razem z rolami nadanymi tutaj więcej niż 32 role, więc żadna nie doszła. Zmniejsz liczbę ról w roles w [[sign_on.providers]] albo odbierz tej osobie role nadane tutaj."
                ),
                format!(
                    "With the roles given here, groups at the provider ({label}) give {name} more than 32 roles, so none was added. Have roles in [[sign_on.providers]] give fewer, or take away some that were given here."
                ),
            ),
            Self::Role(role) => Text::new(
                format!(
                    "Ustawienia logowania ({label}) dają rolę „{role}”, której nie ma, więc role osób z tej grupy zostają takie, jakie były. Popraw roles w [[sign_on.providers]] albo utwórz tę rolę."
                ),
                format!(
                    "The settings of the sign-in ({label}) give the role “{role}”, which does not exist, so the roles of people in that group stay as they were. Mend roles in [[sign_on.providers]], or make that role."
                ),
            ),
        };
        (title, body)
    }
}

impl Engine {
    /// Roles that the settings give for these groups.
    pub(crate) fn roles_of_groups(
        &self,
        settings: &Settings,
        groups: Option<&[String]>,
    ) -> std::result::Result<Vec<RoleId>, Unknown> {
        if settings.roles.is_empty() {
            return Ok(Vec::new());
        }
        let policy = self.policy();
        let by_name = |name: &String| {
            let found = policy.roles.values().find(|r| r.name == *name).map(|r| r.id);
            found.ok_or_else(|| Unknown::Role(name.clone()))
        };
        let groups = groups.ok_or(Unknown::Groups)?;
        let names = groups.iter().filter_map(|g| settings.roles.get(g)).flatten();
        let mut roles = names.map(by_name).collect::<std::result::Result<Vec<_>, _>>()?;
        roles.sort_unstable();
        roles.dedup();
        Ok(roles)
    }

    /// Gives and takes what only groups gave: roles that an administrator gave stay, and so does the one by which the
    /// last administrator manages users.
    pub(crate) async fn renew_roles(
        &self,
        settings: &Settings,
        claims: &Claims,
        account: Account,
        client: &Client,
        held: &Administering<'_>,
    ) -> std::result::Result<UserId, Unvouched> {
        let user = self.stored_user(account.doc.user).await?;
        if !user.doc.may_act(self.now()) {
            return Err(Unvouched::new(user.doc.gone(self.now()), suspended()));
        }
        // Of a partner's user no group makes one of the house.
        if user.doc.partner.is_some() {
            return Ok(user.doc.id);
        }
        let roles = match self.roles_of_groups(settings, claims.groups.as_deref()) {
            Ok(roles) => roles,
            Err(unknown) => {
                self.roles_stay(settings, &user, &unknown, client).await?;
                return Ok(user.doc.id);
            }
        };
        let by_hand: Vec<RoleId> =
            user.doc.roles.iter().filter(|r| !account.doc.given.contains(r)).copied().collect();
        let mut given: Vec<RoleId> = roles.into_iter().filter(|r| !by_hand.contains(r)).collect();
        if by_hand.len() + given.len() > ROLES {
            self.roles_stay(settings, &user, &Unknown::TooMany, client).await?;
            // What groups take goes all the same.
            given.retain(|r| account.doc.given.contains(r) && user.doc.roles.contains(r));
        }
        // What may not be held together with another role, no group gives: of such a pair the one that was there stays.
        given = self.directory().without_conflicts(&user.doc.roles, &by_hand, &given);
        let kept = self.kept_by_the_last(&user, &account, [&by_hand, &given]).await?;
        given.extend(&kept);
        given.sort_unstable();
        if given == account.doc.given && given.iter().all(|r| user.doc.roles.contains(r)) {
            return Ok(user.doc.id);
        }
        let all: Vec<RoleId> = by_hand.into_iter().chain(given.iter().copied()).collect();
        let change = UserChange { roles: Some(all), ..UserChange::default() };
        let (next, write, _) = update_user(&self.0.vault, self.now(), &user, change)?;
        let about = json!({
            "user": user.doc.id, "provider": account.doc.provider, "roles": [user.doc.roles, next.doc.roles],
            "kept": kept, "labels": self.labels_of_changed(&user.doc.roles, &next.doc.roles),
        });
        let mut batch = Batch::new(self.vouched_event(Act::SignOnRoles, about, client)?);
        let doc = AccountDoc { given, ..account.doc };
        batch.docs.extend([write, put_account(&self.0.vault, self.now(), &doc, account.version)?]);
        if !kept.is_empty() {
            let (docs, events) = self.tell_of_kept(settings, &user).await?;
            batch.docs.extend(docs);
            batch.more_events.extend(events);
        }
        let _receipt = self.commit_admin(batch, held).await?;
        Ok(next.doc.id)
    }

    /// What groups no longer give, and whoever manages users or roles last keeps.
    async fn kept_by_the_last(
        &self,
        user: &User,
        account: &Account,
        [by_hand, given]: [&[RoleId]; 2],
    ) -> Result<Vec<RoleId>> {
        let mut kept = Vec::new();
        for thing in [Thing::Users, Thing::Roles] {
            if by_hand.iter().chain(given).any(|r| self.manages(*r, thing)) {
                continue;
            }
            let held = |r: &&RoleId| user.doc.roles.contains(r) && self.manages(**r, thing);
            let giving: Vec<RoleId> = account.doc.given.iter().filter(held).copied().collect();
            let helps = || thing == Thing::Users && self.0.identity.helper() == Some(user.doc.id);
            if !giving.is_empty() && (helps() || self.manages_last(user.doc.id, thing).await?) {
                kept.extend(giving);
            }
        }
        kept.sort_unstable();
        kept.dedup();
        Ok(kept)
    }

    /// Writes down that roles stay, and tells administrators of it once.
    async fn roles_stay(
        &self,
        settings: &Settings,
        user: &User,
        unknown: &Unknown,
        client: &Client,
    ) -> Result<()> {
        let about = json!({
            "user": user.doc.id, "provider": settings.name, "reason": unknown.reason(),
            "roles": [user.doc.roles, user.doc.roles],
        });
        let mut batch = Batch::new(self.vouched_event(Act::SignOnRoles, about, client)?);
        let (title, body) = unknown.told(settings, user);
        let about = unknown.once(settings, user);
        let (docs, events) = self.tell_administrators_once("sign-on-groups", &about, title, body).await?;
        batch.docs = docs;
        batch.more_events.extend(events);
        match self.0.store.commit(batch).await {
            // Another server told the same at that moment.
            Err(fault) if fault.kind == FaultKind::Conflict => {
                self.roles_stay_told(settings, user, client).await
            }
            done => done.map(drop),
        }
    }

    async fn roles_stay_told(&self, settings: &Settings, user: &User, client: &Client) -> Result<()> {
        let about = json!({ "user": user.doc.id, "provider": settings.name, "reason": "told-elsewhere" });
        let event = self.vouched_event(Act::SignOnRoles, about, client)?;
        self.receipt(event).await.map(drop)
    }

    async fn tell_of_kept(&self, settings: &Settings, user: &User) -> Result<(Vec<DocWrite>, Option<Event>)> {
        let (label, name) = (&settings.label, &user.doc.name);
        let title = Text::new(
            format!("Rola administratora zachowana: {name}"),
            format!("The role of an administrator was kept: {name}"),
        );
        let body = Text::new(
            format!(
                "Grupy u dostawcy ({label}) nie dają już tej osobie roli, która pozwala zarządzać użytkownikami lub rolami, ale nikt inny nie mógłby tego robić. Rola została. Nadaj ją komuś jeszcze; wtedy przy następnym logowaniu grupy ją odbiorą."
            ),
            format!(
                "Groups at the provider ({label}) no longer give this person a role that manages users or roles, but nobody else could do so. The role was kept. Give it to somebody else too; then groups take it at the next sign-in."
            ),
        );
        self.tell_administrators_once("sign-on-last", &user.doc.id.to_string(), title, body).await
    }

    /// Tells all who manage users, but those who were told the same before and still have it.
    async fn tell_administrators_once(
        &self,
        code: &str,
        about: &str,
        title: Text,
        body: Text,
    ) -> Result<(Vec<DocWrite>, Option<Event>)> {
        let administrators = self.directory().holders(Thing::Users, Verb::Manage, self.now());
        let inner = &self.0;
        let docs =
            tell_once(&inner.store, &inner.vault, self.now(), (&administrators, code, about), title, body)
                .await?;
        if docs.is_empty() {
            return Ok((docs, None));
        }
        let mut event = self.system_event(Act::NoticeCreate);
        self.set_detail(&mut event, &json!({ "code": code, "count": docs.len() }))?;
        Ok((docs, Some(event)))
    }
}

const fn suspended() -> Fault {
    let text = Text::of(
        "To konto jest zawieszone. Zwróć się do administratora.",
        "This account is suspended. Turn to an administrator.",
    );
    Fault::new(FaultKind::Unauthenticated, text)
}
