//! Users: their documents, and the writes that make and change them. Whether the caller may do so is
//! decided before; the batch and its event are the caller's.

use crate::factor::FactorCount;
use crate::leaving_date::leaves_at;
use crate::partners::of_the_house;
use crate::passwords::PasswordHash;
use crate::seal::{bare_doc, open_doc, put_doc};
use crate::service_accounts::ServiceDoc;
use crate::text::{LOGIN_CHARS, issue, tidy_name};
use kernel::{Fault, FieldIssue, Lang, PartnerId, Result, RoleId, TeamId, Text, Time, UserId, limits};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use store::{Doc, DocKind, DocWrite};
use unicode_normalization::UnicodeNormalization;
use vault::Vault;

/// Roles of one user at most.
pub const ROLES: usize = 32;

/// The content of a user's document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserDoc {
    /// Id.
    pub id: UserId,
    /// Log-in name, folded.
    pub login: String,
    /// First name and surname.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Language of the interface.
    pub lang: Lang,
    /// Team.
    pub team: TeamId,
    /// Roles.
    pub roles: Vec<RoleId>,
    /// Suspended users may do nothing.
    pub active: bool,
    /// From then on the user may do nothing, if that is set: somebody who leaves.
    #[serde(default)]
    pub ends_at: Option<Time>,
    /// Hash of the password; without one nobody signs in.
    pub password: Option<PasswordHash>,
    /// Made when.
    pub created_at: Time,
    /// Password set when.
    pub password_at: Option<Time>,
    /// How many second factors there are.
    #[serde(default)]
    pub factors: FactorCount,
    /// Whether they were taken away after a loss, so that a new one comes before anything else.
    #[serde(default)]
    pub must_enrol: bool,
    /// Since when roles are held; one that is not named, since the user was made.
    #[serde(default)]
    pub roles_since: BTreeMap<RoleId, Time>,
    /// When somebody else last gave the user a password, or a link for one was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_at: Option<Time>,
    /// What makes it a service account; of a person, nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceDoc>,
    /// Of somebody who is of a partner organisation: which. That stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<PartnerId>,
}

impl UserDoc {
    /// Whether the user may do anything at this time.
    #[must_use]
    pub fn may_act(&self, now: Time) -> bool {
        self.active && self.ends_at.is_none_or(|end| now < end)
    }

    /// Why somebody who may not act may not, for the ledger. Whoever left is suspended soon after.
    #[must_use]
    pub fn gone(&self, now: Time) -> &'static str {
        if self.ends_at.is_some_and(|end| end <= now) { "left" } else { "suspended" }
    }
}

/// A user with the version of the document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct User {
    /// Content.
    pub doc: UserDoc,
    /// Version, for the next change.
    pub version: u64,
}

/// A user to be made.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    /// Log-in name.
    pub login: String,
    /// First name and surname.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Language of the interface.
    #[serde(default)]
    pub lang: Lang,
    /// Team; nil for somebody who is of a partner.
    pub team: TeamId,
    /// Roles; none for somebody who is of a partner.
    #[serde(default)]
    pub roles: Vec<RoleId>,
    /// Of somebody who is of a partner organisation: which.
    #[serde(default)]
    pub partner: Option<PartnerId>,
}

/// A change to a user; what is `None` stays.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UserChange {
    /// First name and surname.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Language of the interface.
    pub lang: Option<Lang>,
    /// Team.
    pub team: Option<TeamId>,
    /// Roles, all of them.
    pub roles: Option<Vec<RoleId>>,
    /// Whether the user may do anything.
    pub active: Option<bool>,
    /// From when on the user may do nothing any more (RFC 3339); `null` takes that back.
    #[serde(deserialize_with = "given")]
    pub ends_at: Option<Option<String>>,
}

/// What is named, be it `null`.
pub(crate) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> std::result::Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// A log-in name as it is compared: NFKC, lower case, no space around, cut.
#[must_use]
pub fn fold_login(login: &str) -> String {
    // Cut first, so that a long one costs nothing.
    let short: String = login.trim().chars().take(LOGIN_CHARS).collect();
    short.nfkc().collect::<String>().to_lowercase()
}

/// The key under which a user's document is found.
#[must_use]
pub fn login_key(vault: &Vault, login: &str) -> [u8; 32] {
    vault.mac("login", fold_login(login).as_bytes())
}

