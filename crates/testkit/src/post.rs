//! A real mail server (`aiosmtpd`) for a test, on a port of this machine. It goes with the process.

use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufReader};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tempfile::TempDir;

const SERVER: &str = include_str!("smtp.py");
/// How long a message is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// How the server behaves.
#[derive(Clone, Debug, Serialize)]
pub struct PostOptions {
    /// `required`, `starttls` or `none`.
    pub tls: &'static str,
    /// Whom its certificate names.
    pub name: &'static str,
    /// The name and password that it wants; none if it wants none.
    pub login: Option<(&'static str, &'static str)>,
    /// The port; any that is free if 0.
    pub port: u16,
    /// After so many messages it hangs up and does not say that it took them.
    pub drops: u32,
    /// Addresses that it refuses for good.
    pub refused: Vec<&'static str>,
}

impl Default for PostOptions {
    fn default() -> Self {
        Self { tls: "none", name: "localhost", login: None, port: 0, drops: 0, refused: Vec::new() }
    }
}

/// A message that arrived.
#[derive(Clone, Debug, Deserialize)]
pub struct Arrived {
    /// Whom it came from.
    pub from: String,
    /// Whom it was for.
    pub to: Vec<String>,
    /// The message, as it was sent.
    pub text: String,
    /// Whether it came under TLS.
    pub tls: bool,
    /// Who had logged in.
    pub user: Option<String>,
}

impl Arrived {
    /// A header of it, if it is there once.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let head = self.text.split("\r\n\r\n").next()?;
        let mut found = head.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// Its text for people, decoded as far as quoted-printable needs to be.
    #[must_use]
    pub fn words(&self) -> String {
        self.text.replace("=\r\n", "").replace("=3D", "=")
    }

    /// The secret of the link in it.
    #[must_use]
    pub fn secret(&self) -> Option<String> {
        let words = self.words();
        let after = words.split("/link#").nth(1)?;
        Some(after.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect())
    }
}

/// The server.
pub struct Post {
    child: Child,
    port: u16,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    dir: TempDir,
}

impl Post {
    /// A server that behaves so.
    ///
    /// # Panics
    /// If there is no Python with `aiosmtpd`; if the port is taken.
    #[must_use]
    pub fn new(options: &PostOptions) -> Self {
        let dir = tempfile::Builder::new().prefix("klucznik-post-").tempdir().expect("a temporary folder");
        server::tls::make_own(dir.path(), &[options.name.to_owned()], &kernel::SystemClock)
            .expect("a certificate");
        let mut how = serde_json::to_value(options).expect("JSON");
        how["certificate"] = dir.path().join("server.pem").display().to_string().into();
        how["key"] = dir.path().join("server.key").display().to_string().into();
        let mut child = Command::new(python())
            .args(["-c", SERVER, &how.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python runs");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let first = lines.next().expect("the mail server starts").expect("a line");
        let told: serde_json::Value = serde_json::from_str(&first).expect("JSON");
        let port = told["port"].as_u64().and_then(|p| u16::try_from(p).ok()).expect("a port");
        let arrived = Arc::new(Mutex::new(Vec::new()));
        let kept = arrived.clone();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let message = serde_json::from_str(&line).expect("a message");
                kept.lock().unwrap_or_else(PoisonError::into_inner).push(message);
            }
        });
        Self { child, port, arrived, dir }
    }

    /// Its port.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The authority that its certificate comes from.
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.dir.path().join("ca.pem")
    }

    /// What arrived until now, oldest first.
    #[must_use]
    pub fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until so many messages arrived, and gives all.
    ///
    /// # Panics
    /// If they do not arrive in time.
    pub async fn wait(&self, count: usize) -> Vec<Arrived> {
        let since = kernel::Stopwatch::start();
        loop {
            let arrived = self.arrived();
            if arrived.len() >= count {
                return arrived;
            }
            assert!(since.elapsed() < PATIENCE, "{} of {count} messages arrived", arrived.len());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Settings that lead to it.
    #[must_use]
    pub fn settings(&self, tls: mail::Tls) -> mail::Settings {
        let relay =
            if tls == mail::Tls::None { Ipv4Addr::LOCALHOST.to_string() } else { "localhost".to_owned() };
        mail::Settings {
            relay,
            port: Some(self.port),
            tls,
            sender: "Klucznik <crm@firma.example>".to_owned(),
            user: None,
            password_file: None,
            root_certificates: (tls != mail::Tls::None).then(|| self.authority()),
            per_minute: 6_000,
        }
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A Python that has the server: `KLUCZNIK_PYTHON`, Debian's, or the one in `PATH`.
fn python() -> String {
    let named = std::env::var("KLUCZNIK_PYTHON").ok();
    let candidates = named.into_iter().chain(["/usr/bin/python3".to_owned(), "python3".to_owned()]);
    let has = |python: &String| {
        Command::new(python)
            .args(["-c", "import aiosmtpd"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    };
    candidates.into_iter().find(has).expect("Python with aiosmtpd: run scripts/prepare.sh --tests")
}
