//! Where nobody reads mail at the address before: the user, or who manages users, says so, and another person who manages
//! users agrees. Where there is no such person, the address before can refuse for a week after the change.

use crate::email::{EmailPending, EmailState, REFUSE_MS, is_of};
use crate::factor_reset::{SETTLED_MS, conflict};
use crate::things_used::over;
use crate::{Caller, Engine, Masked, Released};
use access::{Thing, Verb};
use identity::{
    Changed, EmailChange, EmailChangeDoc, NoticeDoc, OldAddress, Purpose, Second, User, bare_doc, put_doc,
};
use kernel::{Fault, Id, JobId, Kind, Result, Text, Time, UserId};
use ledger::{Act, Event, Who};
use serde_json::json;
use store::{Batch, DocKind, DocWrite};

enum NoticeKind {}
impl Kind for NoticeKind {
    const NAME: &'static str = "notification";
}

/// What somebody who manages users says of a change of address.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmailAnswer {
    /// The user does not read mail at the present address any more.
    Lost,
    /// Agreed, as the second person.
    Agree,
    /// It comes to nothing.
    Decline,
}

impl Engine {
    /// The caller does not read mail at the present address any more: a person who manages users is asked instead.
    ///
    /// # Errors
    /// Forbidden for a token; not found if nothing waits for the present address.
    pub async fn lost_own_email(&self, caller: &Caller) -> Result<Released<EmailState>> {
        self.not_by_token(caller).await?;
        let held = self.administer().await?;
        let user = self.stored_user(caller.actor.user).await?;
        let change = self.open_change(&user).await?.ok_or_else(Fault::not_found)?;
        let event = self.event(caller, Act::EmailLost);
        let (batch, job) = self.losing(event, &user, &change, caller.actor.user).await?;
        let done = self.commit_admin(batch, &held).await;
        let receipt = self.posted(job, done).await?;
        let state = self.email_state(&self.stored_user(user.doc.id).await?).await?;
        Ok(Masked::new(state).release(&receipt))
    }

    /// What a caller who manages users says of the change of somebody's address.
    ///
    /// # Errors
    /// Forbidden, also for a token and of a user with rights that the caller lacks; not found if nothing waits for
    /// that; conflict for the user, for whoever said that the address is out of reach, and for whoever had managed
    /// users for less than a week when it was said.
    pub async fn answer_email(&self, caller: &Caller, id: UserId, answer: EmailAnswer) -> Result<()> {
        self.admin(caller, Thing::Users, Verb::Manage).await?;
        self.not_by_token(caller).await?;
        let held = self.administer().await?;
        let user = self.stored_user(id).await?;
        self.within_own(caller, &user.doc.roles).await?;
        if id == caller.actor.user {
            return Err(conflict(OWN));
        }
        let change = self.open_change(&user).await?.ok_or_else(Fault::not_found)?;
        let (batch, job) = match answer {
            EmailAnswer::Lost => {
                let event = over(Thing::Users, self.event(caller, Act::EmailLost));
                self.losing(event, &user, &change, caller.actor.user).await?
            }
            EmailAnswer::Agree => self.agreeing(caller, &user, &change).await?,
            EmailAnswer::Decline => (self.declining(caller, &user, &change).await?, None),
        };
        let done = self.commit_admin(batch, &held).await;
        self.posted(job, done).await.map(drop)
    }

    /// A change of somebody's address that waits, as who manages users sees it.
    pub(crate) async fn pending_of(&self, user: &User) -> Result<Option<EmailPending>> {
        Ok(self.open_change(user).await?.map(|change| EmailPending::managed(change.doc)))
    }

