//! Settings of an instance: `klucznik.toml` in its folder, each beaten by an environment variable
//! `KLUCZNIK_…` and by a flag. No secret is among them, but names of files with one.

use crate::config_fault::{fault, unreadable};
use crate::instance::Layout;
use crate::password_config::PasswordsConfig;
use crate::peer::ProxyConfig;
use crate::secret;
use crate::sign_on::SignOnConfig;
use kernel::{Fault, Result, Text, Zone};
use objects::S3;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use store::PostgresOptions;

/// Where the root key comes from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "source", rename_all = "kebab-case", deny_unknown_fields)]
pub enum KeySource {
    /// A file with the key.
    Default {},
    /// A key file elsewhere than in the instance's folder.
    File {
        /// Its path.
        path: PathBuf,
    },
    /// A passphrase, asked at start or read from a file.
    Passphrase {
        /// A file with it; asked on the terminal if absent.
        file: Option<PathBuf>,
    },
    /// A systemd credential (systemd.exec(5), `LoadCredential=`).
    Credential {
        /// Its name.
        name: String,
    },
}

impl Default for KeySource {
    fn default() -> Self {
        Self::Default {}
    }
}

/// Where Prometheus may ask.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MetricsConfig {
    /// Address and port of this machine, in clear; none if absent.
    pub listen: Option<SocketAddr>,
}

/// Where spans of the server's work go, by OpenTelemetry.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TelemetryConfig {
    /// Address of a collector that speaks OTLP over HTTP: `https://…`, or `http://…` on this machine; none if absent.
    pub otlp: Option<String>,
    /// Authorities (PEM) that its certificate may come from, beside those of the machine.
    pub root_certificates: Option<PathBuf>,
}

impl KeySource {
    /// The file that holds it, of an instance in `dir`.
    #[must_use]
    pub fn file(&self, dir: &Path) -> Option<PathBuf> {
        match self {
            Self::Default {} => Some(Layout::new(dir).root_key()),
            Self::File { path } | Self::Passphrase { file: Some(path) } => Some(path.clone()),
            Self::Passphrase { file: None } | Self::Credential { .. } => None,
        }
    }

    /// Whether what opens everything lies in the folder of the data.
    #[must_use]
    pub fn lies_in(&self, dir: &Path) -> bool {
        let whole = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        self.file(dir).is_some_and(|path| whole(&path).starts_with(whole(dir)))
    }
}

/// Where the data lie, and so which engine keeps them.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(tag = "engine", rename_all = "kebab-case", deny_unknown_fields)]
pub enum StoreConfig {
    /// In the instance's folder.
    #[default]
    File,
    /// In a PostgreSQL database, which several servers may share.
    Postgresql(DatabaseConfig),
}

/// A PostgreSQL database.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    /// Where it is, as libpq's `postgresql://…` or `host=… dbname=…`, without a password.
    pub address: String,
    /// A file whose first line is the password, closed to others; none if the server asks for none.
    pub password_file: Option<PathBuf>,
    /// Authorities (PEM) that the server's certificate may come from; those of the machine if absent.
    pub root_certificates: Option<PathBuf>,
    /// Where the keys of subjects lie, if not in the same database.
    pub keyring_address: Option<String>,
}

impl DatabaseConfig {
    /// Where the data are.
    ///
    /// # Errors
    /// The password's file cannot be read, or is open to others.
    pub fn data(&self) -> Result<PostgresOptions> {
        self.at(&self.address)
    }

    /// Where the keys of subjects are.
    ///
    /// # Errors
    /// As [`DatabaseConfig::data`].
    pub fn keyring(&self) -> Result<PostgresOptions> {
        self.at(self.keyring_address.as_ref().unwrap_or(&self.address))
    }

    fn at(&self, address: &str) -> Result<PostgresOptions> {
        let password = secret::of_setting("[store] password_file", self.password_file.as_deref())?;
        let root_certificates = self.root_certificates.clone();
        Ok(PostgresOptions { password, root_certificates, ..PostgresOptions::new(address) })
    }
}

/// Where content of any length lies, such as documents.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(tag = "place", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ObjectsConfig {
    /// In the instance's folder.
    #[default]
    Folder,
    /// In a bucket of a store that speaks S3.
    S3(S3),
}

/// Backups.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BackupConfig {
    /// Whom they are encrypted for: age recipients, `age1…`.
    pub recipients: Vec<String>,
    /// Where the server puts one from time to time; none are made by themselves if absent. Better on another
    /// disk.
    pub folder: Option<PathBuf>,
    /// Hours from one to the next.
    pub every_h: u32,
    /// Of so many days the last backup is kept.
    pub keep_days: u32,
    /// Of so many weeks too.
    pub keep_weeks: u32,
}

