//! A change of a user's e-mail address that is under way: who said yes to it, and whose yes it waits for.

use crate::seal::{bare_doc, open_doc, put_doc};
use crate::users::User;
use kernel::{Result, Time, UserId};
use serde::{Deserialize, Serialize};
use store::{DocKind, DocWrite, Store};
use vault::Vault;

/// Who has to agree beside the two of them, where nobody reads mail at the address before.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Second {
    /// Another person who manages users.
    Awaited,
    /// One did.
    Agreed(UserId),
    /// There is none: the address before can refuse for a week after the change.
    Nobody,
}

/// What is known of the address before.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OldAddress {
    /// Mail never reached the user there, so nobody there is asked.
    Unconfirmed,
    /// Whoever reads mail there is asked.
    Awaited,
    /// It was confirmed from there.
    Confirmed,
    /// Somebody said that the user does not read mail there any more.
    Lost {
        /// Who.
        by: UserId,
        /// When.
        at: Time,
        /// Who else has to agree.
        second: Second,
    },
}

/// The content of its document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmailChangeDoc {
    /// Whose.
    pub user: UserId,
    /// The address before.
    pub from: String,
    /// The address to come; the same one where it is only to be confirmed.
    pub to: String,
    /// Who asked for it.
    pub asked_by: UserId,
    /// When.
    pub asked_at: Time,
    /// It comes to nothing from then on.
    pub ends_at: Time,
    /// When the password had been set: whoever sets another one ends the change.
    pub password_at: Option<Time>,
    /// How many were asked for before without one being made.
    pub unused: u32,
    /// Whether mail reached the user at the address to come.
    pub reached: bool,
    /// The address before.
    pub old: OldAddress,
}

impl EmailChangeDoc {
    /// Whether it still waits, as the user is now.
    #[must_use]
    pub fn is_open(&self, user: &User, now: Time) -> bool {
        let (doc, same) = (&user.doc, self.password_at == user.doc.password_at);
        same && self.user == doc.id && self.from == doc.email && doc.may_act(now) && now < self.ends_at
    }

    /// Whether all have said yes.
    #[must_use]
    pub const fn is_agreed(&self) -> bool {
        self.reached
            && match self.old {
                OldAddress::Unconfirmed | OldAddress::Confirmed => true,
                OldAddress::Awaited => false,
                OldAddress::Lost { second, .. } => !matches!(second, Second::Awaited),
            }
    }

    /// Whether whoever reads mail at the address before can still say yes.
    #[must_use]
    pub const fn asks_before(&self) -> bool {
        matches!(self.old, OldAddress::Awaited | OldAddress::Lost { second: Second::Awaited, .. })
    }
}

/// A change with the version of its document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EmailChange {
    /// Content.
    pub doc: EmailChangeDoc,
    version: u64,
}

impl EmailChange {
    /// Takes it away: stale if it changed meanwhile.
    #[must_use]
    pub const fn removal(&self) -> DocWrite {
        DocWrite::Remove(DocKind::EmailChange, *self.doc.user.bytes(), self.version)
    }
}

/// What is or was under way of a user, if anything.
///
/// # Errors
/// Storage's; corrupt if it was altered or moved.
pub async fn email_change(store: &Store, vault: &Vault, user: UserId) -> Result<Option<EmailChange>> {
    let Some(doc) = store.doc(DocKind::EmailChange, *user.bytes()).await? else { return Ok(None) };
    let version = doc.version;
    Ok(Some(EmailChange { doc: open_doc(vault, &doc)?, version }))
}

/// Keeps a change, in place of the one that was there.
///
/// # Errors
/// Those of sealing.
pub fn put_email_change(
    vault: &Vault,
    now: Time,
    content: &EmailChangeDoc,
    before: Option<&EmailChange>,
) -> Result<DocWrite> {
    let version = before.map_or(0, |change| change.version) + 1;
    let doc = bare_doc(DocKind::EmailChange, *content.user.bytes(), version, now, Some(content.user));
    put_doc(vault, doc, content)
}