    async fn losing(
        &self,
        mut event: Event,
        user: &User,
        change: &EmailChange,
        by: UserId,
    ) -> Result<(Batch, Option<JobId>)> {
        if change.doc.old != OldAddress::Awaited {
            return Err(Fault::not_found());
        }
        let (id, at) = (user.doc.id, self.now());
        let others = self.email_others(user, by, at);
        let seconds = self.email_seconds(&others, user, at);
        // Whoever else manages users is no reason to do without a second person because of what can be changed today: a
        // role that was saved anew, or a right that one person alone was given.
        if by != id && !others.is_empty() && seconds.is_empty() {
            return Err(conflict(NOBODY_YET));
        }
        let (second, ends_at) = match seconds.is_empty() {
            true => (Second::Nobody, change.doc.ends_at),
            false => (Second::Awaited, at.plus_ms(REFUSE_MS)),
        };
        let old = OldAddress::Lost { by, at, second };
        let said = EmailChangeDoc { old, ends_at, ..change.doc.clone() };
        self.set_detail(&mut event, &json!({ "user": id, "second": !seconds.is_empty() }))?;
        let who = event.who;
        let mut batch = Batch::new(event);
        for told in seconds {
            batch.docs.push(self.tell_of_lost(told, id, ends_at)?);
        }
        if by != id {
            batch.docs.push(self.tell_of_lost(id, id, ends_at)?);
        }
        // The address to come can be confirmed as long as the second person can agree.
        if !said.reached
            && let Some(link) =
                self.link_of(user, Purpose::Email).await?.filter(|l| is_of(&l.doc, &change.doc))
            && link.doc.ends_at < ends_at
        {
            batch.docs.push(link.until(&self.0.vault, at, ends_at)?);
        }
        let job = self.go_on(&mut batch, user, (change, &said), who).await?;
        Ok((batch, job))
    }

    async fn agreeing(
        &self,
        caller: &Caller,
        user: &User,
        change: &EmailChange,
    ) -> Result<(Batch, Option<JobId>)> {
        let OldAddress::Lost { by, at, second: Second::Awaited } = change.doc.old else {
            return Err(Fault::not_found());
        };
        let me = caller.actor.user;
        if me == by {
            return Err(conflict(ANOTHER));
        }
        if !self.is_settled(me, at) {
            return Err(conflict(NOT_SETTLED));
        }
        let old = OldAddress::Lost { by, at, second: Second::Agreed(me) };
        let said = EmailChangeDoc { old, ..change.doc.clone() };
        let mut event = self.event(caller, Act::EmailAgree);
        let about = json!({ "user": user.doc.id, "said_by": by, "changed": said.is_agreed() });
        self.set_detail(&mut event, &about)?;
        let mut batch = Batch::new(event);
        let job = self.go_on(&mut batch, user, (change, &said), Who::User(me)).await?;
        Ok((batch, job))
    }

    async fn declining(&self, caller: &Caller, user: &User, change: &EmailChange) -> Result<Batch> {
        let mut event = self.event(caller, Act::EmailDecline);
        self.set_detail(&mut event, &json!({ "user": user.doc.id }))?;
        let by = event.who;
        let mut batch = Batch::new(event);
        self.end_email(&mut batch, user, change).await?;
        batch.docs.push(self.tell_of(user.doc.id, Changed::EmailDeclined, by)?);
        if change.doc.asked_by != caller.actor.user {
            self.tell_who_asked(&mut batch, &change.doc)?;
        }
        Ok(batch)
    }

    /// People who manage users, beside the user and whoever says that the user's address is out of reach.
    fn email_others(&self, user: &User, by: UserId, at: Time) -> Vec<UserId> {
        let directory = self.directory();
        let mut all = directory.holders(Thing::Users, Verb::Manage, at);
        all.retain(|id| *id != by && *id != user.doc.id);
        all.retain(|id| directory.users.get(id).is_some_and(|user| !user.is_service()));
        all
    }

    /// Who of them could agree: those who have managed users for a week, and have whatever rights over things the user has.
    fn email_seconds(&self, others: &[UserId], user: &User, at: Time) -> Vec<UserId> {
        let (directory, needed) = (self.directory(), self.things_of(&user.doc.roles));
        let holds =
            |id: UserId, (thing, verb): (Thing, Verb)| directory.holders(thing, verb, at).contains(&id);
        let mut all = others.to_vec();
        all.retain(|id| self.is_settled(*id, at));
        all.retain(|id| needed.iter().all(|right| holds(*id, *right)));
        all
    }

    /// Whether somebody had managed users for a week at that time.
    fn is_settled(&self, user: UserId, at: Time) -> bool {
        self.directory().manages_users_since(user).is_some_and(|since| since.plus_ms(SETTLED_MS) <= at)
    }

