//! A provider of single sign-on over HTTP on this machine, that keeps to OpenID Connect unless it is told not to.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use kernel::{Random, SystemRandom, Time};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::AbortHandle;

/// The client's secret.
const SECRET: &str = "sekret: klienta/1";
/// The client.
const CLIENT: &str = "klucznik";

/// How tokens are signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signing {
    /// With the published key.
    Right,
    /// With another key, under the name of the published one.
    OtherKey,
    /// With a new key, which is published from now on under a new name.
    NewKey,
    /// Not at all: `alg` is `none`.
    None,
    /// With an HMAC whose key is the client's secret.
    Secret,
}

struct Key {
    name: String,
    sign: EncodingKey,
    jwk: Value,
}

impl Key {
    fn new(name: &str) -> Self {
        let pair = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).expect("a key");
        let point = pair.public_key_raw();
        let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..65]));
        let jwk =
            json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": name, "use": "sig", "alg": "ES256" });
        Self { name: name.to_owned(), sign: EncodingKey::from_ec_der(&pair.serialize_der()), jwk }
    }

    fn token(&self, claims: &Value) -> String {
        let header = Header { kid: Some(self.name.clone()), ..Header::new(Algorithm::ES256) };
        encode(&header, claims, &self.sign).expect("a token")
    }
}

struct Said {
    now: Time,
    key: Key,
    keys_named: u32,
    signing: Signing,
    /// Claims of the next tokens, over the usual ones; null takes one away.
    claims: Value,
    /// What discovery says, over the usual.
    discovery: Value,
    /// Bytes of padding in each answer of the token end point.
    padding: usize,
    down: bool,
    /// How often keys were asked for.
    key_requests: u32,
    /// How often a code was given back, whosever it was.
    token_requests: u32,
    codes: HashMap<String, HashMap<String, String>>,
}

struct Inner {
    issuer: String,
    said: Mutex<Said>,
}

/// A provider.
pub struct OpenProvider {
    inner: Arc<Inner>,
    serving: AbortHandle,
}

impl Drop for OpenProvider {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn random() -> String {
    let mut bytes = [0; 16];
    SystemRandom.fill(&mut bytes);
    hex::encode(bytes)
}

fn over(mut usual: Value, with: &Value) -> Value {
    let (Some(all), Some(with)) = (usual.as_object_mut(), with.as_object()) else { return usual };
    for (name, value) in with {
        if value.is_null() {
            all.remove(name);
        } else {
            all.insert(name.clone(), value.clone());
        }
    }
    usual
}

impl Inner {
    fn said(&self) -> std::sync::MutexGuard<'_, Said> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn discovery(State(inner): State<Arc<Inner>>) -> (StatusCode, Json<Value>) {
    let (said, issuer) = (inner.said(), &inner.issuer);
    if said.down {
        return (StatusCode::BAD_GATEWAY, Json(Value::Null));
    }
    let usual = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "end_session_endpoint": format!("{issuer}/end"),
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
    });
    (StatusCode::OK, Json(over(usual, &said.discovery)))
}

async fn keys(State(inner): State<Arc<Inner>>) -> (StatusCode, Json<Value>) {
    let mut said = inner.said();
    said.key_requests += 1;
    if said.down {
        return (StatusCode::BAD_GATEWAY, Json(Value::Null));
    }
    (StatusCode::OK, Json(json!({ "keys": [{ "kty": "unheard of", "kid": "x" }, said.key.jwk] })))
}

async fn token(
    State(inner): State<Arc<Inner>>,
    headers: HeaderMap,
    body: String,
) -> (StatusCode, Json<Value>) {
    inner.said().token_requests += 1;
    let wrong = |what: &str| (StatusCode::BAD_REQUEST, Json(json!({ "error": what })));
    let form: HashMap<String, String> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let encoded =
        |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20");
    let pair = format!("Basic {}", STANDARD.encode(format!("{}:{}", encoded(CLIENT), encoded(SECRET))));
    if headers.get("authorization").is_none_or(|value| *value != *pair) {
        return wrong("invalid_client");
    }
    let mut said = inner.said();
    let Some(asked) = said.codes.remove(&form["code"]) else { return wrong("invalid_grant") };
    let challenge = URL_SAFE_NO_PAD.encode(vault::sha256(&[form["code_verifier"].as_bytes()]));
    if asked["code_challenge"] != challenge || asked["redirect_uri"] != form["redirect_uri"] {
        return wrong("invalid_grant");
    }
    let s = said.now.0 / 1_000;
    let usual = json!({
        "iss": inner.issuer, "sub": "pracownik-7", "aud": CLIENT, "iat": s, "exp": s + 300,
        "nonce": asked["nonce"], "sid": "sesja-1", "auth_time": s, "name": "Anna Nowa",
        "preferred_username": "anna.nowa", "email": "anna.nowa@firma.example", "email_verified": true,
    });
    let claims = over(usual, &said.claims);
    let id_token = said.token(&claims);
    let padding = "x".repeat(said.padding);
    let answer = json!({
        "access_token": random(), "token_type": "Bearer", "id_token": id_token, "padding": padding,
    });
    (StatusCode::OK, Json(answer))
}

