//! A caller with a cookie jar that trusts the instance's own authority.

use reqwest::{Certificate, Method, StatusCode, header::HeaderMap};
use serde_json::Value;
use std::net::SocketAddr;
use std::path::Path;

/// The cookie of a browser that is known.
const BROWSER: &str = "__Host-klucznik-browser";

/// A client of one server.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    bearer: Option<String>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body as text.
    pub text: String,
}

impl Answer {
    /// The body as JSON; null if it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// The body without what differs from request to request whatever is asked: its id.
    #[must_use]
    pub fn told(&self) -> String {
        let id = self.headers.get("x-request-id").and_then(|id| id.to_str().ok());
        id.map_or_else(|| self.text.clone(), |id| self.text.replace(id, ""))
    }

    /// The answer, if it has this status.
    ///
    /// # Panics
    /// If it has another; the message shows the body.
    #[must_use]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }
}

impl Client {
    /// A client that trusts the authority in `ca` (PEM).
    ///
    /// # Panics
    /// If the file is no certificate.
    #[must_use]
    pub fn new(address: SocketAddr, ca: &Path) -> Self {
        // The first of a test process sets it; the others find it set.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let pem = std::fs::read(ca).expect("the authority's certificate");
        let http = reqwest::Client::builder()
            .tls_certs_only([Certificate::from_pem(&pem).expect("PEM")])
            .resolve("localhost", address)
            .cookie_store(true)
            .no_proxy()
            .build()
            .expect("a client");
        Self { http, base: format!("https://localhost:{}", address.port()), bearer: None }
    }

    /// The same caller, cookies and all, at another server of the same instance.
    #[must_use]
    pub fn at(&self, address: SocketAddr) -> Self {
        Self { base: format!("https://localhost:{}", address.port()), ..self.clone() }
    }

    /// The same server with a bearer token and no cookies.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { bearer: Some(token.to_owned()), ..self.clone() }
    }

    /// Whether it shows a bearer token.
    #[must_use]
    pub const fn is_token(&self) -> bool {
        self.bearer.is_some()
    }

    /// The underlying client, for what the short forms below cannot say.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request =
            self.http.request(method, format!("{}{path}", self.base)).header("accept-language", "en");
        match &self.bearer {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Sends a request.
    ///
    /// # Panics
    /// If no answer comes.
    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.expect("a body");
        Answer { status, headers, text }
    }

    /// Sends a request that was built before, such as one whose headers were replaced.
    ///
    /// # Panics
    /// If no answer comes.
    pub async fn run(&self, request: reqwest::Request) -> Answer {
        let response = self.http.execute(request).await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.expect("a body");
        Answer { status, headers, text }
    }

    /// Signs in.
    ///
    /// # Panics
    /// If that is refused.
    pub async fn sign_in(&self, login: &str, password: &str) {
        let _ = self.sign_in_known(login, password, None).await;
    }

    /// As [`Client::sign_in`], with what a browser carries that is known. Gives what it carries from now on.
    ///
    /// # Panics
    /// If that is refused.
    pub async fn sign_in_known(&self, login: &str, password: &str, known: Option<&str>) -> String {
        let body = serde_json::json!({ "login": login, "password": password });
        let mut request = self.request(Method::POST, "/api/v1/sessions").json(&body);
        if let Some(token) = known {
            request = request.header("cookie", format!("{BROWSER}={token}"));
        }
        let answer = self.send(request).await.expect(201);
        let cookies = answer.headers.get_all("set-cookie").iter().filter_map(|v| v.to_str().ok());
        let found = cookies.filter_map(|v| v.strip_prefix(BROWSER)?.strip_prefix('=')).next();
        found.and_then(|v| v.split(';').next()).expect("the browser is known now").to_owned()
    }

    /// Confirms to be there by the password, of somebody without a factor.
    ///
    /// # Panics
    /// If that is refused.
    pub async fn step_up(&self, password: &str) {
        let _ = self.send(self.request(Method::POST, "/api/v1/me/step-up")).await.expect(200);
        let body = serde_json::json!({ "password": password });
        let _ = self.post("/api/v1/me/step-up/finish", &body).await.expect(200);
    }

    /// `GET`.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// `POST` of JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    /// `PUT` of JSON.
    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::PUT, path).json(body)).await
    }

    /// `PATCH` of JSON under `If-Match`.
    pub async fn patch(&self, path: &str, version: u64, body: &Value) -> Answer {
        let request =
            self.request(Method::PATCH, path).header("if-match", format!("\"{version}\"")).json(body);
        self.send(request).await
    }

    /// `DELETE` under `If-Match`.
    pub async fn delete(&self, path: &str, version: u64) -> Answer {
        self.send(self.request(Method::DELETE, path).header("if-match", format!("\"{version}\""))).await
    }
}