/// Opens a user's document.
///
/// # Errors
/// Corrupt if it is not this user's.
pub fn load_user(vault: &Vault, doc: &Doc) -> Result<User> {
    let content: UserDoc = open_doc(vault, doc)?;
    let right = *content.id.bytes() == doc.id && doc.key == Some(login_key(vault, &content.login));
    if !right {
        return Err(Fault::corrupt(format!("user {}: columns and content differ", hex::encode(doc.id))));
    }
    Ok(User { doc: content, version: doc.version })
}

/// Makes a user. The team and the roles must exist: see [`crate::Directory::check`].
///
/// # Errors
/// Invalid, field by field. That the log-in is taken shows when the batch commits.
pub fn create_user(
    vault: &Vault,
    id: UserId,
    now: Time,
    input: NewUser,
    password: Option<PasswordHash>,
) -> Result<(User, DocWrite)> {
    match new_doc(id, now, input, password) {
        (doc, issues) if issues.is_empty() => write(vault, now, User { doc, version: 1 }),
        (_, issues) => Err(Fault::fields(issues)),
    }
}

/// What is wrong with a user to be made, field by field.
#[must_use]
pub fn check_new_user(input: NewUser) -> Vec<FieldIssue> {
    new_doc(UserId::NIL, Time(0), input, None).1
}

pub(crate) fn new_doc(
    id: UserId,
    now: Time,
    input: NewUser,
    password: Option<PasswordHash>,
) -> (UserDoc, Vec<FieldIssue>) {
    let typed = input.login.trim().chars().count();
    let mut doc = UserDoc {
        id,
        login: fold_login(&input.login),
        name: input.name,
        email: input.email,
        lang: input.lang,
        team: input.team,
        roles: input.roles,
        active: true,
        ends_at: None,
        password_at: password.is_some().then_some(now),
        password,
        created_at: now,
        factors: FactorCount::default(),
        must_enrol: false,
        roles_since: BTreeMap::new(),
        given_at: None,
        service: None,
        partner: input.partner,
    };
    let mut issues = tidy(&mut doc, None);
    if typed > LOGIN_CHARS || !well_formed(&doc.login) {
        issues.push(issue(
            "login",
            "malformed-login",
            Text::of(
                "Login ma od 3 do 100 znaków: litery bez znaków diakrytycznych, cyfry oraz . _ - @ +",
                "A username has 3 to 100 characters: letters without diacritics, digits and . _ - @ +",
            ),
            "anna.kowalska",
        ));
    }
    (doc, issues)
}

/// Changes a user; says which fields are other than before. Without any, nothing is to be written.
///
/// # Errors
/// Invalid, field by field.
pub fn update_user(
    vault: &Vault,
    now: Time,
    current: &User,
    change: UserChange,
) -> Result<(User, DocWrite, Vec<&'static str>)> {
    let old = &current.doc;
    let mut doc = old.clone();
    doc.name = change.name.unwrap_or(doc.name);
    doc.email = change.email.unwrap_or(doc.email);
    doc.lang = change.lang.unwrap_or(doc.lang);
    doc.team = change.team.unwrap_or(doc.team);
    doc.roles = change.roles.unwrap_or(doc.roles);
    doc.active = change.active.unwrap_or(doc.active);
    let mut issues = tidy(&mut doc, Some(old));
    match change.ends_at {
        Some(Some(text)) => match leaves_at(&text, change.active, now) {
            Ok(end) => doc.ends_at = Some(end),
            Err((code, reason)) => issues.push(issue("ends_at", code, reason, "2027-01-31T16:00:00Z")),
        },
        Some(None) => doc.ends_at = None,
        // Whoever comes back does not leave again at once.
        None if change.active == Some(true) => doc.ends_at = doc.ends_at.filter(|end| now < *end),
        None => {}
    }
    if !issues.is_empty() {
        return Err(Fault::fields(issues));
    }
    doc.roles_since.retain(|role, _| doc.roles.contains(role));
    let new = doc.roles.iter().filter(|role| !old.roles.contains(role));
    doc.roles_since.extend(new.map(|role| (*role, now)));
    let changed = [
        ("name", doc.name != old.name),
        ("email", doc.email != old.email),
        ("lang", doc.lang != old.lang),
        ("team", doc.team != old.team),
        ("roles", doc.roles != old.roles),
        ("active", doc.active != old.active),
        ("ends_at", doc.ends_at != old.ends_at),
    ];
    let changed = changed.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect();
    let (user, put) = write(vault, now, User { doc, version: current.version + 1 })?;
    Ok((user, put, changed))
}

