//! One provider: what it says of itself, where a browser is sent, and what comes back.

use crate::Settings;
use crate::fetch::{client, json};
use crate::keys::{Keys, Published, header, open};
use crate::refused::{Refused, Why};
use crate::token::{Claims, LogOut, Raw};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::Header;
use jsonwebtoken::jwk::Jwk;
use kernel::{Random, Result as Done, Time};
use reqwest::{Client, IntoUrl, RequestBuilder, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use tokio::sync::Mutex;
use vault::sha256;
use zeroize::Zeroizing;

/// How long what a provider says of itself is believed, in milliseconds.
const FRESH_MS: i64 = 3_600_000;
/// How many seconds old a sign-in there may be that was to be anew. That it is one of now, `prompt` asks for; this makes
/// providers say when it was, and the token's `auth_time` is held against it, as far as clocks agree. With 0 some ask again
/// and again, each time too late.
const ANEW_S: &str = "60";
/// How often it is asked for keys at most, whoever sends tokens of keys that nobody knows, in milliseconds.
const AGAIN_MS: i64 = 60_000;

/// How long one that did not answer is not asked again, in milliseconds since the try began, which is over after 8
/// seconds: whoever waited for it does not try too.
const DOWN_MS: u64 = 15_000;

/// What a provider says of itself (OpenID Connect Discovery 1.0, RFC 8414, RFC 9207).
#[derive(Clone, Deserialize)]
pub struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    end_session_endpoint: Option<String>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    code_challenge_methods_supported: Option<Vec<String>>,
}

#[derive(Default)]
struct Known {
    metadata: Option<(Arc<Metadata>, Time)>,
    keys: Option<(Keys, Time)>,
    /// When it last did not answer.
    down: Option<Time>,
}

/// Where a browser is sent, and what is kept until it comes back.
pub struct Asked {
    /// The address.
    pub address: String,
    /// By which what comes back is known to be an answer to this.
    pub state: Zeroizing<String>,
    /// By which the token is.
    pub nonce: Zeroizing<String>,
    /// What only who asked knows of the code (RFC 7636).
    pub verifier: Zeroizing<String>,
}

/// What comes back, with what was kept.
pub struct Returned<'a> {
    /// The code.
    pub code: &'a str,
    /// The issuer that the answer names, if it names one.
    pub iss: Option<&'a str>,
    /// As it was made.
    pub nonce: &'a str,
    /// As it was made.
    pub verifier: &'a str,
    /// Since when the user must have been asked, if anew.
    pub anew_since: Option<Time>,
}

#[derive(Deserialize)]
struct TokenAnswer {
    id_token: Zeroizing<String>,
    token_type: String,
}

/// A provider.
pub struct Provider {
    settings: Settings,
    secret: Option<Zeroizing<String>>,
    /// Where browsers come back to.
    redirect: String,
    http: Client,
    known: Mutex<Known>,
}

impl Provider {
    /// A provider; nothing is asked of it yet. `redirect` is where browsers come back to.
    ///
    /// # Errors
    /// Invalid settings.
    pub fn new(settings: Settings, secret: Option<Zeroizing<String>>, redirect: String) -> Done<Self> {
        settings.check()?;
        let http = client(&settings)?;
        Ok(Self { settings, secret, redirect, http, known: Mutex::default() })
    }

