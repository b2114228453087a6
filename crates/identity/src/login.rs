//! Signing in.

use crate::attempts::{Failure, Known, Open};
use crate::device::Device;
use crate::factor::{FactorKind, SignIn, Site};
use crate::notice::{self, Guess, Tried};
use crate::passwords::Asker;
use crate::session::{Detail, NewSession, Session, new_secret, seal_row};
use crate::sign_on::Origin;
use crate::text::cut;
use crate::users::{User, load_user, login_key};
use crate::{Directory, Identity};
use kernel::{Fault, FaultKind, Result, SessionId, Text, Time, UserId, limits};
use ledger::{Act, Outcome, Who};
use serde_json::{Value, json};
use std::net::IpAddr;
use std::sync::Arc;
use store::{Batch, DocKind, DocWrite, SessionKind, SessionRow, SessionWrite};
use zeroize::Zeroizing;

/// Characters of what a client calls itself.
const AGENT_CHARS: usize = 200;
/// How often a failure is counted anew because another server counted one of the same name at that moment.
pub(crate) const TRIES: u32 = 8;
/// Ended sessions that one log-in clears away.
const SWEEP: usize = 16;

/// Where a log-in comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Client {
    /// Its address.
    pub network: IpAddr,
    /// What it calls itself.
    pub agent: String,
    /// Whether it is one in which the user of the name signed in before ([`Identity::recognise`]).
    pub known: Option<Known>,
    /// The session that it is in: it ends when another one begins there.
    pub session: Option<SessionId>,
    /// Under which name it asks the server, if under one.
    pub site: Option<Site>,
}

impl Client {
    /// What it calls itself, as far as that is kept.
    #[must_use]
    pub fn name(&self) -> String {
        cut(&self.agent, AGENT_CHARS)
    }
}

impl Identity {
    /// Signs in, or begins to if the user has a second factor. An unknown name, a wrong password, a suspended user and one without a password get the
    /// same answer after the same work. The directory says whom to notify of a lock.
    ///
    /// # Errors
    /// Unauthenticated; too many, with the time to wait; forbidden after the right password, where the user may not
    /// work from, or when.
    pub async fn login(
        &self,
        directory: Arc<Directory>,
        login: &str,
        password: &str,
        client: &Client,
    ) -> Result<SignIn> {
        let (this, login, client) = (self.clone(), login.to_owned(), client.clone());
        let password = Zeroizing::new(password.to_owned());
        // Carried through to its end also if the caller goes away: hanging up escapes no count.
        let task = tokio::spawn(async move { this.sign_in(&directory, &login, &password, &client).await });
        task.await.map_err(|e| Fault::bug(format!("log-in: {e}")))?
    }

    async fn sign_in(
        &self,
        directory: &Directory,
        login: &str,
        password: &str,
        client: &Client,
    ) -> Result<SignIn> {
        let (open, user) = self.prove(directory, login, password, client).await?;
        self.check_allowed(directory, &user, client).await?;
        let user = self.renewed(user, password).await?;
        if user.doc.factors.any() {
            // Failures are forgotten once it is proved: codes could be guessed without end otherwise.
            return self.ask_for_factor(directory, &user, client, None).await.map(SignIn::Pending);
        }
        let _held = self.0.writes.lock().await;
        self.start_or_again(&user, (directory, client), None, Some(&open)).await.map(SignIn::Done)
    }

