//! Links, and what they do for whoever has one. Signing in is another step, with
//! whatever it asks for besides the password.

use crate::post::{Posted, Posting};
use crate::{Engine, Masked, Released};
use identity::{
    Client, Link, LinkDoc, NoticeDoc, PasswordHash, Purpose, User, bare_doc, confirm_address, email_change,
    find_link, give_password, link_id, load_user, make_link, no_link, put_doc,
};
use kernel::{Fault, FaultKind, Id, Kind, Result, Text, UserId};
use ledger::{Act, Event, Outcome, Who};
use mail::Letter;
use serde::Serialize;
use serde_json::json;
use store::{Batch, DocKind, DocWrite};
use zeroize::Zeroizing;

/// Milliseconds for which a letter that tells what was done is of use.
const NEWS_MS: i64 = 24 * 3_600_000;
/// How often a link is tried to be used when something else was written in between.
pub(crate) const TRIES: u32 = 4;

const WITHOUT_PASSWORDS: Text = Text::of(
    "Haseł się tu nie używa: zaloguj się przez dostawcę. Odsyłacz z zaproszenia połączy przy tym Twoje konto.",
    "No passwords are used here: sign in through the provider. The link of an invitation joins your account on the way.",
);

enum NoticeKind {}
impl Kind for NoticeKind {
    const NAME: &'static str = "notification";
}

/// What a link is good for.
#[derive(Clone, Debug, Serialize)]
pub struct LinkTold {
    /// `invitation`, `reset`, `email` or `email_refusal`.
    pub purpose: &'static str,
    /// The log-in name of the user that it is for; absent where the address may be a stranger's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login: Option<String>,
    /// The address that it is about, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Whether an address can be confirmed by it, and not only refused.
    pub confirms: bool,
    /// Good until (RFC 3339).
    pub ends_at: String,
    /// Name of the organisation.
    pub organisation: String,
}

/// Whose password was set by a link.
#[derive(Clone, Debug, Serialize)]
pub struct LinkUsed {
    /// Id.
    #[serde(skip)]
    pub user: UserId,
    /// Log-in name.
    pub login: String,
}

impl Engine {
    /// Makes a link, and the letter with it if it is to be mailed; otherwise the secret comes back.
    pub(crate) async fn new_link(
        &self,
        user: &User,
        doc: &LinkDoc,
        letter: Letter,
    ) -> Result<(Option<Zeroizing<String>>, DocWrite, Option<Posting>)> {
        let inner = &self.0;
        let id = link_id(&inner.vault, doc.purpose, doc.user);
        let version = inner.store.doc(DocKind::Link, id).await?.map_or(0, |doc| doc.version);
        let (secret, write) = make_link(&inner.vault, &*inner.random, doc, version)?;
        if !doc.mailed {
            return Ok((Some(secret), write, None));
        }
        let posted = Posted {
            letter,
            user: doc.user,
            to: match (doc.purpose, &doc.other) {
                (Purpose::Email, Some(other)) => other.clone(),
                _ => user.doc.email.clone(),
            },
            lang: user.doc.lang,
            secret: Some(secret),
            purpose: Some(doc.purpose),
            until: doc.ends_at,
        };
        Ok((None, write, Some(self.posting(&posted).await?)))
    }

    /// The end of what a user could come in by: it does not come back to life when the account does.
    pub(crate) async fn end_links(&self, user: UserId) -> Result<Vec<DocWrite>> {
        let mut ends = Vec::new();
        let change = email_change(&self.0.store, &self.0.vault, user).await?;
        ends.extend(change.map(|change| change.removal()));
        for purpose in [Purpose::Invitation, Purpose::Reset, Purpose::Email] {
            let id = link_id(&self.0.vault, purpose, user);
            if let Some(doc) = self.0.store.doc(DocKind::Link, id).await? {
                ends.push(Link::open(&self.0.vault, &doc)?.removal());
            }
        }
        Ok(ends)
    }

    /// Tells what a link is good for.
    ///
    /// # Errors
    /// Not found, whatever the reason.
    pub async fn look_at_link(&self, secret: &str, client: &Client) -> Result<Released<LinkTold>> {
        let (link, user) = self.link_or_refuse(secret, client, |_| true).await?;
        let confirms = self.can_confirm(&link, &user).await?;
        let receipt = self.receipt(self.link_event(&link, client, "look")?).await?;
        let told = LinkTold {
            purpose: link.doc.purpose.name(),
            login: tells_login(&link.doc).then_some(user.doc.login),
            email: link.doc.other.clone(),
            confirms,
            ends_at: link.doc.ends_at.rfc3339(),
            organisation: self.directory().organisation.clone(),
        };
        Ok(Masked::new(told).release(&receipt))
    }

    /// Sets a password by a link, which is good once; all sessions and tokens of the user end. Tells whose it is now.
    ///
    /// # Errors
    /// Not found, whatever is wrong with the link; weak; conflict where the user's password does not count.
    pub async fn set_password_by_link(
        &self,
        secret: &str,
        password: &str,
        client: &Client,
        mails: bool,
    ) -> Result<Released<LinkUsed>> {
        let (_, user) = self.link_or_refuse(secret, client, Purpose::sets_password).await?;
        if !self.0.identity.password_counts(&user.doc.login) {
            // The link stays good for the account that it is there to be linked with.
            return Err(Fault::new(FaultKind::Conflict, WITHOUT_PASSWORDS));
        }
        // No lock is held while it is hashed: anybody with a link could hold up all administration.
        let whose = [&*user.doc.login, &user.doc.name, &user.doc.email];
        let hash = self.hash_for(whose, "new", password).await?;
        for _ in 1..TRIES {
            match self.use_link(secret, &hash, client, mails).await {
                Err(fault) if matches!(fault.kind, FaultKind::Stale | FaultKind::Conflict) => {}
                done => return done,
            }
        }
        self.use_link(secret, &hash, client, mails).await
    }

