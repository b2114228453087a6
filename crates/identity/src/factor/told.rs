//! What users are told of factors.

use super::codes::FEW;
use crate::Way;
use crate::event::Source;
use crate::notice::{NoticeDoc, NoticeKind};
use crate::seal::{bare_doc, put_doc};
use kernel::{Id, Result, SessionId, Text, Time, UserId};
use ledger::{Act, Event, Outcome, Who};
use serde_json::json;
use store::{Batch, DocKind, DocWrite};

/// Notifications to some users, and the event of them.
type Told = (Vec<DocWrite>, Event);

pub fn tell(source: &Source<'_>, users: &[UserId], code: &str, title: Text, body: Text) -> Result<Told> {
    let now = source.clock.now();
    let notice = NoticeDoc::new(code, title, body, now);
    let doc = |user: &UserId| {
        let id: Id<NoticeKind> = source.ids.next(source.clock, source.random);
        put_doc(source.vault, bare_doc(DocKind::Notice, *id.bytes(), 1, now, Some(*user)), &notice)
    };
    let docs = users.iter().map(doc).collect::<Result<Vec<_>>>()?;
    let detail = json!({ "code": code, "count": docs.len() });
    let event = source.event(Who::System, SessionId::NIL, Act::NoticeCreate, Outcome::Done, &detail)?;
    Ok((docs, event))
}

/// Adds them to a batch.
pub fn add(batch: &mut Batch, (docs, event): Told) {
    batch.docs.extend(docs);
    batch.more_events.push(event);
}

pub fn added(source: &Source<'_>, user: UserId, name: &str) -> Result<Told> {
    let title =
        Text::new(format!("Dodano składnik logowania: {name}"), format!("Sign-in factor added: {name}"));
    let body = Text::of(
        "Od teraz można się nim logować na Twoje konto. Jeśli to nie Ty, usuń go, zmień hasło i powiadom administratora.",
        "It can be used to sign in to your account from now on. If it was not you, remove it, change your password and tell an administrator.",
    );
    tell(source, &[user], "factor-added", title, body)
}

pub fn removed(source: &Source<'_>, user: UserId, name: &Text) -> Result<Told> {
    let title = Text::new(
        format!("Usunięto składnik logowania: {}", name.pl),
        format!("Sign-in factor removed: {}", name.en),
    );
    let body = Text::of(
        "Nie można się nim już logować na Twoje konto. Jeśli to nie Ty, zmień hasło i powiadom administratora.",
        "It can no longer be used to sign in to your account. If it was not you, change your password and tell an administrator.",
    );
    tell(source, &[user], "factor-removed", title, body)
}

pub fn cloned(source: &Source<'_>, users: &[UserId], login: &str, name: &str) -> Result<Told> {
    let title = Text::new(
        format!("Klucz dostępu mógł zostać skopiowany: {login}"),
        format!("A passkey may have been copied: {login}"),
    );
    let body = Text::new(
        format!(
            "Klucza „{name}” użyto gdzie indziej częściej niż tutaj, więc ktoś może mieć jego kopię. Nie przyjęto go. Usuń go i utwórz nowy."
        ),
        format!(
            "The passkey “{name}” was used more often elsewhere than here, so somebody may have a copy of it. It was not accepted. Remove it and make another."
        ),
    );
    tell(source, users, "passkey-cloned", title, body)
}

pub fn codes_made(source: &Source<'_>, user: UserId) -> Result<Told> {
    let title = Text::of("Utworzono nowe kody odzyskiwania", "New recovery codes were made");
    let at = source.zone.moment(source.clock.now());
    let body = Text::new(
        format!(
            "Stało się to {}, w Twojej sesji. Każdy z nich zastępuje składnik logowania, a poprzednie kody już nie działają. Jeśli to nie Ty, zakończ pozostałe sesje, zmień hasło, utwórz kody jeszcze raz i powiadom administratora.",
            at.pl
        ),
        format!(
            "It happened on {}, in a session of yours. Each of them stands in for a sign-in factor, and the codes before are good no more. If it was not you, end your other sessions, change your password, make the codes once more and tell an administrator.",
            at.en
        ),
    );
    tell(source, &[user], "recovery-codes-made", title, body)
}

