//! Roles that groups at providers give: what it means that a token has none, and whose roles no provider renews any more.

use super::finding::Finding;
use identity::{Account, Directory};
use kernel::{Result, RoleId, Text, UserId};
use server::{Config, SignOnConfig};
use std::collections::BTreeMap;
use store::{DocKind, Snapshot};
use vault::Vault;

/// Users that are named.
const NAMED: usize = 20;

/// Checks that need the data.
pub fn checks(config: &Config, view: &Snapshot, vault: &Vault) -> Result<Vec<Finding>> {
    let set = &config.sign_on;
    if set.check().is_err() {
        return Ok(Vec::new());
    }
    let accounts = view.docs(DocKind::Account)?;
    let accounts = accounts.iter().map(|doc| Account::open(vault, doc)).collect::<Result<Vec<_>>>()?;
    let mut found: Vec<Finding> = unspoken(set).into_iter().collect();
    let left = left(set, &accounts);
    if !left.is_empty() {
        let mut docs = view.docs(DocKind::Field)?;
        for kind in [DocKind::Partner, DocKind::Team, DocKind::Role, DocKind::User] {
            docs.extend(view.docs(kind)?);
        }
        found.extend(tell_left(&left, &Directory::of(docs, vault, 1)?));
    }
    Ok(found)
}

/// What a token without the claim of groups means, of each provider whose groups give roles.
fn unspoken(set: &SignOnConfig) -> Option<Finding> {
    let say = |kept: &str, none: &str| {
        let giving = set.providers.iter().filter(|p| !p.roles.is_empty());
        let means = |is_none| if is_none { none } else { kept };
        let said = giving.map(|p| format!("{} (no_groups): {}", p.name, means(p.no_groups.means_none())));
        said.collect::<Vec<_>>().join("; ")
    };
    let what = Text::new(
        format!("Token bez grup: {}.", say("role zostają, jakie były", "osoba nie należy do żadnej grupy")),
        format!("A token without groups: {}.", say("roles stay as they are", "its user is in none")),
    );
    set.providers.iter().any(|p| !p.roles.is_empty()).then(|| Finding::ok("sign-on-groups", what))
}

/// Roles that groups gave at a provider that the settings do not name, by user.
fn left(set: &SignOnConfig, accounts: &[Account]) -> BTreeMap<UserId, Vec<RoleId>> {
    let mut left: BTreeMap<UserId, Vec<RoleId>> = BTreeMap::new();
    let known = |issuer: &str| set.providers.iter().any(|p| p.issuer == issuer);
    for account in accounts.iter().filter(|a| !a.doc.given.is_empty() && !known(&a.doc.issuer)) {
        left.entry(account.doc.user).or_default().extend(&account.doc.given);
    }
    left
}

fn tell_left(left: &BTreeMap<UserId, Vec<RoleId>>, directory: &Directory) -> Option<Finding> {
    let whose = |(user, given): (&UserId, &Vec<RoleId>)| {
        let user = directory.users.get(user)?;
        let held = given.iter().filter(|role| user.roles.contains(role));
        let names: Vec<_> = held.filter_map(|r| Some(directory.policy.roles.get(r)?.name.as_str())).collect();
        (!names.is_empty()).then(|| format!("{} ({}: {})", user.name, user.login, names.join(", ")))
    };
    let all: Vec<String> = left.iter().filter_map(whose).collect();
    if all.is_empty() {
        return None;
    }
    let (some, more) = (all[..all.len().min(NAMED)].join("; "), all.len().saturating_sub(NAMED));
    let rest = |text: &str| if more == 0 { String::new() } else { format!("; {text} {more}") };
    Some(Finding::warning(
        "sign-on-left",
        Text::new(
            format!(
                "Role nadane przez grupy u dostawcy, którego nie ma już w ustawieniach, zostały: {some}{}.",
                rest("i jeszcze")
            ),
            format!(
                "Roles that were given by groups at a provider that is in the settings no more are still held: {some}{}.",
                rest("and more:")
            ),
        ),
        Text::of(
            "Żadne logowanie już ich nie odbierze. W Administracji, Użytkownicy odbierz role, których te osoby nie mają mieć, albo odłącz ich konta u tego dostawcy: role znikną razem z nimi.",
            "No sign-in takes them away any more. In Administration, Users take away the roles that these people are not to have, or unlink their accounts at that provider, which takes the roles along.",
        ),
    ))
}
