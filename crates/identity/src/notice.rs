//! Notifications to users.

use crate::event::Source;
use crate::place::Place;
use crate::seal::{bare_doc, put_doc};
use crate::{Client, Directory};
use access::{Thing, Verb};
use kernel::{GrantId, Id, Kind, RecordId, Result, Text, Time, UserId};
use schema::EntityCode;
use serde::{Deserialize, Serialize};
use store::{DocKind, DocWrite, Store};
use vault::Vault;

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
    /// Which user it is about, where something is to be done about that one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<UserId>,
    /// Which grant it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant: Option<NoticeGrant>,
    /// What a letter says in place of the body, where that quotes what strangers wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<Text>,
}

impl NoticeDoc {
    /// One that is not read yet, and about nothing that has a page of its own.
    #[must_use]
    pub fn new(code: &str, title: Text, body: Text, at: Time) -> Self {
        Self { code: code.to_owned(), title, body, at, read_at: None, about: None, grant: None, letter: None }
    }
}

/// The grant that a notification is about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NoticeGrant {
    /// Which grant.
    pub id: GrantId,
    /// Entity and id of the record that it is over, if it is over one.
    pub record: Option<(EntityCode, RecordId)>,
}

/// Notifications to those of some users who were not told the same before, which `code` and `about` say: one that is
/// still there is not told again.
///
/// # Errors
/// Storage's; those of sealing.
pub async fn tell_once(
    store: &Store,
    vault: &Vault,
    now: Time,
    (users, code, about): (&[UserId], &str, &str),
    title: Text,
    body: Text,
) -> Result<Vec<DocWrite>> {
    let notice = NoticeDoc::new(code, title, body, now);
    let mut docs = Vec::new();
    for user in users {
        let id = once_id(vault, *user, code, about);
        if store.doc(DocKind::Notice, id).await?.is_none() {
            docs.push(put_doc(vault, bare_doc(DocKind::Notice, id, 1, now, Some(*user)), &notice)?);
        }
    }
    Ok(docs)
}

/// The id of the only notification to a user that has this code and is about this.
#[must_use]
pub fn once_id(vault: &Vault, user: UserId, code: &str, about: &str) -> [u8; 16] {
    let mac = vault.mac("notice-once", &[user.bytes(), code.as_bytes(), b"\0", about.as_bytes()].concat());
    let mut id = [0; 16];
    id.copy_from_slice(&mac[..16]);
    id
}

/// Code of what is told of a lock.
pub const LOCKED: &str = "login-locked";

/// What was wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Guess {
    /// A password.
    Password,
    /// A code, after the right password.
    Code,
    /// A code, in an open session.
    CodeInSession,
}

impl Guess {
    /// As events say it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code | Self::CodeInSession => "code",
        }
    }
}

/// An attempt that failed.
pub struct Tried<'a> {
    /// The name that was typed.
    pub login: &'a str,
    /// Whose name it is.
    pub user: Option<UserId>,
    /// Where it came from.
    pub client: &'a Client,
    /// Whether it came from a browser or session that is known to be the user's.
    pub known: bool,
    /// What was wrong.
    pub guess: Guess,
    /// Why it was refused, as the event says it: whoever tried is not told.
    pub reason: &'static str,
}

/// Tells the user and every other active administrator that sign-in is locked, with where the last attempt
/// came from and when; `whence` says so in a letter.
pub fn locked(
    source: &Source<'_>,
    directory: &Directory,
    user: UserId,
    until: Time,
    tried: &Tried<'_>,
    (place, whence): (Option<Place>, &Text),
) -> Result<Vec<DocWrite>> {
    let now = source.clock.now();
    let notice = |(title, body)| NoticeDoc::new(LOCKED, title, body, now);
    let (where_from, until) = (where_from(source, tried, place), source.zone.moment(until));
    let whom = notice(to_others(tried, &directory.user_name(user), &until, &where_from));
    let last =
        Text::new(format!("Ostatnia próba: {}.", whence.pl), format!("The last attempt: {}.", whence.en));
    let letter = Some(to_user(tried, &until, &last).1);
    let own = NoticeDoc { letter, ..notice(to_user(tried, &until, &where_from)) };
    let doc = |(to, notice): (UserId, &NoticeDoc)| {
        let id: Id<NoticeKind> = source.ids.next(source.clock, source.random);
        put_doc(source.vault, bare_doc(DocKind::Notice, *id.bytes(), 1, now, Some(to)), notice)
    };
    let others =
        directory.holders(Thing::Users, Verb::Manage, now).into_iter().filter(|admin| *admin != user);
    others.map(|admin| (admin, &whom)).chain([(user, &own)]).map(doc).collect()
}