    /// Begins a session of a user who proved to be there: by a factor too if one is given, and at a provider instead of
    /// by the password if an origin is. The caller holds the lock of writes.
    pub(crate) async fn start(
        &self,
        user: &User,
        (directory, client): (&Directory, &Client),
        (factor, origin): (Option<FactorKind>, Option<Origin>),
        mut docs: Vec<DocWrite>,
        mut events: Vec<ledger::Event>,
    ) -> Result<NewSession> {
        let inner = &self.0;
        let now = inner.clock.now();
        let (secret, hash) = new_secret("", &*inner.random);
        let detail = Detail {
            client: client.name(),
            network: client.network.to_string(),
            device: Some(Device::of(&client.agent)),
            proved_at: origin.as_ref().filter(|_| factor.is_none()).map_or(now, Origin::proved_at),
            origin,
            ..Detail::default()
        };
        let row = SessionRow {
            hash,
            id: inner.ids.next(&*inner.clock, &*inner.random),
            user: user.doc.id,
            kind: SessionKind::Session,
            created_at: now,
            seen_at: now,
            ends_at: now.plus_ms(inner.limits.absolute_ms),
            sealed: Vec::new(),
        };
        let row = seal_row(&inner.vault, row, &detail)?;
        let (by, factor) = (factor, factor.map(FactorKind::code));
        let provider = detail.origin.as_ref().map(|origin| &origin.provider);
        let replaced = client.session;
        let about = json!({
            "network": detail.network,
            "client": detail.client,
            "factor": factor,
            "provider": provider,
            "instead_of": replaced,
        });
        if detail.origin.is_none() {
            self.tell_of_emergency((directory, client), (user, by), &mut docs, &mut events)?;
        }
        self.tell_of_sign_in(user, client, &mut docs, &mut events).await?;
        let session = Arc::new(Session::assemble(&row, detail));
        let event =
            inner.source().event(Who::User(user.doc.id), row.id, Act::SessionStart, Outcome::Done, &about)?;
        let mut batch = Batch::new(event);
        batch.more_events = events;
        batch.jobs = self.letters(user.doc.id, &docs)?;
        batch.docs = docs;
        batch.sessions = self.room(user, now);
        if let Some(id) = replaced {
            inner.cache.take_one(id);
            batch.sessions.push(SessionWrite::End(id));
        }
        batch.sessions.extend(self.pending_seen());
        batch.sessions.push(SessionWrite::Start(row));
        inner.store.commit(batch).await?;
        inner.cache.put(session.clone());
        Ok(NewSession { secret, session })
    }

    /// Refuses a user who proved to be there and may not work from where the client is, or not now, and writes that
    /// down. It is told now and not at each later request.
    pub(crate) async fn check_allowed(
        &self,
        directory: &Directory,
        user: &User,
        client: &Client,
    ) -> Result<()> {
        self.check_allowed_or(directory, user, client, Vec::new).await
    }

    /// As [`Identity::check_allowed`]; what was shown is used up by the refusal too, by these writes.
    pub(crate) async fn check_allowed_or(
        &self,
        directory: &Directory,
        user: &User,
        client: &Client,
        used: impl FnOnce() -> Vec<DocWrite> + Send,
    ) -> Result<()> {
        let (id, address) = (user.doc.id, client.network);
        let now = self.0.clock.now();
        let (reason, fault) = if !directory.allows(id, &[], address) {
            ("network", Fault::new(FaultKind::Forbidden, directory.wrong_network(id, &[], address)))
        } else if let Some(rest) = directory.rest(id, now) {
            ("hours", rest.fault(now))
        } else {
            return Ok(());
        };
        let mut batch = Batch::new(self.refusal(&user.doc.login, Some(id), client, reason)?);
        batch.docs = used();
        self.0.store.commit(batch).await?;
        Err(fault)
    }

