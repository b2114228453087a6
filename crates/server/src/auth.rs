//! Who asks: a session cookie or a bearer token, never both.

use crate::app::App;
use crate::openapi::gate;
use crate::origin;
use crate::peer::client_address;
use crate::refusal::{Refusal, language};

use crate::renewed::Renewed;
use crate::tried::{self, Asking};
use axum::extract::{ConnectInfo, FromRequestParts};
use http::request::Parts;
use http::{HeaderValue, header};
use identity::{Authenticated, BROWSER_MS, CEREMONY_MS, Client, Session, Site};
use kernel::{Fault, FaultKind, SessionId, Text, UserId};
use records::{Caller, Origin};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use store::SessionKind;
use zeroize::Zeroizing;

/// The cookie of a session. The prefix makes browsers keep it to this host, this path and TLS.
pub const COOKIE: &str = "__Host-klucznik";

/// The cookie of a browser in which somebody signed in: it outlives sessions ([`identity::Identity::recognise`]).
const BROWSER: &str = "__Host-klucznik-browser";
/// The cookie of what was begun with a factor ([`identity::Begun`]).
const PENDING: &str = "__Host-klucznik-pending";

/// The cookie of a browser that is at a provider of single sign-on ([`identity::SignOn`]).
const SIGN_ON: &str = "__Host-klucznik-sign-on";

/// An authenticated caller.
pub struct Auth(pub Caller);

/// An authenticated caller with the session used.
pub struct InSession(pub Caller, pub Arc<Session>);

/// An authenticated caller, and whether there is a proof of the last minutes that this is the one: for a route of which
/// only some requests need one.
pub struct Proven(pub Caller, pub bool);

/// Where a request comes from.
pub struct From(pub Client);

/// What a browser carries in which somebody signed in before, if it is one.
pub struct Browser(pub Option<Zeroizing<String>>);

/// The secret of the session that a browser is in, if it is in one.
pub struct Present(Option<Zeroizing<String>>);

impl Present {
    /// Its id, if it has not ended.
    pub fn id(&self, app: &App) -> Option<SessionId> {
        let secret = self.0.as_deref()?;
        app.identity().peek(SessionKind::Session, secret).ok().map(|known| known.session.id())
    }
}
/// What was kept for a browser that went to a provider of single sign-on; empty if nothing was.
pub struct Returning(pub Zeroizing<String>);
/// What was begun with a factor and is to be finished; empty if nothing was.
pub struct Pending(pub Zeroizing<String>);

/// The header that gives a browser the cookie of a session.
pub fn session_cookie(secret: &str) -> HeaderValue {
    set_cookie(&format!("{COOKIE}={secret}; Path=/; Secure; HttpOnly; SameSite=Strict"))
}

/// The header that makes the browser of a session known to its user.
///
/// # Errors
/// As [`identity::Identity::remember`].
pub async fn browser_cookie(app: &App, session: &Session) -> Result<HeaderValue, Refusal> {
    Ok(known_cookie(&app.identity().remember(session).await?))
}

/// The header that makes the browser known in which a link was used.
///
/// # Errors
/// As [`identity::Identity::remember_by_link`].
pub async fn browser_cookie_by_link(app: &App, user: UserId) -> Result<HeaderValue, Refusal> {
    Ok(known_cookie(&app.identity().remember_by_link(user).await?))
}

fn known_cookie(token: &str) -> HeaderValue {
    let age = BROWSER_MS / 1_000;
    set_cookie(&format!("{BROWSER}={token}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={age}"))
}

/// The header that gives a browser the cookie of what was begun.
pub fn pending_cookie(secret: &str) -> HeaderValue {
    let age = CEREMONY_MS / 1_000;
    set_cookie(&format!("{PENDING}={secret}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={age}"))
}

/// The header that gives a browser the cookie of what is kept while it is at a provider. It comes back to a page of
/// ours, and that page asks: so the cookie is sent, although nothing of another site may send it.
pub fn sign_on_cookie(secret: &str) -> HeaderValue {
    let age = CEREMONY_MS / 1_000;
    set_cookie(&format!("{SIGN_ON}={secret}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={age}"))
}

/// The header that takes that cookie away.
pub fn nothing_returning() -> HeaderValue {
    set_cookie(&format!("{SIGN_ON}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0"))
}

/// The header that takes the cookie of what was begun away.
pub fn nothing_pending() -> HeaderValue {
    set_cookie(&format!("{PENDING}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0"))
}

fn set_cookie(text: &str) -> HeaderValue {
    let mut value = HeaderValue::from_str(text).expect("base64url and ASCII of ours");
    value.set_sensitive(true);
    value
}

/// The value of a cookie.
fn cookie<'a>(parts: &'a Parts, name: &str) -> Option<&'a str> {
    let lines = parts.headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    lines.flat_map(|v| v.split(';')).find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

fn secret(parts: &Parts) -> Option<(SessionKind, &str)> {
    if let Some(value) = parts.headers.get(header::AUTHORIZATION) {
        let token = value.to_str().ok()?.strip_prefix("Bearer ")?;
        return Some((SessionKind::Token, token.trim()));
    }
    cookie(parts, COOKIE).map(|value| (SessionKind::Session, value))
}