/// Title and text of what administrators are told.
fn to_others(tried: &Tried<'_>, name: &str, until: &Text, from: &Text) -> (Text, Text) {
    let what = match tried.guess {
        Guess::Password => Text::of(
            "Jeśli to nie pomyłka tej osoby, ktoś zgaduje jej hasło: pozostałe próby są w dzienniku zdarzeń.",
            "Unless the person mistyped, somebody is guessing the password: the other attempts are in the ledger.",
        ),
        Guess::Code => Text::of(
            "Błędne były kody, a hasło podano prawidłowe. Jeśli to nie pomyłka tej osoby, ktoś zna jej hasło: trzeba je zmienić. Pozostałe próby są w dzienniku zdarzeń.",
            "The codes were wrong, and the password was right. Unless the person mistyped, somebody knows the password: it has to be changed. The other attempts are in the ledger.",
        ),
        Guess::CodeInSession => Text::of(
            "Błędne kody wpisano w otwartej sesji tej osoby. Jeśli to nie jej pomyłka, ktoś korzysta z jej sesji: trzeba ją zakończyć i zmienić hasło. Pozostałe próby są w dzienniku zdarzeń.",
            "The wrong codes were typed in an open session of this person. Unless the person mistyped, somebody else uses it: it has to be ended, and the password changed. The other attempts are in the ledger.",
        ),
    };
    let whose = if tried.known {
        Text::of("z jednej z jej przeglądarek lub sesji", "from one of this person's browsers or sessions")
    } else {
        Text::of("na to konto z nieznanych przeglądarek", "to this account from unknown browsers")
    };
    let title = Text::new(format!("Zablokowane logowanie: {name}"), format!("Sign-in locked: {name}"));
    let body = Text::new(
        format!(
            "Po kolejnych nieudanych próbach logowanie {} jest zablokowane do {}. {} {}",
            whose.pl, until.pl, from.pl, what.pl
        ),
        format!(
            "After repeated failures, sign-in {} is locked until {}. {} {}",
            whose.en, until.en, from.en, what.en
        ),
    );
    (title, body)
}

/// Title and text of what the user is told.
fn to_user(tried: &Tried<'_>, until: &Text, from: &Text) -> (Text, Text) {
    let title = match tried.guess {
        Guess::Password => Text::of(
            "Ktoś próbował zalogować się na Twoje konto",
            "Somebody tried to sign in to your account",
        ),
        Guess::Code | Guess::CodeInSession => Text::of(
            "Zablokowane logowanie na Twoje konto po błędnych kodach",
            "Sign-in to your account is locked after wrong codes",
        ),
    };
    let failures = match tried.guess {
        Guess::Password => Text::of("błędnych hasłach", "passwords"),
        Guess::Code | Guess::CodeInSession => Text::of("błędnych kodach", "codes"),
    };
    let what = match tried.guess {
        Guess::Password => Text::of(
            "Jeśli to nie Ty, nie musisz nic robić, o ile nikt nie zna Twojego hasła; w razie wątpliwości je zmień.",
            "If that was not you, there is nothing to do unless somebody knows your password; change it if in doubt.",
        ),
        Guess::Code => Text::of(
            "Hasło podano prawidłowe. Jeśli to nie Ty, ktoś je zna: od razu je zmień.",
            "The password was right. If that was not you, somebody knows it: change it at once.",
        ),
        Guess::CodeInSession => Text::of(
            "Kody wpisano w Twojej otwartej sesji. Jeśli to nie Ty, ktoś z niej korzysta: zakończ wszystkie sesje i od razu zmień hasło.",
            "The codes were typed in an open session of yours. If that was not you, somebody else uses it: end all sessions, and change the password at once.",
        ),
    };
    let whose = if tried.known {
        Text::of("z jednej z Twoich przeglądarek lub sesji", "from one of your browsers or sessions")
    } else {
        Text::of(
            "z przeglądarek, w których się jeszcze nie logowano,",
            "from browsers that you have not signed in with",
        )
    };
    let body = Text::new(
        format!(
            "Po kolejnych {} logowanie {} jest zablokowane do {}. {} {}",
            failures.pl, whose.pl, until.pl, from.pl, what.pl
        ),
        format!(
            "After repeated wrong {}, sign-in {} is locked until {}. {} {}",
            failures.en, whose.en, until.en, from.en, what.en
        ),
    );
    (title, body)
}

/// When and where the last attempt came from, as a sentence.
fn where_from(source: &Source<'_>, tried: &Tried<'_>, place: Option<Place>) -> Text {
    let (at, network) = (source.zone.moment(source.clock.now()), tried.client.network);
    let behind = Place::behind(place, "");
    let at_pl = format!("Ostatnia próba: {}, z adresu {network}{}", at.pl, behind.pl);
    let at_en = format!("The last attempt: {}, from {network}{}", at.en, behind.en);
    match tried.client.name() {
        agent if agent.trim().is_empty() => Text::new(
            format!("{at_pl}, program się nie przedstawił."),
            format!("{at_en}, by a program that did not say what it is."),
        ),
        agent => Text::new(
            format!("{at_pl}, program przedstawił się jako: {agent}."),
            format!("{at_en}, by a program that called itself: {agent}."),
        ),
    }
}