impl Default for BackupConfig {
    fn default() -> Self {
        Self { recipients: Vec::new(), folder: None, every_h: 24, keep_days: 7, keep_weeks: 5 }
    }
}

impl BackupConfig {
    /// Whether the server makes them by itself.
    #[must_use]
    pub const fn is_scheduled(&self) -> bool {
        self.folder.is_some() && !self.recipients.is_empty()
    }

    /// Whom backups are encrypted for.
    ///
    /// # Errors
    /// Invalid if one is no age recipient.
    pub fn recipients(&self) -> Result<Vec<vault::Recipient>> {
        self.recipients.iter().map(|text| text.parse()).collect()
    }
}

/// Settings.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Names under which the server is reached; the first is the one of links. Requests to other names
    /// are refused.
    pub hosts: Vec<String>,
    /// Where browsers find the server, for links in letters, such as `https://crm.firma.example`; the first of
    /// `hosts` with the port of `listen` if absent.
    pub address: Option<String>,
    /// Certificate chain (PEM); that of the own authority if absent.
    pub certificate: Option<PathBuf>,
    /// Its key (PEM).
    pub certificate_key: Option<PathBuf>,
    /// Whether TLS 1.2 is spoken too.
    pub tls12: bool,
    /// Whether the `X-Request-Id` of a proxy in front is kept. Without such a proxy anybody could choose it.
    pub trust_request_id: bool,
    /// Proxies in front of the server.
    pub proxy: ProxyConfig,
    /// Where Prometheus may ask.
    pub metrics: MetricsConfig,
    /// Where spans of the server's work go.
    pub telemetry: TelemetryConfig,
    /// Where the root key comes from.
    pub key: KeySource,
    /// Where the data lie.
    pub store: StoreConfig,
    /// Sessions end after this many seconds without use.
    pub session_idle_s: u32,
    /// Sessions end after this many seconds at the latest.
    pub session_absolute_s: u32,
    /// Passwords.
    pub passwords: PasswordsConfig,
    /// A table of the countries of addresses, in the format of MaxMind DB, in place of the one that comes with the program.
    pub countries: Option<PathBuf>,
    /// By whose clocks notices and letters tell times: a name of IANA's database.
    pub time_zone: Zone,
    /// Single sign-on.
    pub sign_on: SignOnConfig,
    /// Requests a second that one user may make, on average.
    pub user_rate: u32,
    /// Sign-ins a minute that one network may try.
    pub login_rate: u32,
    /// Sign-ins a minute that may be tried from browsers that are not known, all together.
    pub login_rate_all: u32,
    /// Memory for the index's pages, in MiB, for each reading thread.
    pub index_cache_mib: u32,
    /// Room kept back on the disk, in MiB, so that reading goes on when the disk is full. Below 48 it may
    /// not suffice; 0 keeps none.
    pub reserve_mib: u32,
    /// Where content of any length lies.
    pub objects: ObjectsConfig,
    /// Where mail goes; none leaves if absent, and links are shown to whoever asks for them.
    pub mail: Option<mail::Settings>,
    /// Backups.
    pub backup: BackupConfig,
    /// Milliseconds after which others take a job of which its server is no longer heard. Not for operators: all
    /// servers on a database have the same.
    #[serde(skip)]
    pub lease_ms: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8443)),
            hosts: vec!["localhost".to_owned()],
            address: None,
            certificate: None,
            certificate_key: None,
            tls12: false,
            trust_request_id: false,
            proxy: ProxyConfig::default(),
            metrics: MetricsConfig::default(),
            telemetry: TelemetryConfig::default(),
            key: KeySource::default(),
            store: StoreConfig::default(),
            session_idle_s: 1_800,
            session_absolute_s: 43_200,
            passwords: PasswordsConfig::default(),
            countries: None,
            time_zone: Zone::default(),
            sign_on: SignOnConfig::default(),
            user_rate: 200,
            login_rate: 30,
            login_rate_all: 300,
            index_cache_mib: 64,
            reserve_mib: 64,
            objects: ObjectsConfig::default(),
            mail: None,
            backup: BackupConfig::default(),
            lease_ms: 10_000,
        }
    }
}

impl Config {
    /// The name of the file.
    pub const FILE: &str = "klucznik.toml";