/// As [`InSession`], without counting as a use of the session.
pub struct Peeking(pub Caller, pub Arc<Session>);

async fn enter(parts: &Parts, app: &App, uses: bool) -> Result<(Caller, Authenticated), Refusal> {
    if !app.is_ready() {
        let text = Text::of("Serwer przygotowuje się do pracy.", "The server is getting ready.");
        return Err(Refusal(Fault::new(FaultKind::Unavailable, text).retry_after_s(2)));
    }
    let unknown = || {
        Fault::new(
            FaultKind::Unauthenticated,
            Text::of("Zaloguj się, aby kontynuować.", "Sign in to continue."),
        )
    };
    let (kind, secret) = secret(parts).ok_or_else(unknown)?;
    // What other servers were told, of this session too, holds here.
    app.engine().refresh().await?;
    app.identity().look_for_use(kind, secret).await?;
    let identity = app.identity();
    let known = match identity.peek(kind, secret) {
        Ok(known) => known,
        Err(fault) => {
            identity.look_for_replay(&app.engine().directory(), kind, secret, &client(parts, app)).await?;
            return Err(Refusal(fault));
        }
    };
    app.rates().user(known.actor.user)?;
    let lang = language(&parts.headers);
    let caller =
        Caller::new(known.actor.clone(), lang, app.engine().policy()).with_origin(origin(parts, app));
    Asking::is(parts, &caller);
    if !app.engine().may_act(caller.actor.user) {
        return Err(Refusal(unknown()));
    }
    let gate = gate::of(parts);
    if !gate.leaves {
        let (engine, client) = (app.engine(), client(parts, app));
        engine.check_network(&caller, &known.session, &client).await?;
        // Its user is told of another browser outside the hours too, when nothing else is answered there.
        let is_elsewhere = !gate.proves && engine.notice_browser(&known.session, &client).await?;
        engine.check_hours(&caller, &known.session, &client).await?;
        if is_elsewhere {
            engine.refuse_browser(&caller).await?;
        }
    }
    if !gate.partners {
        app.engine().check_of_house(&caller).await?;
    }
    if !gate.enrols {
        app.engine().check_enrolled(&caller)?;
    }
    app.engine().check_fresh(&caller, gate.fresh, known.is_fresh).await?;
    // What is refused is no use, and neither is trying to confirm elsewhere: whoever took a cookie does not keep its
    // session alive.
    if uses && !(gate.proves && known.session.is_elsewhere(&client(parts, app).agent)) {
        identity.note_use(&known.session, address(parts, app));
        renew(parts, app, &known).await?;
    }
    Ok((caller, known))
}

/// Gives the session another secret if that is due: the answer takes it along.
async fn renew(parts: &Parts, app: &App, known: &Authenticated) -> Result<(), Refusal> {
    let rights = app.engine().directory().users.get(&known.actor.user).map_or(0, |user| user.rights);
    if let Some(new) = app.identity().rotate(known, rights).await?
        && let Some(Renewed(place)) = parts.extensions.get()
    {
        let _set = place.set(session_cookie(&new.secret));
    }
    Ok(())
}

fn address(parts: &Parts, app: &App) -> IpAddr {
    let peer = parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(a)| a.ip());
    client_address(peer, &parts.headers, &app.config().proxy.trusted)
}

fn client(parts: &Parts, app: &App) -> Client {
    let network = address(parts, app);
    let agent = parts.headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let site = origin::host(parts).and_then(|host| Site::new(&host));
    Client { network, agent: agent.to_owned(), known: None, session: None, site }
}

fn origin(parts: &Parts, app: &App) -> Origin {
    let client = client(parts, app);
    Origin { network: client.network, client: client.name(), route: tried::route(parts) }
}

impl FromRequestParts<App> for InSession {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        enter(parts, app, true).await.map(|(caller, known)| Self(caller, known.session))
    }
}

impl FromRequestParts<App> for Peeking {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        enter(parts, app, false).await.map(|(caller, known)| Self(caller, known.session))
    }
}

impl FromRequestParts<App> for Auth {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        InSession::from_request_parts(parts, app).await.map(|InSession(caller, _)| Self(caller))
    }
}

impl FromRequestParts<App> for Proven {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        enter(parts, app, true).await.map(|(caller, known)| Self(caller, known.is_fresh))
    }
}

impl FromRequestParts<App> for From {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        Ok(Self(client(parts, app)))
    }
}

impl FromRequestParts<App> for Browser {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Refusal> {
        Ok(Self(cookie(parts, BROWSER).map(|token| Zeroizing::new(token.to_owned()))))
    }
}

impl FromRequestParts<App> for Present {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Refusal> {
        Ok(Self(cookie(parts, COOKIE).map(|secret| Zeroizing::new(secret.to_owned()))))
    }
}

impl FromRequestParts<App> for Pending {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Refusal> {
        Ok(Self(Zeroizing::new(cookie(parts, PENDING).unwrap_or_default().to_owned())))
    }
}

impl FromRequestParts<App> for Returning {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Refusal> {
        Ok(Self(Zeroizing::new(cookie(parts, SIGN_ON).unwrap_or_default().to_owned())))
    }
}
