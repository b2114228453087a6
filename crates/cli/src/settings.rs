//! Settings by flag or environment; both beat `klucznik.toml`.

use crate::context::Failure;
use clap::{Args, ValueEnum};
use kernel::{Fault, Result, Text};
use server::{Config, DatabaseConfig, KeySource, StoreConfig, TelemetryConfig};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// How the instance is served.
#[derive(Args, Default)]
#[command(next_help_heading = "Settings (also in klucznik.toml)")]
pub struct Settings {
    /// Address and port to listen on [default: 127.0.0.1:8443]
    #[arg(long, env = "KLUCZNIK_LISTEN", value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// Name under which the server is reached, repeatable; the first is the one of links [default: localhost]
    #[arg(long = "host", env = "KLUCZNIK_HOSTS", value_name = "NAME", value_delimiter = ',')]
    hosts: Vec<String>,
    /// Certificate chain in PEM [default: from the instance's own authority]
    #[arg(long, env = "KLUCZNIK_CERTIFICATE", value_name = "FILE", requires = "certificate_key")]
    certificate: Option<PathBuf>,
    /// Key of the certificate, in PEM
    #[arg(long, env = "KLUCZNIK_CERTIFICATE_KEY", value_name = "FILE", requires = "certificate")]
    certificate_key: Option<PathBuf>,
    /// Speak TLS 1.2 too, for old clients
    #[arg(long, env = "KLUCZNIK_TLS12", value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    tls12: Option<bool>,
    /// Sessions end after so many seconds without use [default: 1800]
    #[arg(long, env = "KLUCZNIK_SESSION_IDLE_S", value_name = "SECONDS")]
    session_idle_s: Option<u32>,
    /// Sessions end after so many seconds at the latest [default: 43200]
    #[arg(long, env = "KLUCZNIK_SESSION_ABSOLUTE_S", value_name = "SECONDS")]
    session_absolute_s: Option<u32>,
    /// Requests a second that one user may make on average [default: 200]
    #[arg(long, env = "KLUCZNIK_USER_RATE", value_name = "NUMBER")]
    user_rate: Option<u32>,
    /// Sign-ins a minute that one network may try [default: 30]
    #[arg(long, env = "KLUCZNIK_LOGIN_RATE", value_name = "NUMBER")]
    login_rate: Option<u32>,
    /// Sign-ins a minute that may be tried from unknown browsers, all together [default: 300]
    #[arg(long, env = "KLUCZNIK_LOGIN_RATE_ALL", value_name = "NUMBER")]
    login_rate_all: Option<u32>,
    /// Network of a proxy in front whose X-Forwarded-For is believed, such as 10.0.0.5/32, repeatable
    /// [default: none]
    #[arg(
        long = "trusted-proxy",
        env = "KLUCZNIK_TRUSTED_PROXIES",
        value_name = "NETWORK",
        value_delimiter = ','
    )]
    trusted_proxies: Vec<ipnet::IpNet>,
    /// Memory for the index's pages, for each reading thread [default: 64]
    #[arg(long, env = "KLUCZNIK_INDEX_CACHE_MIB", value_name = "MIB")]
    index_cache_mib: Option<u32>,
    /// Where Prometheus may ask, in clear: an address of this machine [default: nowhere]
    #[arg(long, env = "KLUCZNIK_METRICS_LISTEN", value_name = "ADDRESS:PORT")]
    metrics_listen: Option<SocketAddr>,
    /// Collector that gets spans of the server's work (OTLP over HTTP): https://…, or http://… on this machine
    /// [default: none]
    #[arg(long, env = "KLUCZNIK_OTLP", value_name = "URL")]
    otlp: Option<String>,
    /// Authorities that the collector's certificate may come from, in PEM, beside those of the machine
    #[arg(long, env = "KLUCZNIK_OTLP_ROOT_CERTIFICATES", value_name = "FILE")]
    otlp_root_certificates: Option<PathBuf>,
    /// Keep the X-Request-Id of a proxy in front
    #[arg(long, env = "KLUCZNIK_TRUST_REQUEST_ID", value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    trust_request_id: Option<bool>,
    /// Room kept back on the disk, so that reading goes on when it is full [default: 64]
    #[arg(long, env = "KLUCZNIK_RESERVE_MIB", value_name = "MIB")]
    reserve_mib: Option<u32>,
    /// Whom backups are encrypted for: an age recipient, repeatable
    #[arg(
        long = "backup-recipient",
        env = "KLUCZNIK_BACKUP_RECIPIENTS",
        value_name = "AGE1…",
        value_delimiter = ','
    )]
    backup_recipients: Vec<vault::Recipient>,
    /// Folder into which the server puts a backup each day, better on another disk
    #[arg(long, env = "KLUCZNIK_BACKUP_FOLDER", value_name = "FOLDER")]
    backup_folder: Option<PathBuf>,
}