    /// Reads the settings of the instance in `dir`; what is not named there has its default.
    ///
    /// # Errors
    /// The file does not parse, or names something unknown.
    pub fn load(dir: &Path) -> Result<Self> {
        let path = dir.join(Self::FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(e) => return Err(fault(&path, e)),
        };
        toml::from_str(&text).map_err(|e| unreadable(&path, &text, &e))
    }

    /// Where browsers find the server, without a slash at the end. No request has a say in it.
    ///
    /// # Errors
    /// Invalid if what is set is no `https://` address of a host alone.
    pub fn address(&self) -> Result<String> {
        let Some(set) = &self.address else {
            let host = self.hosts.first().map_or("localhost", String::as_str);
            // An address of IPv6 stands in brackets in front of a port.
            let v6 = host.parse::<std::net::Ipv6Addr>();
            let host = v6.map_or_else(|_| host.to_owned(), |v6| format!("[{v6}]"));
            let port = self.listen.port();
            return Ok(format!("https://{host}:{port}").trim_end_matches(":443").to_owned());
        };
        let uri: Option<http::Uri> = set.parse().ok();
        let plain = |uri: &http::Uri| {
            uri.scheme_str() == Some("https")
                && uri.authority().is_some_and(|a| !a.as_str().contains('@'))
                && matches!(uri.path(), "" | "/")
                && uri.query().is_none()
                && !set.contains('#')
        };
        match uri.filter(plain) {
            Some(_) => Ok(set.trim_end_matches('/').to_owned()),
            None => Err(Fault::invalid(Text::new(
                format!("address = {set:?}: podaj adres, jak https://crm.firma.example"),
                format!("address = {set:?}: give an address such as https://crm.firma.example"),
            ))),
        }
    }

    /// Writes the settings.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn save(&self, dir: &Path) -> Result<()> {
        let path = dir.join(Self::FILE);
        let text = toml::to_string_pretty(self).map_err(Fault::bug)?;
        std::fs::write(&path, text).map_err(|e| fault(&path, e))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_named_with_all_that_it_needs() {
        let read = |text: &str| toml::from_str::<Config>(text).map(|config| config.objects);
        let whole = "[objects]\nplace = \"s3\"\nendpoint = \"https://s3.firma.example\"\nbucket = \"klucznik\"\nregion = \"waw\"\ncredentials_file = \"/srv/s3\"\n";
        assert!(matches!(read(whole), Ok(ObjectsConfig::S3(S3 { root_certificates: None, .. }))));
        assert_eq!(read(""), Ok(ObjectsConfig::Folder));
        for wrong in [whole.replace("bucket", "buckets"), whole.replace("region = \"waw\"\n", "")] {
            assert!(read(&wrong).is_err(), "{wrong}");
        }
        let config = Config { objects: read(whole).expect("settings"), ..Config::default() };
        let text = toml::to_string_pretty(&config).expect("written");
        assert_eq!(read(&text), Ok(config.objects), "what is written is read again");
    }

    #[test]
    fn links_lead_where_the_settings_say() {
        let at = |address: Option<&str>| {
            Config { address: address.map(str::to_owned), ..Config::default() }.address().ok()
        };
        assert_eq!(at(None).as_deref(), Some("https://localhost:8443"));
        let v6 = Config { hosts: vec!["2001:db8::1".to_owned()], ..Config::default() };
        assert_eq!(v6.address().ok().as_deref(), Some("https://[2001:db8::1]:8443"));
        assert_eq!(at(Some("https://crm.firma.example/")).as_deref(), Some("https://crm.firma.example"));
        for wrong in [
            "http://crm.firma.example",
            "crm.firma.example",
            "https://a@b.example",
            "https://b.example/x",
            "",
        ] {
            assert_eq!(at(Some(wrong)), None, "{wrong}");
        }
    }

    #[test]
    fn a_key_in_the_folder_of_the_data_is_beside_them() {
        let place = tempfile::tempdir().expect("a folder");
        let dir = place.path().join("instance");
        std::fs::create_dir(&dir).expect("made");
        let (inside, outside) = (dir.join("../instance/key"), place.path().join("key"));
        for path in [&inside, &outside] {
            std::fs::write(path, "key").expect("written");
        }
        let file = |path: &Path| KeySource::File { path: path.to_owned() };
        let passphrase = |path: &Path| KeySource::Passphrase { file: Some(path.to_owned()) };
        assert!(KeySource::default().lies_in(&dir));
        assert!(file(&inside).lies_in(&dir) && passphrase(&inside).lies_in(&dir));
        assert!(!file(&outside).lies_in(&dir) && !passphrase(&outside).lies_in(&dir));
        assert!(!KeySource::Passphrase { file: None }.lies_in(&dir));
    }
}
