//! What an instance is to begin with.

use crate::instance::{FirstUser, New};
use identity::{NewUser, PRODUCT, check_new_user, weaknesses};
use kernel::{Fault, FieldIssue, TeamId, Text};

/// The first user, without roles.
pub fn administrator(new: &New, team: TeamId) -> NewUser {
    let FirstUser { login, name, email, lang, .. } = &new.admin;
    NewUser {
        login: login.clone(),
        name: name.clone(),
        email: email.clone(),
        lang: *lang,
        team,
        roles: Vec::new(),
    }
}

/// All that is wrong with what an instance is to begin with, so that it is told at once.
pub fn wrong(new: &New) -> Vec<FieldIssue> {
    let issue = |field: &str, code: &str, reason| FieldIssue {
        field: field.to_owned(),
        code: code.to_owned(),
        reason,
        example: None,
    };
    let mut wrong = match schema::name(&new.organisation) {
        Ok(name) if (1..=100).contains(&name.chars().count()) => Vec::new(),
        Ok(_) => {
            vec![issue("organisation", "malformed", Text::of("Od 1 do 100 znaków.", "1 to 100 characters."))]
        }
        Err(refused) => vec![issue("organisation", refused.code, refused.reason)],
    };
    wrong.extend(check_new_user(administrator(new, TeamId::NIL)));
    let mut setting = |name: &str, fault: Fault| wrong.push(issue(name, "malformed-setting", fault.message));
    if let Err(fault) = new.config.address() {
        setting("address", fault);
    }
    if let Err(fault) = new.config.relay() {
        setting("mail", fault);
    }
    let admin = &new.admin;
    let about = [&*admin.login, &*admin.name, &*admin.email, &*new.organisation, PRODUCT];
    match new.config.passwords.common() {
        Ok(common) => wrong.extend(weaknesses(&admin.password, &about, &common)),
        Err(fault) => setting("passwords.list", fault),
    }
    wrong
}