impl Settings {
    /// `config` with what is said here.
    ///
    /// # Errors
    /// A path cannot be made absolute.
    pub fn apply(self, mut config: Config) -> Result<Config> {
        config.telemetry = self.telemetry(config.telemetry)?;
        config.listen = self.listen.unwrap_or(config.listen);
        if !self.hosts.is_empty() {
            config.hosts = self.hosts;
        }
        if let (Some(certificate), Some(key)) = (self.certificate, self.certificate_key) {
            config.certificate = Some(absolute(&certificate)?);
            config.certificate_key = Some(absolute(&key)?);
        }
        config.tls12 = self.tls12.unwrap_or(config.tls12);
        config.session_idle_s = self.session_idle_s.unwrap_or(config.session_idle_s);
        config.session_absolute_s = self.session_absolute_s.unwrap_or(config.session_absolute_s);
        config.user_rate = self.user_rate.unwrap_or(config.user_rate);
        config.login_rate = self.login_rate.unwrap_or(config.login_rate);
        config.login_rate_all = self.login_rate_all.unwrap_or(config.login_rate_all);
        if !self.trusted_proxies.is_empty() {
            config.proxy.trusted = self.trusted_proxies;
        }
        config.index_cache_mib = self.index_cache_mib.unwrap_or(config.index_cache_mib);
        config.reserve_mib = self.reserve_mib.unwrap_or(config.reserve_mib);
        config.metrics.listen = self.metrics_listen.or(config.metrics.listen);
        config.trust_request_id = self.trust_request_id.unwrap_or(config.trust_request_id);
        if !self.backup_recipients.is_empty() {
            config.backup.recipients = self.backup_recipients.iter().map(ToString::to_string).collect();
        }
        if let Some(folder) = self.backup_folder {
            config.backup.folder = Some(absolute(&folder)?);
        }
        Ok(config)
    }

    /// `config` with what is said here of the collector.
    ///
    /// # Errors
    /// A path cannot be made absolute.
    pub fn telemetry(&self, config: TelemetryConfig) -> Result<TelemetryConfig> {
        let root_certificates = self.otlp_root_certificates.as_deref().map(absolute).transpose()?;
        Ok(TelemetryConfig {
            otlp: self.otlp.clone().or(config.otlp),
            root_certificates: root_certificates.or(config.root_certificates),
        })
    }
}

/// Kinds of sources of the root key.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KeyKind {
    /// A key file: keys/root.key, or --key-file
    File,
    /// A passphrase, asked at each start or read from --passphrase-file
    Passphrase,
    /// The systemd credential --credential
    Credential,
}

/// Where the root key comes from.
#[derive(Args, Default)]
#[command(next_help_heading = "Root key")]
pub struct KeyArgs {
    /// Where the root key comes from [default: as klucznik.toml says; a new instance: file]
    #[arg(long, global = true, env = "KLUCZNIK_KEY", value_name = "SOURCE")]
    key: Option<KeyKind>,
    /// Key file elsewhere than in keys/root.key
    #[arg(long, global = true, env = "KLUCZNIK_KEY_FILE", value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// File whose first line is the passphrase
    #[arg(long, global = true, env = "KLUCZNIK_PASSPHRASE_FILE", value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Name of a systemd credential (LoadCredential= in the unit)
    #[arg(long, global = true, env = "KLUCZNIK_CREDENTIAL", value_name = "NAME")]
    credential: Option<String>,
    #[command(flatten)]
    pub store: StoreArgs,
}

