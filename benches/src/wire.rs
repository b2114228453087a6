//! A caller: one connection that is kept, HTTP/1.1 over TLS. Small, so that measuring costs little.

use crate::Result;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// An answer.
pub struct Answer {
    /// Status.
    pub status: u16,
    /// The lines of its head.
    pub head: String,
    /// Its body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON; null if it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// A line of the head.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }
}

/// Trust in the instance's own authority.
pub fn trust(ca: &Path) -> Result<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(ca)? {
        roots.add(certificate?)?;
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// A connection.
pub struct Wire {
    stream: StreamOwned<ClientConnection, TcpStream>,
    buffer: Vec<u8>,
    cookie: String,
}

impl Wire {
    /// Connects.
    pub fn open(address: SocketAddr, trust: &Arc<ClientConfig>) -> Result<Self> {
        let socket = TcpStream::connect(address)?;
        socket.set_nodelay(true)?;
        socket.set_read_timeout(Some(Duration::from_secs(120)))?;
        let name = ServerName::try_from("localhost")?;
        let tls = ClientConnection::new(trust.clone(), name)?;
        Ok(Self { stream: StreamOwned::new(tls, socket), buffer: Vec::new(), cookie: String::new() })
    }

    /// Signs in; returns the cookie of the session.
    pub fn sign_in(&mut self, login: &str, password: &str) -> Result<String> {
        let body = serde_json::json!({ "login": login, "password": password }).to_string();
        let answer = self.ask("POST", "/api/v1/sessions", "", body.as_bytes())?;
        let cookie = answer.header("set-cookie").and_then(|c| c.split(';').next());
        let cookie = cookie.ok_or_else(|| format!("{login} cannot sign in: {}", answer.status))?.to_owned();
        Ok(cookie)
    }

    /// Goes on in the session of this cookie.
    pub fn with(mut self, cookie: &str) -> Self {
        cookie.clone_into(&mut self.cookie);
        self
    }

    /// Asks; `extra` are further lines of the head, each with its end.
    pub fn ask(&mut self, method: &str, path: &str, extra: &str, body: &[u8]) -> Result<Answer> {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n{extra}");
        if !self.cookie.is_empty() {
            head.push_str(&format!("Cookie: {}\r\n", self.cookie));
        }
        if !body.is_empty() {
            head.push_str(&format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len()));
        }
        head.push_str("\r\n");
        let mut message = head.into_bytes();
        message.extend_from_slice(body);
        self.stream.write_all(&message)?;
        self.stream.flush()?;
        let answer = self.answer()?;
        self.follow(&answer.head);
        Ok(answer)
    }

    /// The secret of a session changes with the rights of its user.
    fn follow(&mut self, head: &str) {
        let Some((name, _)) = self.cookie.split_once('=') else { return };
        let mut given = head.lines().filter_map(|line| {
            let (key, value) = line.split_once(':')?;
            let cookie = value.trim().split(';').next()?;
            let same = cookie.split_once('=').is_some_and(|(known, _)| known == name);
            (key.eq_ignore_ascii_case("set-cookie") && same).then(|| cookie.to_owned())
        });
        if let Some(next) = given.next_back() {
            self.cookie = next;
        }
    }

    /// Asks for what does not end; [`Wire::until`] listens to it.
    pub fn begin(&mut self, path: &str) -> Result<()> {
        let head = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {}\r\n\r\n", self.cookie);
        self.stream.write_all(head.as_bytes())?;
        self.stream.flush()?;
        self.buffer.clear();
        Ok(())
    }

    /// Reads until these words come, and lets go of all up to there.
    pub fn until(&mut self, words: &str) -> Result<()> {
        loop {
            if let Some(at) = self.buffer.windows(words.len()).position(|w| w == words.as_bytes()) {
                self.buffer.drain(..at + words.len());
                return Ok(());
            }
            self.more()?;
        }
    }

    fn answer(&mut self) -> Result<Answer> {
        self.buffer.clear();
        let end = loop {
            let from = self.buffer.len().saturating_sub(3);
            self.more()?;
            if let Some(at) = self.buffer[from..].windows(4).position(|w| w == b"\r\n\r\n") {
                break from + at + 4;
            }
        };
        let head = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
        let status = head.get(9..12).and_then(|s| s.parse().ok()).ok_or("no status line")?;
        let mut answer = Answer { status, head, body: Vec::new() };
        let length: usize = match answer.header("content-length") {
            Some(length) => length.parse()?,
            None if status == 204 => 0,
            None => return Err("an answer without its length".into()),
        };
        while self.buffer.len() < end + length {
            self.more()?;
        }
        answer.body.extend_from_slice(&self.buffer[end..end + length]);
        Ok(answer)
    }

    fn more(&mut self) -> Result<()> {
        let mut chunk = [0; 16 << 10];
        let n = self.stream.read(&mut chunk)?;
        if n == 0 {
            return Err("the server closed the connection".into());
        }
        self.buffer.extend_from_slice(&chunk[..n]);
        Ok(())
    }
}