    /// What the operator says of it.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    async fn metadata(&self, now: Time) -> Result<Arc<Metadata>, Refused> {
        let mut known = self.known.lock().await;
        if let Some((metadata, at)) = &known.metadata
            && is_fresh(*at, now, FRESH_MS)
        {
            return Ok(metadata.clone());
        }
        let found = self.fetch(&mut known, self.settings.discovery(), now).await?;
        let metadata = Arc::new(self.checked(found)?);
        known.metadata = Some((metadata.clone(), now));
        Ok(metadata)
    }

    /// What it says there, unless it did not answer just now: those who wait in line do not each wait for one who does
    /// not.
    async fn fetch<T: DeserializeOwned>(
        &self,
        known: &mut Known,
        address: impl IntoUrl,
        now: Time,
    ) -> Result<T, Refused> {
        // Servers' clocks are set back at times: a time before that of the try is no reason to ask.
        if known.down.is_some_and(|at| now.0.abs_diff(at.0) < DOWN_MS) {
            return Err(Refused::new(Why::Down, "did not answer just now"));
        }
        let found = json(self.http.get(address)).await;
        known.down = found.as_ref().err().filter(|e: &&Refused| e.why == Why::Down).map(|_| now);
        found
    }

    fn checked(&self, found: Metadata) -> Result<Metadata, Refused> {
        if found.issuer != self.settings.issuer {
            return Err(Refused::new(Why::Issuer, "of discovery"));
        }
        let asked = [&found.authorization_endpoint, &found.token_endpoint, &found.jwks_uri];
        if !asked.into_iter().chain(&found.end_session_endpoint).all(|at| self.settings.allows(at)) {
            return Err(Refused::new(Why::Answer, "an address that is not encrypted"));
        }
        let listed = found.code_challenge_methods_supported.as_ref();
        if !listed.map_or(self.settings.trust_pkce, |methods| methods.iter().any(|m| m == "S256")) {
            return Err(Refused::new(Why::Pkce, "S256 is not listed; if it is there, set trust_pkce = true"));
        }
        Ok(found)
    }

    /// Where a browser goes to sign in; `anew` if the user is to be asked whoever is signed in there.
    ///
    /// # Errors
    /// The provider does not answer, or is another one.
    pub async fn ask(&self, random: &dyn Random, anew: bool, now: Time) -> Result<Asked, Refused> {
        let metadata = self.metadata(now).await?;
        let [state, nonce, verifier] = [secret(random), secret(random), secret(random)];
        let challenge = URL_SAFE_NO_PAD.encode(sha256(&[verifier.as_bytes()]));
        let scope = std::iter::once("openid")
            .chain(self.settings.scopes.iter().map(String::as_str).filter(|s| *s != "openid"));
        let mut address =
            Url::parse(&metadata.authorization_endpoint).map_err(|e| Refused::new(Why::Answer, e))?;
        address
            .query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("redirect_uri", &self.redirect)
            .append_pair("scope", &scope.collect::<Vec<_>>().join(" "))
            .append_pair("state", &state)
            .append_pair("nonce", &nonce)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        if anew {
            address.query_pairs_mut().append_pair("prompt", "login").append_pair("max_age", ANEW_S);
        }
        if !self.settings.factor_acr.is_empty() {
            address.query_pairs_mut().append_pair("acr_values", &self.settings.factor_acr.join(" "));
        }
        Ok(Asked { address: address.into(), state, nonce, verifier })
    }

    /// Whether it answers, is the one that the settings say, and publishes a key that a token could be signed with.
    ///
    /// # Errors
    /// What is wrong with it.
    pub async fn reach(&self, now: Time) -> Result<(), Refused> {
        let metadata = self.metadata(now).await?;
        let published: Published = self.fetch(&mut Known::default(), &metadata.jwks_uri, now).await?;
        if Keys::from(published).is_empty() { Err(Refused::new(Why::Signature, "no key")) } else { Ok(()) }
    }

    /// Whether an answer can be one of this provider's (RFC 9207): none that names another is, and none that names
    /// nobody if this one says that it always names itself.
    ///
    /// # Errors
    /// It is not.
    pub async fn check_sender(&self, iss: Option<&str>, now: Time) -> Result<(), Refused> {
        let metadata = self.metadata(now).await?;
        match iss {
            Some(iss) if iss == self.settings.issuer => Ok(()),
            None if !metadata.authorization_response_iss_parameter_supported => Ok(()),
            _ => Err(Refused::new(Why::Issuer, "of an answer")),
        }
    }

    /// Gives the code back for a token, and checks that.
    ///
    /// # Errors
    /// Whatever is wrong with either.
    pub async fn redeem(&self, returned: &Returned<'_>, now: Time) -> Result<Claims, Refused> {
        self.check_sender(returned.iss, now).await?;
        let metadata = self.metadata(now).await?;
        // The access token in it is not read: nothing else is asked of the provider.
        let answer: TokenAnswer = json(self.token_request(&metadata, returned)).await?;
        if !answer.token_type.eq_ignore_ascii_case("bearer") {
            return Err(Refused::new(Why::Answer, "a token of another type"));
        }
        let raw: Raw = self.open(&answer.id_token, now).await?;
        raw.identity(&self.settings, returned.nonce, returned.anew_since, now)
    }

    /// Who gives the code back proves to be the client, and the one who asked.
    fn token_request(&self, metadata: &Metadata, returned: &Returned<'_>) -> RequestBuilder {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", returned.code)
            .append_pair("redirect_uri", &self.redirect)
            .append_pair("code_verifier", returned.verifier);
        let mut request = self.http.post(&metadata.token_endpoint);
        let methods = metadata.token_endpoint_auth_methods_supported.as_ref();
        let basic = methods.is_none_or(|all| all.iter().any(|m| m == "client_secret_basic"));
        match &self.secret {
            Some(secret) if basic => {
                // Both are encoded before they are joined (RFC 6749, 2.3.1).
                // A space is as well `%20` there, which those understand too who decode it as they do an address.
                let part = |text: &str| {
                    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
                };
                let pair = Zeroizing::new(format!("{}:{}", part(&self.settings.client_id), part(secret)));
                request =
                    request.header("authorization", format!("Basic {}", STANDARD.encode(pair.as_bytes())));
            }
            Some(secret) => {
                form.append_pair("client_id", &self.settings.client_id).append_pair("client_secret", secret);
            }
            None => {
                form.append_pair("client_id", &self.settings.client_id);
            }
        }
        request.header("content-type", "application/x-www-form-urlencoded").body(form.finish())
    }

    /// Checks a token by which the provider ends sessions. While the provider cannot be asked, by keys that are known,
    /// however long: it lets nobody in, and whoever was signed out is not to stay for that.
    ///
    /// # Errors
    /// Whatever is wrong with it, or [`Why::is_unchecked`].
    pub async fn log_out(&self, token: &str, now: Time) -> Result<LogOut, Refused> {
        let header = header(token)?;
        let key = match self.key(&header, now).await {
            Err(refused) if refused.why.is_unchecked() => self.known_key(&header).await.ok_or(refused)?,
            found => found?,
        };
        let raw: Raw = open(token, &header, &key)?;
        raw.log_out(&self.settings, now)
    }

    async fn known_key(&self, header: &Header) -> Option<Jwk> {
        let known = self.known.lock().await;
        known.keys.as_ref().and_then(|(keys, _)| keys.of(header).cloned())
    }

    /// Where a browser goes to sign out there too, if the provider has such a place and that is known.
    pub async fn sign_out_address(&self, back_to: &str, now: Time) -> Option<String> {
        let metadata = self.metadata(now).await.ok()?;
        let mut address = Url::parse(metadata.end_session_endpoint.as_deref()?).ok()?;
        address
            .query_pairs_mut()
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("post_logout_redirect_uri", back_to);
        Some(address.into())
    }

    async fn open(&self, token: &str, now: Time) -> Result<Raw, Refused> {
        let header = header(token)?;
        let key = self.key(&header, now).await?;
        open(token, &header, &key)
    }

    /// The key of a token; asks for keys anew if it is not among those that are known.
    async fn key(&self, header: &Header, now: Time) -> Result<Jwk, Refused> {
        let metadata = self.metadata(now).await?;
        let mut known = self.known.lock().await;
        if let Some((keys, at)) = &known.keys
            && is_fresh(*at, now, FRESH_MS)
        {
            match keys.of(header) {
                Some(key) => return Ok(key.clone()),
                None if is_fresh(*at, now, AGAIN_MS) => return Err(no_key()),
                None => {}
            }
        }
        let published: Published = self.fetch(&mut known, &metadata.jwks_uri, now).await?;
        let keys = Keys::from(published);
        let key = keys.of(header).cloned();
        known.keys = Some((keys, now));
        key.ok_or_else(no_key)
    }
}

fn no_key() -> Refused {
    Refused::new(Why::Signature, "no key of that name")
}

fn is_fresh(at: Time, now: Time, ms: i64) -> bool {
    at <= now && now < at.plus_ms(ms)
}

/// 256 random bits in base64url.
fn secret(random: &dyn Random) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new([0; 32]);
    random.fill(&mut *bytes);
    Zeroizing::new(URL_SAFE_NO_PAD.encode(*bytes))
}
