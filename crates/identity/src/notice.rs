//! Notifications to users.

use crate::Directory;
use crate::event::Source;
use crate::seal::{bare_doc, put_doc};
use access::{Thing, Verb};
use kernel::{Id, Kind, Result, Text, Time, UserId};
use serde::{Deserialize, Serialize};
use store::{DocKind, DocWrite};

/// Label of notices' ids.
enum NoticeKind {}
impl Kind for NoticeKind {
    const NAME: &'static str = "notification";
}

/// What a notification says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NoticeDoc {
    /// A stable code in kebab case, such as `login-locked`.
    pub code: String,
    /// Title.
    pub title: Text,
    /// What happened, and what to do.
    pub body: Text,
    /// When.
    pub at: Time,
    /// Seen by its user when.
    pub read_at: Option<Time>,
}

/// Tells every active administrator that somebody's sign-in is locked.
pub fn locked(
    source: &Source<'_>,
    directory: &Directory,
    user: UserId,
    until: Time,
) -> Result<Vec<DocWrite>> {
    let name = directory.user_name(user);
    let until = until.rfc3339();
    let now = source.clock.now();
    let notice = NoticeDoc {
        code: "login-locked".to_owned(),
        title: Text::new(format!("Zablokowane logowanie: {name}"), format!("Sign-in locked: {name}")),
        body: Text::new(
            format!(
                "Po kolejnych nieudanych próbach logowanie na to konto jest zablokowane do {until}. Jeśli to nie pomyłka tej osoby, ktoś zgaduje jej hasło: sprawdź w dzienniku zdarzeń, skąd przychodziły próby."
            ),
            format!(
                "After repeated failures, sign-in to this account is locked until {until}. Unless the person mistyped, somebody is guessing the password: see in the ledger where the attempts came from."
            ),
        ),
        at: now,
        read_at: None,
    };
    let administrators = directory.holders(Thing::Users, Verb::Manage);
    let doc = |admin| {
        let id: Id<NoticeKind> = source.ids.next(source.clock, source.random);
        put_doc(source.vault, bare_doc(DocKind::Notice, *id.bytes(), 1, now, Some(admin)), &notice)
    };
    administrators.into_iter().map(doc).collect()
}