    async fn use_link(
        &self,
        secret: &str,
        hash: &PasswordHash,
        client: &Client,
        mails: bool,
    ) -> Result<Released<LinkUsed>> {
        let held = self.administer().await?;
        let (link, user) = self.link_or_refuse(secret, client, Purpose::sets_password).await?;
        let (inner, now) = (&self.0, self.now());
        let (changed, put) = give_password(&inner.vault, now, &user, Some(hash.clone()))?;
        let mut batch = Batch::new(self.link_event(&link, client, "password")?);
        batch.docs = vec![put, link.removal()];
        if link.doc.mailed {
            batch.docs.push(confirm_address(&inner.store, &inner.vault, &changed, now).await?);
        }
        let mut posting = None;
        if link.doc.purpose == Purpose::Reset {
            batch.docs.push(self.told_of_reset(user.doc.id)?);
            if mails {
                posting = Some(self.posting(&news(&changed, now.plus_ms(NEWS_MS))).await?);
            }
        }
        let job = posting.as_ref().map(Posting::job);
        batch.jobs.extend(posting.map(|p| p.add));
        let done = self.commit_ending(batch, user.doc.id, &held).await;
        let receipt = self.posted(job, done).await?;
        Ok(Masked::new(LinkUsed { user: user.doc.id, login: user.doc.login }).release(&receipt))
    }

    fn told_of_reset(&self, user: UserId) -> Result<DocWrite> {
        let now = self.now();
        let notice = NoticeDoc::new(
            "password-reset",
            Text::of("Ustawiono nowe hasło", "A new password was set"),
            Text::of(
                "Twoje hasło ustawiono na nowo przez odsyłacz z listu, a wszystkie sesje i tokeny zakończono. Jeśli to nie Ty, od razu zmień hasło i powiadom administratora.",
                "Your password was set anew by the link of a letter, and all sessions and tokens were ended. If it was not you, change the password at once and tell an administrator.",
            ),
            now,
        );
        let id: Id<NoticeKind> = self.id();
        put_doc(&self.0.vault, bare_doc(DocKind::Notice, *id.bytes(), 1, now, Some(user)), &notice)
    }

    /// The link with this secret and its user, if it is good now and of a kind that `fits`.
    async fn good_link(&self, secret: &str, fits: fn(Purpose) -> bool) -> Result<(Link, User)> {
        let inner = &self.0;
        let link = find_link(&inner.store, &inner.vault, secret).await?;
        let doc = inner.store.doc(DocKind::User, *link.doc.user.bytes()).await?.ok_or_else(no_link)?;
        let user = load_user(&inner.vault, &doc)?;
        if fits(link.doc.purpose) && link.doc.is_good(&user, self.now()) {
            Ok((link, user))
        } else {
            Err(no_link())
        }
    }

    /// As [`Engine::good_link`]; a link that is not good is written down.
    pub(crate) async fn link_or_refuse(
        &self,
        secret: &str,
        client: &Client,
        fits: fn(Purpose) -> bool,
    ) -> Result<(Link, User)> {
        let fault = match self.good_link(secret, fits).await {
            Ok(found) => return Ok(found),
            Err(fault) if fault.kind == FaultKind::NotFound => fault,
            Err(fault) => return Err(fault),
        };
        Err(self.link_refused(client, fault).await)
    }

    /// Writes down that a link is not good.
    pub(crate) async fn link_refused(&self, client: &Client, fault: Fault) -> Fault {
        let event =
            Event { who: Who::Nobody, outcome: Outcome::Refused, ..self.system_event(Act::LinkRefused) };
        let written = async { self.receipt(self.by_client(event, json!({}), client)?).await };
        written.await.map_or_else(|storage| storage, |_| fault)
    }

    pub(crate) fn link_event(&self, link: &Link, client: &Client, how: &str) -> Result<Event> {
        let event = Event { who: Who::Nobody, ..self.system_event(Act::LinkUse) };
        let about = json!({ "user": link.doc.user, "purpose": link.doc.purpose, "for": how });
        self.by_client(event, about, client)
    }

    pub(crate) fn by_client(
        &self,
        mut event: Event,
        mut about: serde_json::Value,
        client: &Client,
    ) -> Result<Event> {
        about["network"] = client.network.to_string().into();
        about["client"] =
            client.agent.chars().filter(|c| !c.is_control()).take(200).collect::<String>().into();
        self.set_detail(&mut event, &about)?;
        Ok(event)
    }

    /// A person: a service account has no password, no address and no factors.
    pub(crate) async fn stored_user(&self, id: UserId) -> Result<User> {
        let doc = self.0.store.doc(DocKind::User, *id.bytes()).await?.ok_or_else(Fault::not_found)?;
        let user = load_user(&self.0.vault, &doc)?;
        if user.doc.service.is_none() { Ok(user) } else { Err(Fault::not_found()) }
    }
}

/// What tells a user that the password is another one.
fn news(user: &User, until: kernel::Time) -> Posted {
    Posted {
        letter: Letter::PasswordSet,
        user: user.doc.id,
        to: user.doc.email.clone(),
        lang: user.doc.lang,
        secret: None,
        purpose: None,
        until,
    }
}

/// Whether whoever has a link may learn whose it is: not where nobody is known to read but its user.
const fn tells_login(link: &LinkDoc) -> bool {
    match link.purpose {
        Purpose::Email => false,
        Purpose::EmailRefusal => link.confirmed,
        _ => true,
    }
}