impl Said {
    fn token(&mut self, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        match self.signing {
            Signing::Right => self.key.token(claims),
            Signing::OtherKey => Key::new(&self.key.name).token(claims),
            Signing::NewKey => {
                self.keys_named += 1;
                self.key = Key::new(&format!("klucz-{}", self.keys_named));
                self.key.token(claims)
            }
            Signing::None => format!("{}.{}.", part(&json!({ "alg": "none", "typ": "JWT" })), part(claims)),
            Signing::Secret => {
                let header = Header { kid: Some(self.key.name.clone()), ..Header::new(Algorithm::HS256) };
                encode(&header, claims, &EncodingKey::from_secret(SECRET.as_bytes())).expect("a token")
            }
        }
    }
}

impl OpenProvider {
    /// A provider at a free port of the loopback address, whose time is [`crate::START`].
    ///
    /// # Panics
    /// If it cannot listen.
    pub async fn new() -> Self {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let said = Said {
            now: crate::START,
            key: Key::new("klucz-0"),
            keys_named: 0,
            signing: Signing::Right,
            claims: json!({}),
            discovery: json!({}),
            padding: 0,
            down: false,
            key_requests: 0,
            token_requests: 0,
            codes: HashMap::new(),
        };
        let inner = Arc::new(Inner { issuer, said: Mutex::new(said) });
        let app = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(inner.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, app).await }).abort_handle();
        Self { inner, serving }
    }

    /// Its issuer.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.inner.issuer
    }

    /// What a server says of it in its settings; `secret_file` is where the client's secret is put.
    ///
    /// # Panics
    /// If the file cannot be written.
    #[must_use]
    pub fn settings(&self, name: &str, secret_file: &std::path::Path) -> oidc::Settings {
        use std::os::unix::fs::PermissionsExt;
        std::fs::write(secret_file, format!("{SECRET}\n")).expect("a file");
        std::fs::set_permissions(secret_file, std::fs::Permissions::from_mode(0o600)).expect("closed");
        let settings = json!({
            "name": name, "label": format!("Konto {name}"), "issuer": self.issuer(), "client_id": CLIENT,
            "client_secret_file": secret_file,
        });
        serde_json::from_value(settings).expect("settings")
    }

    /// The time from now on.
    pub fn set_time(&self, now: Time) {
        self.inner.said().now = now;
    }

    /// Claims of tokens from now on, over the usual ones; null takes one away.
    pub fn set_claims(&self, claims: Value) {
        self.inner.said().claims = claims;
    }

    /// What it says of itself from now on, over the usual.
    pub fn set_discovery(&self, with: Value) {
        self.inner.said().discovery = with;
    }

    /// How it signs from now on.
    pub fn set_signing(&self, signing: Signing) {
        self.inner.said().signing = signing;
    }

    /// Bytes that make each answer with a token longer from now on.
    pub fn set_padding(&self, bytes: usize) {
        self.inner.said().padding = bytes;
    }

    /// Whether it is out of order from now on.
    pub fn set_down(&self, down: bool) {
        self.inner.said().down = down;
    }

    /// How often it was asked for its keys.
    #[must_use]
    pub fn key_requests(&self) -> u32 {
        self.inner.said().key_requests
    }

    /// How often a code was given back to it, whosever it was.
    #[must_use]
    pub fn token_requests(&self) -> u32 {
        self.inner.said().token_requests
    }

    /// The user goes to this address and says yes: what the browser comes back with.
    ///
    /// # Panics
    /// If the address is not one of this provider's.
    #[must_use]
    pub fn consent(&self, address: &str) -> Value {
        let (place, query) = address.split_once('?').expect("a query");
        assert_eq!(place, format!("{}/authorize", self.issuer()));
        let asked: HashMap<String, String> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        assert_eq!((&*asked["response_type"], &*asked["client_id"]), ("code", CLIENT));
        assert_eq!(asked["code_challenge_method"], "S256");
        let (code, state) = (random(), asked["state"].clone());
        let page = asked["redirect_uri"].rsplit_once("/sign-on/").expect("a page of its own").1.to_owned();
        self.inner.said().codes.insert(code.clone(), asked);
        json!({ "provider": page, "code": code, "state": state, "iss": self.issuer() })
    }

    /// A token that ends sessions, with these claims over the usual ones.
    #[must_use]
    pub fn log_out_token(&self, with: &Value) -> String {
        let mut said = self.inner.said();
        let s = said.now.0 / 1_000;
        let usual = json!({
            "iss": self.inner.issuer, "aud": CLIENT, "iat": s, "exp": s + 120, "jti": random(),
            "sid": "sesja-1", "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
        });
        said.token(&over(usual, with))
    }
}