pub fn code_used(source: &Source<'_>, user: UserId, left: usize, whence: &Text) -> Result<Told> {
    let title = Text::new(
        format!("Użyto kodu odzyskiwania, pozostałe: {left}"),
        format!("A recovery code was used, left: {left}"),
    );
    let few = left <= FEW;
    let more = if few {
        Text::of(
            " Utwórz nowe kody w ustawieniach konta, zanim się skończą.",
            " Make new ones in the settings of your account before they run out.",
        )
    } else {
        Text::default()
    };
    let body = Text::new(
        format!(
            "Stało się to {}. Jeśli to nie Ty, ktoś ma Twoje kody: zakończ pozostałe sesje, utwórz nowe kody i zmień hasło.{}",
            whence.pl, more.pl
        ),
        format!(
            "It happened on {}. If it was not you, somebody has your codes: end your other sessions, make new codes and change the password.{}",
            whence.en, more.en
        ),
    );
    let code = if few { "recovery-codes-few" } else { "recovery-code-used" };
    tell(source, &[user], code, title, body)
}

pub fn reset_asked(source: &Source<'_>, users: &[UserId], until: Time) -> Result<Told> {
    let title = Text::of(
        "Poproszono o odebranie składników logowania",
        "Somebody asked to have sign-in factors taken away",
    );
    let until = source.zone.moment(until);
    let body = Text::new(
        format!(
            "Administrator poprosił o odebranie komuś składników logowania po ich utracie. Inny administrator może się zgodzić do {}. Jeśli chodzi o Twoje konto i to nie Ty o to prosisz, powiadom administratorów.",
            until.pl
        ),
        format!(
            "An administrator asked to have somebody's sign-in factors taken away after a loss. Another administrator can agree until {}. If it is your account and you did not ask for it, tell the administrators.",
            until.en
        ),
    );
    tell(source, users, "factors-reset-asked", title, body)
}

pub fn reset(source: &Source<'_>, users: &[UserId], way: Option<Way>) -> Result<Told> {
    let title = Text::of("Odebrano składniki logowania", "Sign-in factors were taken away");
    let body = match way {
        Some(Way::Password) => Text::of(
            "Po utracie odebrano komuś wszystkie składniki logowania i zakończono sesje. Następne logowanie, hasłem, pozwala tylko dodać nowy składnik. Kto i kogo, mówi dziennik zdarzeń.",
            "After a loss all sign-in factors of somebody were taken away, and the sessions ended. The next sign-in, by password, only serves to add a new one. The ledger says whose, and by whom.",
        ),
        Some(Way::Provider) => Text::of(
            "Po utracie odebrano komuś wszystkie składniki logowania i zakończono sesje. Następne logowanie, przez dostawcę, pozwala tylko dodać nowy składnik. Kto i kogo, mówi dziennik zdarzeń.",
            "After a loss all sign-in factors of somebody were taken away, and the sessions ended. The next sign-in, through the provider, only serves to add a new one. The ledger says whose, and by whom.",
        ),
        None => Text::of(
            "Po utracie odebrano komuś wszystkie składniki logowania i zakończono sesje. Ta osoba nie ma hasła ani konta u dostawcy, które się liczą, więc na razie się nie zaloguje: administrator może wysłać jej zaproszenie albo połączyć konto u dostawcy, a operator nadać hasło na serwerze (klucznik user password LOGIN). Pierwsze logowanie pozwoli tylko dodać nowy składnik. Kto i kogo, mówi dziennik zdarzeń.",
            "After a loss all sign-in factors of somebody were taken away, and the sessions ended. This user has neither a password nor an account at a provider that counts, and cannot sign in for now: an administrator can invite the user or link an account at a provider, and the operator can give a password on the server (klucznik user password USERNAME). The first sign-in will only serve to add a new factor. The ledger says whose, and by whom.",
        ),
    };
    tell(source, users, "factors-reset", title, body)
}

pub fn any_network(source: &Source<'_>, users: &[UserId]) -> Result<Told> {
    let title = Text::of("Zniesiono ograniczenia sieci", "Networks are no longer restricted");
    let body = Text::of(
        "Poleceniem na serwerze zniesiono wszystkie ograniczenia sieci, z których można pracować. Ustaw je na nowo w zasadach sesji, jeśli są potrzebne. Jeśli nikt z Was o to nie prosił, sprawdź, kto ma dostęp do serwera.",
        "A command on the server lifted all restrictions of the networks to work from. Set them anew among the rules of sessions if they are needed. If none of you asked for it, look who has access to the server.",
    );
    tell(source, users, "networks-cleared", title, body)
}