    /// Begins an attempt under a name, if it is not too soon; writes down if it is.
    pub(crate) async fn open_attempt(
        &self,
        directory: &Directory,
        login: &str,
        client: &Client,
    ) -> Result<Open<'_>> {
        match self.0.attempts.begin(login, client, self.0.clock.now()).await {
            Err(fault) if fault.kind == FaultKind::TooMany => {
                let user = directory.by_login(login).map(|u| u.id);
                Err(self.too_soon(login, user, client, fault).await)
            }
            begun => begun,
        }
    }

    /// Checks name and password; counts, writes down and refuses what is wrong.
    pub(crate) async fn prove(
        &self,
        directory: &Directory,
        login: &str,
        password: &str,
        client: &Client,
    ) -> Result<(Open<'_>, User)> {
        let inner = &self.0;
        let open = self.open_attempt(directory, login, client).await?;
        let found = inner.store.doc_by_key(DocKind::User, login_key(&inner.vault, login)).await?;
        let known = found.is_some();
        let user = load_user(&inner.vault, &found.unwrap_or_else(|| inner.stand_in.clone()))?;
        let user = Some(user).filter(|_| known);
        let sane =
            password.chars().take(limits::PASSWORD_MAX_CHARS + 1).count() <= limits::PASSWORD_MAX_CHARS;
        // What is too long is no password of anybody, and not worth more work than a short one.
        let (password, usable) =
            if sane { (password, user.as_ref().filter(|u| self.may_by_password(u))) } else { ("", None) };
        let asker = if open.is_known() { Asker::Known } else { Asker::Stranger };
        let right =
            inner.hasher.verify(asker, password, usable.and_then(|u| u.doc.password.as_ref())).await?;
        match user {
            Some(user) if right => Ok((open, user)),
            user => {
                let reason = self.why_refused(user.as_ref());
                let (user, guess, known) = (user.map(|u| u.doc.id), Guess::Password, open.is_known());
                Err(self.wrong(directory, &open, &Tried { login, user, client, known, guess, reason }).await)
            }
        }
    }

    /// Whether the user is still as the password was checked against.
    pub(crate) async fn unchanged(&self, user: &User) -> Result<bool> {
        let doc = self.0.store.doc(DocKind::User, *user.doc.id.bytes()).await?;
        Ok(doc.is_some_and(|doc| doc.version == user.version))
    }

    /// Counts and writes down a failure.
    pub(crate) async fn wrong(&self, directory: &Directory, open: &Open<'_>, tried: &Tried<'_>) -> Fault {
        match self.write_failure(directory, open, tried).await {
            Ok(()) if tried.guess == Guess::Password => refused(),
            Ok(()) => wrong_code(),
            Err(fault) => fault,
        }
    }

    async fn write_failure(&self, directory: &Directory, open: &Open<'_>, tried: &Tried<'_>) -> Result<()> {
        let _held = self.0.writes.lock().await;
        for _ in 1..TRIES {
            match self.count_failure(directory, open, tried).await {
                Err(fault) if matches!(fault.kind, FaultKind::Stale | FaultKind::Conflict) => {}
                done => return done,
            }
        }
        self.count_failure(directory, open, tried).await
    }

    async fn count_failure(&self, directory: &Directory, open: &Open<'_>, tried: &Tried<'_>) -> Result<()> {
        let inner = &self.0;
        let mut failure = inner.attempts.failed(open, inner.clock.now()).await?;
        let mut batch = Batch::new(self.refusal(tried.login, tried.user, tried.client, tried.reason)?);
        batch.docs = std::mem::take(&mut failure.docs);
        self.tell_of_lock(&mut batch, &failure, directory, tried)?;
        if let Some(user) = tried.user.filter(|_| tried.guess == Guess::Code && !tried.known) {
            self.add_half_way(user, tried.client, inner.clock.now(), &mut batch).await?;
        }
        inner.store.commit(batch).await.map(drop)
    }

    /// Adds to the batch of a failure what is written and told of the lock that it came to.
    fn tell_of_lock(
        &self,
        batch: &mut Batch,
        failure: &Failure,
        directory: &Directory,
        tried: &Tried<'_>,
    ) -> Result<()> {
        let Some(until) = failure.locked_until else { return Ok(()) };
        let source = self.0.source();
        let event =
            |act, detail: Value| source.event(Who::System, SessionId::NIL, act, Outcome::Done, &detail);
        let whose = if tried.known { "known" } else { "anybody" };
        let about = json!({
            "name": self.tried(tried.login, tried.user),
            "until": until.rfc3339(),
            "of": whose,
            "after": tried.guess.code(),
        });
        batch.more_events.push(event(Act::LoginLocked, about)?);
        let Some(user) = tried.user.filter(|_| failure.is_news) else { return Ok(()) };
        let place = self.0.places.of(tried.client.network);
        let notices = notice::locked(
            &source,
            directory,
            user,
            until,
            tried,
            (place, &self.whence(tried.client, source.clock.now())),
        )?;
        let about = json!({ "code": notice::LOCKED, "count": notices.len() });
        let told = (notices, event(Act::NoticeCreate, about)?);
        self.tell_by_letter(batch, user, told)
    }

    /// Writes down an attempt that came too soon and was not looked at.
    async fn too_soon(&self, login: &str, user: Option<UserId>, client: &Client, fault: Fault) -> Fault {
        let event = match self.refusal(login, user, client, "too-soon") {
            Ok(event) => event,
            Err(fault) => return fault,
        };
        self.0.store.record_event(event).await.map_or_else(|storage| storage, |_| fault)
    }

    pub(crate) fn refusal(
        &self,
        login: &str,
        user: Option<UserId>,
        client: &Client,
        reason: &str,
    ) -> Result<ledger::Event> {
        let detail = json!({
            "name": self.tried(login, user),
            "reason": reason,
            "network": client.network.to_string(),
            "client": client.name(),
        });
        self.0.source().event(Who::Nobody, SessionId::NIL, Act::LoginRefused, Outcome::Refused, &detail)
    }

    /// Whom an attempt was about: a user by id, anybody else by keyed hash, since people type passwords
    /// into the field of the name.
    fn tried(&self, login: &str, user: Option<UserId>) -> Value {
        match user {
            Some(user) => json!({ "user": user }),
            None => json!({ "mac": hex::encode(self.0.attempts.name_mac(login)) }),
        }
    }

    /// Ends sessions that are over, and the user's oldest if there are too many.
    fn room(&self, user: &User, now: Time) -> Vec<SessionWrite> {
        let (cache, limits) = (&self.0.cache, &self.0.limits);
        let alive = |s: &Session| s.kind == SessionKind::Session && self.lives(s);
        // One that is merely not used here may be in use on another server.
        let over = cache.find(|s| s.ends_at <= now);
        let own = cache.find(|s| s.user == user.doc.id && alive(s));
        let many = (own.len() + 1).saturating_sub(limits.sessions);
        let ended: Vec<SessionId> =
            over.iter().take(SWEEP).chain(own.iter().take(many)).map(|s| s.id).collect();
        cache.take(|s| ended.contains(&s.id));
        ended.into_iter().map(SessionWrite::End).collect()
    }
}