/// Where the data lie.
#[derive(Args, Default)]
#[command(next_help_heading = "Database (also in klucznik.toml)")]
pub struct StoreArgs {
    /// PostgreSQL database, as postgresql://user@host/database without a password; "file" for one in the
    /// folder [default: as klucznik.toml says; a new instance: file]
    #[arg(long = "store", global = true, env = "KLUCZNIK_STORE_ADDRESS", value_name = "ADDRESS")]
    store_address: Option<String>,
    /// File whose first line is the password of the database
    #[arg(long, global = true, env = "KLUCZNIK_STORE_PASSWORD_FILE", value_name = "FILE")]
    store_password_file: Option<PathBuf>,
    /// Authorities that the database's certificate may come from, in PEM [default: the machine's]
    #[arg(long, global = true, env = "KLUCZNIK_STORE_ROOT_CERTIFICATES", value_name = "FILE")]
    store_root_certificates: Option<PathBuf>,
    /// PostgreSQL database of the keys of people and companies, if another than that of the data
    #[arg(
        long = "store-keyring",
        global = true,
        env = "KLUCZNIK_STORE_KEYRING_ADDRESS",
        value_name = "ADDRESS"
    )]
    store_keyring_address: Option<String>,
}

impl StoreArgs {
    /// `store` with what is said here.
    ///
    /// # Errors
    /// What is said is of a database, and there is none.
    pub fn apply(&self, store: StoreConfig) -> std::result::Result<StoreConfig, Failure> {
        let (said, mut at) = match (self.store_address.as_deref(), store) {
            (Some("file"), _) | (None, StoreConfig::File) => (false, DatabaseConfig::default()),
            (Some(address), StoreConfig::File) => {
                (true, DatabaseConfig { address: address.to_owned(), ..DatabaseConfig::default() })
            }
            (Some(address), StoreConfig::Postgresql(at)) => {
                (true, DatabaseConfig { address: address.to_owned(), ..at })
            }
            (None, StoreConfig::Postgresql(at)) => (true, at),
        };
        if let Some(path) = &self.store_password_file {
            at.password_file = Some(absolute(path)?);
        }
        if let Some(path) = &self.store_root_certificates {
            at.root_certificates = Some(absolute(path)?);
        }
        if let Some(address) = &self.store_keyring_address {
            at.keyring_address = Some(address.clone());
        }
        if said {
            return Ok(StoreConfig::Postgresql(at));
        }
        if at == DatabaseConfig::default() {
            return Ok(StoreConfig::File);
        }
        Err(Failure::usage(Text::of(
            "Ustawienia bazy PostgreSQL wymagają jej adresu: --store postgresql://uzytkownik@serwer/baza",
            "Settings of a PostgreSQL database need its address: --store postgresql://user@host/database",
        )))
    }
}

impl KeyArgs {
    /// Nothing said of the key.
    pub fn of_store(store: StoreArgs) -> Self {
        Self { store, ..Self::default() }
    }

    /// The source that is said here, if any is.
    ///
    /// # Errors
    /// What is said does not fit together.
    pub fn source(&self) -> std::result::Result<Option<KeySource>, Failure> {
        let (file, passphrase, name) =
            (self.key_file.as_ref(), self.passphrase_file.as_ref(), self.credential.as_ref());
        let implied = match (file, passphrase, name) {
            (Some(_), ..) => Some(KeyKind::File),
            (_, Some(_), _) => Some(KeyKind::Passphrase),
            (.., Some(_)) => Some(KeyKind::Credential),
            _ => None,
        };
        let named = [file.is_some(), passphrase.is_some(), name.is_some()];
        let contradict = self.key.zip(implied).is_some_and(|(said, implied)| said != implied);
        if contradict || named.into_iter().filter(|n| *n).count() > 1 {
            return Err(Failure::usage(Text::of(
                "Podano dwa różne źródła klucza głównego.",
                "Two different sources of the root key are given.",
            )));
        }
        Ok(match self.key.or(implied) {
            None => None,
            Some(KeyKind::File) => Some(match file {
                Some(path) => KeySource::File { path: absolute(path)? },
                None => KeySource::default(),
            }),
            Some(KeyKind::Passphrase) => {
                Some(KeySource::Passphrase { file: passphrase.map(|p| absolute(p)).transpose()? })
            }
            Some(KeyKind::Credential) => {
                let name = name.cloned().ok_or_else(|| {
                    Failure::usage(Text::of(
                        "Podaj nazwę poświadczenia: --credential.",
                        "Give the credential's name: --credential.",
                    ))
                })?;
                Some(KeySource::Credential { name })
            }
        })
    }
}

/// A path that means the same from any folder.
///
/// # Errors
/// There is no present folder.
pub fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path).map_err(|e| Fault::bug(format!("{}: {e}", path.display())))
}
