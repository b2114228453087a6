//! Nobody, who costs what somebody does.

use crate::passwords::PasswordHash;
use crate::users::{NewUser, User, new_doc, write};
use kernel::{Fault, Lang, Result, RoleId, TeamId, Time, UserId};
use store::{Doc, DocWrite};
use vault::Vault;

/// The document of nobody, as long as a user's.
pub(crate) fn stand_in(vault: &Vault, now: Time, password: PasswordHash) -> Result<Doc> {
    let input = NewUser {
        login: "nobody@example.com".to_owned(),
        name: "Nobody Nowhere".to_owned(),
        email: "nobody@example.com".to_owned(),
        lang: Lang::Pl,
        team: TeamId::NIL,
        roles: vec![RoleId::NIL],
        partner: None,
    };
    let (doc, _) = new_doc(UserId::NIL, now, input, Some(password));
    match write(vault, now, User { doc, version: 1 })? {
        (_, DocWrite::Put(doc)) => Ok(doc),
        (_, DocWrite::Remove(..)) => Err(Fault::bug("a user's document that removes it")),
    }
}