/// Of a code, whose password was right: nothing is told by it.
fn wrong_code() -> Fault {
    let text = Text::of(
        "Ten kod jest błędny, został już użyty albo minął jego czas.",
        "This code is wrong, was used already, or its time is over.",
    );
    Fault::new(FaultKind::Unauthenticated, text)
}

/// Where other servers were faster each time.
pub fn busy() -> Fault {
    let text =
        Text::of("Serwer jest zajęty. Spróbuj za chwilę.", "The server is busy. Try again in a moment.");
    Fault::new(FaultKind::Unavailable, text).retry_after_s(1)
}

/// Of a passkey, whatever the reason.
pub fn wrong_passkey() -> Fault {
    let text = Text::of("Tego klucza dostępu nie przyjęto.", "This passkey was not accepted.");
    Fault::new(FaultKind::Unauthenticated, text)
}

/// Of what was not begun by whoever wants to finish it, or is over.
pub fn not_begun() -> Fault {
    let text = Text::of(
        "Nie ma tu czego dokończyć: minął czas albo już to zrobiono. Zacznij od nowa.",
        "There is nothing to finish here: its time is over, or it was done already. Begin again.",
    );
    Fault::new(FaultKind::Unauthenticated, text)
}

pub fn refused() -> Fault {
    let text = Text::of("Nieprawidłowy login lub hasło.", "Wrong username or password.");
    Fault::new(FaultKind::Unauthenticated, text)
}