    /// Tells an administrator who asked for a change of somebody's address that it was refused.
    pub(crate) fn tell_who_asked(&self, batch: &mut Batch, change: &EmailChangeDoc) -> Result<()> {
        if change.asked_by == change.user {
            return Ok(());
        }
        let name = self.directory().user_name(change.user).to_owned();
        let title = Text::of("Odrzucono zmianę adresu e-mail", "A change of an e-mail address was refused");
        let body = Text::new(
            format!(
                "Zmiana adresu, o którą prosisz dla: {name}, została odrzucona. Zostaje dotychczasowy adres."
            ),
            format!(
                "The change of address that you asked for, of {name}, was refused. The address stays as it was."
            ),
        );
        let (to, about) = (change.asked_by, change.user);
        batch.docs.push(self.email_notice("email-change-declined", (to, about), title, body)?);
        Ok(())
    }

    fn tell_of_lost(&self, to: UserId, whose: UserId, ends_at: Time) -> Result<DocWrite> {
        let until = self.zone().moment(ends_at);
        let title = Text::of(
            "Dotychczasowy adres e-mail jest niedostępny",
            "A present e-mail address is out of reach",
        );
        let body = if to == whose {
            Text::of(
                "Administrator podał, że nie czytasz już poczty pod dotychczasowym adresem. Jeśli ją czytasz, odrzuć zmianę odsyłaczem z listu, który tam przyszedł.",
                "An administrator said that you do not read mail at your present address any more. If you do, refuse the change by the link of the letter that came there.",
            )
        } else {
            let name = self.directory().user_name(whose).to_owned();
            Text::new(
                format!(
                    "Adres e-mail ma się zmienić, a poczty pod dotychczasowym nikt nie czyta: {name}. Upewnij się u tej osoby, że to ona prosi, i do {} zgódź się albo odrzuć zmianę na jej stronie.",
                    until.pl
                ),
                format!(
                    "The e-mail address of {name} is to change, and nobody reads mail at the present one. Make sure with them that it is they who ask, and agree or decline on their page by {}.",
                    until.en
                ),
            )
        };
        self.email_notice("email-lost", (to, whose), title, body)
    }

    fn email_notice(
        &self,
        code: &str,
        (to, whose): (UserId, UserId),
        title: Text,
        body: Text,
    ) -> Result<DocWrite> {
        let now = self.now();
        let about = (to != whose).then_some(whose);
        let notice = NoticeDoc { about, ..NoticeDoc::new(code, title, body, now) };
        let id: Id<NoticeKind> = self.id();
        put_doc(&self.0.vault, bare_doc(DocKind::Notice, *id.bytes(), 1, now, Some(to)), &notice)
    }
}

const OWN: Text = Text::of(
    "O zmianie własnego adresu zdecyduje ktoś inny, kto zarządza użytkownikami. Że dotychczasowy jest niedostępny, zgłosisz na stronie swojego konta.",
    "Somebody else who manages users decides on a change of your own address. That the present one is out of reach you say on your account's page.",
);
const ANOTHER: Text = Text::of(
    "Zgodzić się musi inna osoba niż ta, która podała, że dotychczasowy adres jest niedostępny.",
    "Another person than who said that the present address is out of reach must agree.",
);
const NOBODY_YET: Text = Text::of(
    "Zgodzić się musi druga osoba, która zarządza użytkownikami co najmniej od tygodnia i ma wszystkie prawa tego użytkownika, a takiej teraz nie ma. Spróbuj ponownie, gdy ktoś będzie nią już od tygodnia, albo najpierw nadaj komuś te prawa. Użytkownik może też sam podać, że dotychczasowy adres jest niedostępny.",
    "A second person must agree who has managed users for at least a week and has all rights that this user has, and there is none now. Try again when somebody has been one for a week, or give somebody these rights first. The user can also say that the present address is out of reach.",
);
const NOT_SETTLED: Text = Text::of(
    "Zgodzić się może tylko ktoś, kto w chwili zgłoszenia zarządza użytkownikami od tygodnia: jego role się w tym czasie nie zmieniły i nikt inny nie nadał mu hasła.",
    "Only somebody can agree who, when it was said, had managed users for a week: with the same roles, and a password that nobody else gave.",
);
