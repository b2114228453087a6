//! Asking a provider, with bounds on how long and how much.

use crate::Settings;
use crate::refused::{Refused, Why};
use kernel::{Fault, FaultKind, Result, Text};
use reqwest::{Certificate, Client, RequestBuilder, redirect::Policy};
use serde::de::DeserializeOwned;
use std::time::Duration;
use zeroize::Zeroizing;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(8);
/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(4);
/// Bytes of an answer that are read.
const ANSWER: usize = 256 << 10;

/// A client that follows no redirect: where a provider is asked stands in the settings and in what it says itself.
///
/// # Errors
/// The authorities cannot be read.
pub fn client(settings: &Settings) -> Result<Client> {
    // The first in a process sets it; whoever comes later finds it set.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let mut client = Client::builder().timeout(PATIENCE).connect_timeout(CONNECT).redirect(Policy::none());
    if settings.is_local() {
        // What goes in clear goes to this machine, and to no proxy.
        client = client.no_proxy();
    }
    if let Some(path) = &settings.root_certificates {
        let wrong = |e: &dyn std::fmt::Display| {
            Fault::new(
                FaultKind::Invalid,
                Text::new(format!("{}: {e}", path.display()), format!("{}: {e}", path.display())),
            )
        };
        let pem = std::fs::read(path).map_err(|e| wrong(&e))?;
        for certificate in Certificate::from_pem_bundle(&pem).map_err(|e| wrong(&e))? {
            client = client.tls_certs_merge([certificate]);
        }
    }
    client.build().map_err(Fault::bug)
}

/// Sends a request, and reads a JSON answer.
pub async fn json<T: DeserializeOwned>(request: RequestBuilder) -> std::result::Result<T, Refused> {
    let down = |e: reqwest::Error| Refused::new(Why::Down, e.without_url());
    let mut answer = request.header("accept", "application/json").send().await.map_err(down)?;
    let status = answer.status();
    if status.is_server_error() {
        return Err(Refused::new(Why::Down, status));
    }
    let mut body = Zeroizing::new(Vec::new());
    while let Some(chunk) = answer.chunk().await.map_err(down)? {
        if body.len() + chunk.len() > ANSWER {
            return Err(Refused::new(Why::TooLarge, "more than 256 KiB"));
        }
        body.extend_from_slice(&chunk);
    }
    if !status.is_success() {
        return Err(Refused::new(Why::Answer, status));
    }
    // The error's text could quote values; its place does not.
    serde_json::from_slice(&body)
        .map_err(|e| Refused::new(Why::Answer, format!("line {} column {}", e.line(), e.column())))
}
