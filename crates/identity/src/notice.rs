//! Notifications to users.

use crate::event::Source;
use crate::login::AGENT_CHARS;
use crate::seal::{bare_doc, put_doc};
use crate::text::cut;
use crate::{Client, Directory};
use access::{Thing, Verb};
use kernel::{Id, Kind, Result, Text, Time, UserId};
use serde::{Deserialize, Serialize};
use store::{DocKind, DocWrite};

/// Label of notices' ids.
pub enum NoticeKind {}
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

/// Code of what is told of a lock.
pub const LOCKED: &str = "login-locked";

/// The attempt that came to a lock.
pub struct Tried<'a> {
    /// The name that was typed.
    pub login: &'a str,
    /// Where it came from.
    pub client: &'a Client,
    /// Whether it came from a browser or session that is known to be the user's.
    pub known: bool,
}

/// Tells the user and every other active administrator that sign-in is locked, with where the last attempt
/// came from and when.
pub fn locked(
    source: &Source<'_>,
    directory: &Directory,
    user: UserId,
    until: Time,
    tried: &Tried<'_>,
) -> Result<Vec<DocWrite>> {
    let now = source.clock.now();
    let notice = |title, body| NoticeDoc { code: LOCKED.to_owned(), title, body, at: now, read_at: None };
    let (where_from, until) = (where_from(tried, now), until.rfc3339());
    let name = directory.user_name(user);
    let whom = notice(
        Text::new(format!("Zablokowane logowanie: {name}"), format!("Sign-in locked: {name}")),
        Text::new(
            format!(
                "Po kolejnych nieudanych próbach logowanie {} jest zablokowane do {until}. {} Jeśli to nie pomyłka tej osoby, ktoś zgaduje jej hasło: pozostałe próby są w dzienniku zdarzeń.",
                if tried.known {
                    "z jednej z jej przeglądarek lub sesji"
                } else {
                    "na to konto z nieznanych przeglądarek"
                },
                where_from.pl,
            ),
            format!(
                "After repeated failures, sign-in {} is locked until {until}. {} Unless the person mistyped, somebody is guessing the password: the other attempts are in the ledger.",
                if tried.known {
                    "from one of this person's browsers or sessions"
                } else {
                    "to this account from unknown browsers"
                },
                where_from.en,
            ),
        ),
    );
    let own = notice(
        Text::of("Ktoś próbował zalogować się na Twoje konto", "Somebody tried to sign in to your account"),
        Text::new(
            format!(
                "Po kolejnych błędnych hasłach logowanie {} jest zablokowane do {until}. {} Jeśli to nie Ty, nie musisz nic robić, o ile nikt nie zna Twojego hasła; w razie wątpliwości je zmień.",
                if tried.known {
                    "z jednej z Twoich przeglądarek lub sesji"
                } else {
                    "z przeglądarek, w których się jeszcze nie logowano,"
                },
                where_from.pl,
            ),
            format!(
                "After repeated wrong passwords, sign-in {} is locked until {until}. {} If that was not you, there is nothing to do unless somebody knows your password; change it if in doubt.",
                if tried.known {
                    "from one of your browsers or sessions"
                } else {
                    "from browsers that you have not signed in with"
                },
                where_from.en,
            ),
        ),
    );
    let doc = |(to, notice): (UserId, &NoticeDoc)| {
        let id: Id<NoticeKind> = source.ids.next(source.clock, source.random);
        put_doc(source.vault, bare_doc(DocKind::Notice, *id.bytes(), 1, now, Some(to)), notice)
    };
    let others = directory.holders(Thing::Users, Verb::Manage).into_iter().filter(|admin| *admin != user);
    others.map(|admin| (admin, &whom)).chain([(user, &own)]).map(doc).collect()
}

/// When and where the last attempt came from, as a sentence.
fn where_from(tried: &Tried<'_>, now: Time) -> Text {
    let (at, network) = (now.rfc3339(), tried.client.network);
    match cut(&tried.client.agent, AGENT_CHARS) {
        agent if agent.trim().is_empty() => Text::new(
            format!("Ostatnia próba: {at}, z adresu {network}, program się nie przedstawił."),
            format!("The last attempt: {at}, from {network}, by a program that did not say what it is."),
        ),
        agent => Text::new(
            format!("Ostatnia próba: {at}, z adresu {network}, program przedstawił się jako: {agent}."),
            format!("The last attempt: {at}, from {network}, by a program that called itself: {agent}."),
        ),
    }
}