/// Gives a user a password that others may know: an administrator's, or one that a link led to; or takes it away. The
/// user's sessions are to end in the same batch: [`crate::Identity::commit_ending`].
///
/// # Errors
/// Those of sealing.
pub fn give_password(
    vault: &Vault,
    now: Time,
    current: &User,
    password: Option<PasswordHash>,
) -> Result<(User, DocWrite)> {
    let doc = UserDoc { given_at: Some(now), ..current.doc.clone() };
    set_password(vault, now, &User { doc, version: current.version }, password)
}

/// Notes that a user was given a way in that others may know, beside the password.
///
/// # Errors
/// Those of sealing.
pub fn give_way_in(vault: &Vault, now: Time, current: &User) -> Result<(User, DocWrite)> {
    let doc = UserDoc { given_at: Some(now), ..current.doc.clone() };
    write(vault, now, User { doc, version: current.version + 1 })
}

/// Gives a user another password, or none. The user's sessions are to end in the same batch:
/// [`crate::Identity::commit_ending`].
///
/// # Errors
/// Those of sealing.
pub(crate) fn set_password(
    vault: &Vault,
    now: Time,
    current: &User,
    password: Option<PasswordHash>,
) -> Result<(User, DocWrite)> {
    let mut doc = current.doc.clone();
    (doc.password, doc.password_at) = (password, Some(now));
    write(vault, now, User { doc, version: current.version + 1 })
}

/// Gives a user the same password under another hash.
pub(crate) fn renew_hash(
    vault: &Vault,
    now: Time,
    current: &User,
    password: PasswordHash,
) -> Result<(User, DocWrite)> {
    let mut doc = current.doc.clone();
    doc.password = Some(password);
    write(vault, now, User { doc, version: current.version + 1 })
}

/// Notes how many factors a user has from now on.
pub(crate) fn set_factors(
    vault: &Vault,
    now: Time,
    current: &User,
    factors: FactorCount,
    must_enrol: bool,
) -> Result<(User, DocWrite)> {
    let doc = UserDoc { factors, must_enrol, ..current.doc.clone() };
    write(vault, now, User { doc, version: current.version + 1 })
}

pub(crate) fn write(vault: &Vault, now: Time, user: User) -> Result<(User, DocWrite)> {
    let mut doc = bare_doc(DocKind::User, *user.doc.id.bytes(), user.version, now, Some(user.doc.id));
    doc.key = Some(login_key(vault, &user.doc.login));
    let put = put_doc(vault, doc, &user.doc)?;
    Ok((user, put))
}

fn well_formed(login: &str) -> bool {
    (3..=LOGIN_CHARS).contains(&login.len())
        && login.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-@+".contains(&b))
}

/// Trims and sorts what people typed; says what is wrong with it. A name and an address that were there before stay as
/// they are, so that their user can be suspended, or lose a role, all the same.
fn tidy(doc: &mut UserDoc, old: Option<&UserDoc>) -> Vec<FieldIssue> {
    let mut issues = Vec::new();
    if old.is_none_or(|old| old.name != doc.name) {
        let length =
            Text::of("Podaj imię i nazwisko, najwyżej 250 znaków.", "Give the name, at most 250 characters.");
        issues.extend(tidy_name(&mut doc.name, limits::TEXT_CHARS, length, "Anna Kowalska"));
    }
    match schema::email(&doc.email) {
        _ if old.is_some_and(|old| old.email == doc.email) => {}
        Ok(email) => doc.email = email,
        Err(_) => {
            let reason = Text::of("To nie jest adres e-mail.", "This is not an e-mail address.");
            issues.push(issue("email", "malformed-email", reason, "anna@example.pl"));
        }
    }
    doc.roles.sort_unstable();
    doc.roles.dedup();
    issues.extend(of_the_house(doc));
    if doc.roles.len() > ROLES {
        let reason = Text::of("Użytkownik ma najwyżej 32 role.", "A user has at most 32 roles.");
        issues.push(FieldIssue { field: "roles".into(), code: "too-many".into(), reason, example: None });
    }
    issues
}
