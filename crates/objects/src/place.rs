//! Where objects lie.

use crate::Objects;
use crate::fault::fault;
use kernel::{Fault, FaultKind, Result, Text};
use object_store::aws::AmazonS3Builder;
use object_store::client::Certificate;
use object_store::local::LocalFileSystem;
use object_store::{ClientOptions, RetryConfig};
use serde::{Deserialize, Serialize};
use std::fs::{self, DirBuilder, File};
use std::io::Read;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use vault::Vault;
use zeroize::Zeroizing;

/// Bytes of a file with credentials at most.
const FILE_MAX: u64 = 4 << 10;
/// How often, and for how long, a store that does not answer is asked again: somebody waits.
const RETRIES: usize = 3;
const RETRYING: Duration = Duration::from_secs(20);

/// A bucket of a store that speaks S3.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S3 {
    /// Its address, `https://…`; `http://…` only to this machine.
    pub endpoint: String,
    /// The bucket.
    pub bucket: String,
    /// The region; stores that have none take any word.
    pub region: String,
    /// A file that only its owner can read: the id of the key in its first line, the secret in its second.
    #[serde(rename = "credentials_file")]
    pub credentials: PathBuf,
    /// Authorities (PEM) that the store's certificate may come from, beside those of the machine.
    pub root_certificates: Option<PathBuf>,
}

/// What a request to a store is signed with. Wiped when dropped; has no `Debug`.
pub struct Credentials {
    id: String,
    secret: Zeroizing<String>,
}

impl Credentials {
    /// Reads a file of two lines.
    ///
    /// # Errors
    /// Invalid if it is missing, open to others than its owner, or has not two lines.
    pub fn from_file(path: &Path) -> Result<Self> {
        let at = |pl: &str, en: &str| {
            let path = path.display();
            Fault::invalid(Text::new(format!("{path}: {pl}"), format!("{path}: {en}")))
        };
        let unreadable = |e: std::io::Error| {
            at("nie można odczytać pliku.", "the file cannot be read.").internal(e.to_string())
        };
        let file = File::open(path).map_err(unreadable)?;
        if vault::open_to_others(&file).map_err(unreadable)? {
            return Err(at(
                "plik jest dostępny dla innych użytkowników systemu. Odbierz im prawa: chmod 600.",
                "the file is open to other users of the system. Take their rights away: chmod 600.",
            ));
        }
        let mut text = Zeroizing::new(String::new());
        file.take(FILE_MAX).read_to_string(&mut text).map_err(unreadable)?;
        let mut lines = text.lines().map(str::trim);
        match (lines.next(), lines.next()) {
            (Some(id), Some(secret)) if !id.is_empty() && !secret.is_empty() => {
                Ok(Self { id: id.to_owned(), secret: Zeroizing::new(secret.to_owned()) })
            }
            _ => Err(at(
                "potrzebne są dwa wiersze: identyfikator klucza i sekret.",
                "two lines are needed: the id of the key, and the secret.",
            )),
        }
    }
}

impl Objects {
    /// Objects in a folder of this machine, made for the owner alone. What was written is on the disk before
    /// it is acknowledged.
    ///
    /// # Errors
    /// Internal or full if the folder cannot be made.
    pub fn in_folder(dir: &Path, vault: Arc<Vault>) -> Result<Self> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(dir).map_err(|e| vault::io_fault("folder of objects", &e))?;
        let store = LocalFileSystem::new_with_prefix(dir).map_err(|e| fault(&e))?;
        Ok(Self::new(Arc::new(store.with_fsync(true)), vault))
    }

    /// Objects in a bucket. Nothing is asked of the store yet.
    ///
    /// # Errors
    /// Invalid if the address is none, would be spoken to in clear over a network, or a file cannot be used.
    pub fn in_bucket(place: &S3, vault: Arc<Vault>) -> Result<Self> {
        let endpoint = &place.endpoint;
        let clear = is_clear(endpoint).ok_or_else(|| {
            Fault::invalid(Text::new(
                format!(
                    "Magazyn plików musi mieć adres https://…, a nie „{endpoint}”. Bez szyfrowania może działać tylko na tym komputerze."
                ),
                format!(
                    "The store of files needs an address https://…, and not \"{endpoint}\". In clear it may be on this machine alone."
                ),
            ))
        })?;
        let Credentials { id, secret } = Credentials::from_file(&place.credentials)?;
        // The first in a process sets it; whoever comes later finds it set.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let mut client = ClientOptions::new().with_allow_http(clear);
        if let Some(path) = &place.root_certificates {
            let pem = fs::read(path).map_err(|e| unusable(path, &e))?;
            let all = Certificate::from_pem_bundle(&pem).map_err(|e| unusable(path, &e))?;
            if all.is_empty() {
                return Err(unusable(path, &"no certificate"));
            }
            for certificate in all {
                client = client.with_root_certificate(certificate);
            }
        }
        let retry = RetryConfig { max_retries: RETRIES, retry_timeout: RETRYING, ..RetryConfig::default() };
        let store = AmazonS3Builder::new()
            .with_client_options(client)
            .with_retry(retry)
            .with_allow_http(clear)
            .with_endpoint(&place.endpoint)
            .with_bucket_name(&place.bucket)
            .with_region(&place.region)
            .with_access_key_id(id)
            .with_secret_access_key(secret.as_str())
            .build()
            .map_err(|e| {
                let text = Text::of(
                    "Ustawienia magazynu plików są niewłaściwe: sprawdź adres, nazwę zasobnika i region.",
                    "The settings of the store of files are wrong: check address, bucket and region.",
                );
                Fault::invalid(text).internal(e.to_string())
            })?;
        Ok(Self::new(Arc::new(store), vault))
    }
}

fn unusable(path: &Path, e: &dyn std::fmt::Display) -> Fault {
    let text = format!("{}: {e}", path.display());
    Fault::new(FaultKind::Invalid, Text::same(text))
}

/// Whether an address is spoken to in clear; nothing if it is none, or if that would go over a network.
#[must_use]
pub fn is_clear(address: &str) -> Option<bool> {
    let uri: http::Uri = address.parse().ok()?;
    let host = uri.host()?.trim_start_matches('[').trim_end_matches(']');
    let own = || host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    match uri.scheme_str()? {
        "https" => Some(false),
        "http" if own() => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_spoken_to_in_clear() {
        for (address, clear) in [
            ("https://s3.example.com", Some(false)),
            ("https://127.0.0.1:9000", Some(false)),
            ("http://127.0.0.1:9000", Some(true)),
            ("http://[::1]:9000", Some(true)),
            ("http://localhost:9000", Some(true)),
            ("http://s3.example.com", None),
            ("http://127.0.0.1.example.com", None),
            ("http://10.0.0.1:9000", None),
            ("s3.example.com", None),
            ("ftp://localhost", None),
            ("", None),
        ] {
            assert_eq!(is_clear(address), clear, "{address}");
        }
    }
}
