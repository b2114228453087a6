//! Telling users that what they sign in with, or are reached at, was changed.

use crate::notice::NoticeKind;
use crate::seal::{bare_doc, put_doc};
use crate::{Directory, Identity, NoticeDoc};
use kernel::{Id, Result, Text, UserId};
use ledger::Who;
use store::{DocKind, DocWrite};

/// What was changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Changed {
    /// The password.
    Password,
    /// There is a password no more.
    PasswordTaken,
    /// The e-mail address.
    Email,
    /// Whoever reads mail at the address refused another one.
    EmailRefused,
    /// Another address came to nothing, and nothing else ended.
    EmailDeclined,
    /// An account at a provider vouches for the user.
    Linked,
    /// It does so no more.
    Unlinked,
}

impl Changed {
    const fn code(self) -> &'static str {
        match self {
            Self::Password => "password-changed",
            Self::PasswordTaken => "password-taken",
            Self::Email => "email-changed",
            Self::EmailRefused => "email-refused",
            Self::EmailDeclined => "email-declined",
            Self::Linked => "account-linked",
            Self::Unlinked => "account-unlinked",
        }
    }

    const fn title(self) -> Text {
        match self {
            Self::Password => Text::of("Zmieniono Twoje hasło", "Your password was changed"),
            Self::PasswordTaken => Text::of("Unieważniono Twoje hasło", "Your password was taken away"),
            Self::Email => Text::of("Zmieniono Twój adres e-mail", "Your e-mail address was changed"),
            Self::EmailRefused => Text::of(
                "Odrzucono zmianę adresu e-mail i zakończono sesje",
                "A change of your e-mail address was refused, and sessions were ended",
            ),
            Self::EmailDeclined => Text::of(
                "Odrzucono zmianę Twojego adresu e-mail: zostaje dotychczasowy",
                "A change of your e-mail address was refused: it stays as it was",
            ),
            Self::Linked => Text::of(
                "Do Twojego konta można się teraz zalogować kontem u dostawcy",
                "An account at a provider now signs in to yours",
            ),
            Self::Unlinked => Text::of(
                "Odłączono od Twojego konta konto u dostawcy",
                "An account at a provider no longer signs in to yours",
            ),
        }
    }
}

impl Identity {
    /// Tells a user of a change, by whom and when: to go into the batch that makes it.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn tell_of_change(
        &self,
        directory: &Directory,
        user: UserId,
        what: Changed,
        by: Who,
    ) -> Result<DocWrite> {
        let source = self.0.source();
        let (id, at): (Id<NoticeKind>, _) =
            (source.ids.next(source.clock, source.random), source.clock.now());
        let of_partner = directory.policy.members.get(&user).is_some_and(|member| member.partner.is_some());
        let by = match by {
            Who::User(own) if own == user => Text::of("w Twojej sesji", "in a session of yours"),
            // Nobody of a partner learns who works here.
            Who::User(_) if of_partner => Text::of("przez administratora", "by an administrator"),
            Who::User(other) => {
                let name = directory.user_name(other);
                Text::new(format!("przez: {name}"), format!("by {name}"))
            }
            Who::Operator => Text::of("z wiersza poleceń serwera", "from the server's command line"),
            Who::Nobody => Text::of("przez odsyłacz z listu", "by the link of a letter"),
            Who::System => Text::of("przez program", "by the program"),
        };
        let when = source.zone.moment(at);
        let body = Text::new(
            format!(
                "Stało się to {}, {}. Jeśli o tym nie wiesz, od razu powiedz administratorowi.",
                when.pl, by.pl
            ),
            format!(
                "It happened on {}, {}. If that is news to you, tell an administrator at once.",
                when.en, by.en
            ),
        );
        let notice = NoticeDoc::new(what.code(), what.title(), body, at);
        put_doc(source.vault, bare_doc(DocKind::Notice, *id.bytes(), 1, at, Some(user)), &notice)
    }
}
