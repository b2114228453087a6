//! TLS: given certificate files, or a certificate of the instance's own authority.

use kernel::{Clock, Fault, FaultKind, Result, Text, Time};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::fs;
use std::io::Write;
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use x509_parser::extensions::GeneralName;
use x509_parser::pem::parse_x509_pem;
use x509_parser::time::ASN1Time;

/// Validity of the authority, in days.
const CA_DAYS: i64 = 3650;
/// Validity of the server's certificate, in days; browsers refuse more than 398.
const LEAF_DAYS: i64 = 397;
/// Days before its end at which the server's certificate is made anew.
const RENEW_DAYS: i64 = 30;
const DAY_S: i64 = 86_400;

fn io(what: &str, path: &Path, e: &std::io::Error) -> Fault {
    Fault::new(
        FaultKind::Unavailable,
        Text::new(
            format!("Nie udało się {what}: {} ({e}).", path.display()),
            format!("Could not access {}: {e}.", path.display()),
        ),
    )
}

fn tls_fault(e: impl std::fmt::Display) -> Fault {
    Fault::new(
        FaultKind::Unavailable,
        Text::new(
            format!("Certyfikat TLS albo jego klucz jest niewłaściwy: {e}."),
            format!("The TLS certificate or its key is wrong: {e}."),
        ),
    )
}

fn write_private(path: &Path, text: &str) -> Result<()> {
    #[cfg(unix)]
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(path).map_err(|e| io("zapisać klucza", path, &e))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|e| io("zapisać klucza", path, &e))
}

fn validity(params: &mut CertificateParams, clock: &dyn Clock, days: i64) {
    let at = |s: i64| {
        let base = rcgen::date_time_ymd(1970, 1, 1);
        base + std::time::Duration::from_secs(s.max(0).unsigned_abs())
    };
    let now = clock.now().0 / 1000;
    params.not_before = at(now - DAY_S);
    params.not_after = at(now + days * DAY_S);
}

/// Makes `ca.pem` and `ca.key`, `server.pem` and `server.key` in `dir` for `hosts`. The authority's key
/// stays with the operator, to make the next certificate.
///
/// # Errors
/// A host that cannot be in a certificate; the folder cannot be written.
pub fn make_own(dir: &Path, hosts: &[String], clock: &dyn Clock) -> Result<()> {
    fs::create_dir_all(dir).map_err(|e| io("utworzyć folderu", dir, &e))?;
    let ca_key = KeyPair::generate().map_err(tls_fault)?;
    let mut ca = CertificateParams::new(Vec::new()).map_err(tls_fault)?;
    ca.distinguished_name.push(DnType::CommonName, "Klucznik: own certificate authority");
    ca.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    ca.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    validity(&mut ca, clock, CA_DAYS);
    let ca_certificate = ca.self_signed(&ca_key).map_err(tls_fault)?;
    let issuer = Issuer::new(ca, ca_key);
    write_private(&dir.join("ca.key"), &issuer.key().serialize_pem())?;
    write_public(&dir.join("ca.pem"), &ca_certificate.pem())?;
    make_leaf(dir, hosts, clock, &issuer)
}

/// `server.pem` and `server.key`, signed by the instance's own authority.
fn make_leaf(dir: &Path, hosts: &[String], clock: &dyn Clock, issuer: &Issuer<'_, KeyPair>) -> Result<()> {
    let key = KeyPair::generate().map_err(tls_fault)?;
    let mut leaf = CertificateParams::new(hosts.to_vec()).map_err(tls_fault)?;
    leaf.distinguished_name.push(DnType::CommonName, hosts.first().map_or("localhost", String::as_str));
    leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    leaf.use_authority_key_identifier_extension = true;
    validity(&mut leaf, clock, LEAF_DAYS);
    let certificate = leaf.signed_by(&key, issuer).map_err(tls_fault)?;
    write_private(&dir.join("server.key"), &key.serialize_pem())?;
    write_public(&dir.join("server.pem"), &certificate.pem())
}

fn write_public(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).map_err(|e| io("zapisać certyfikatu", path, &e))
}

/// Makes a new certificate under the same authority if the present one ends within 30 days or names
/// other hosts. Without the authority's key nothing is done: it was taken away on purpose.
///
/// # Errors
/// Files that are no certificate or key; the folder cannot be written.
pub fn renew_own(dir: &Path, hosts: &[String], clock: &dyn Clock) -> Result<bool> {
    let read = |name: &str| fs::read_to_string(dir.join(name));
    let (Ok(ca), Ok(ca_key), Ok(present)) = (read("ca.pem"), read("ca.key"), read("server.pem")) else {
        return Ok(false);
    };
    if !is_due(&present, hosts, clock)? {
        return Ok(false);
    }
    let issuer = Issuer::from_ca_cert_pem(&ca, KeyPair::from_pem(&ca_key).map_err(tls_fault)?);
    make_leaf(dir, hosts, clock, &issuer.map_err(tls_fault)?)?;
    Ok(true)
}

fn is_due(pem: &str, hosts: &[String], clock: &dyn Clock) -> Result<bool> {
    let present = parse(pem.as_bytes())?;
    let left_ms = present.ends.0 - clock.now().0;
    Ok(left_ms < RENEW_DAYS * DAY_S * 1_000 || !hosts.iter().all(|host| present.covers(host)))
}

/// A certificate as administrators may know it.
pub struct Certificate {
    /// Whom it names.
    pub subject: String,
    /// Begins when.
    pub begins: Time,
    /// Ends when.
    pub ends: Time,
    /// Names and addresses that it is for.
    names: Vec<String>,
}

impl Certificate {
    /// Whether it is for this host: a name, an address, or a name that its `*.` stands for (RFC 9525).
    #[must_use]
    pub fn covers(&self, host: &str) -> bool {
        let parent = host.split_once('.').map(|(_, parent)| parent);
        self.names.iter().any(|name| match name.strip_prefix("*.") {
            Some(under) => parent.is_some_and(|p| p.eq_ignore_ascii_case(under)),
            None => name.eq_ignore_ascii_case(host),
        })
    }
}

/// The first certificate in a file.
///
/// # Errors
/// The file cannot be read, or is no certificate.
pub fn look(path: &Path) -> Result<Certificate> {
    parse(&fs::read(path).map_err(|e| io("odczytać certyfikatu", path, &e))?)
}

fn parse(pem: &[u8]) -> Result<Certificate> {
    let (_, pem) = parse_x509_pem(pem).map_err(tls_fault)?;
    let certificate = pem.parse_x509().map_err(tls_fault)?;
    let names = certificate.subject_alternative_name().map_err(tls_fault)?;
    let names = names.map(|n| n.value.general_names.as_slice()).unwrap_or_default();
    let at = |time: ASN1Time| Time(time.timestamp().saturating_mul(1_000));
    Ok(Certificate {
        subject: certificate.subject().to_string(),
        begins: at(certificate.validity().not_before),
        ends: at(certificate.validity().not_after),
        names: names.iter().filter_map(name).collect(),
    })
}

fn name(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(dns) => Some((*dns).to_owned()),
        GeneralName::IPAddress(bytes) => match bytes.len() {
            4 => <[u8; 4]>::try_from(*bytes).ok().map(|b| IpAddr::from(b).to_string()),
            _ => <[u8; 16]>::try_from(*bytes).ok().map(|b| IpAddr::from(b).to_string()),
        },
        _ => None,
    }
}

/// The server's TLS settings: TLS 1.3, and 1.2 only if asked.
///
/// # Errors
/// Files missing, not PEM, or not fitting each other.
pub fn server_config(certificate: &Path, key: &Path, allow_tls12: bool) -> Result<Arc<rustls::ServerConfig>> {
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect::<std::result::Result<Vec<_>, _>>)
        .map_err(|e| tls_fault(format!("{}: {e}", certificate.display())))?;
    let key = PrivateKeyDer::from_pem_file(key).map_err(|e| tls_fault(format!("{}: {e}", key.display())))?;
    let versions: &[&rustls::SupportedProtocolVersion] = if allow_tls12 {
        &[&rustls::version::TLS13, &rustls::version::TLS12]
    } else {
        &[&rustls::version::TLS13]
    };
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .map_err(tls_fault)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(tls_fault)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{ManualClock, Time};

    #[test]
    fn the_own_certificate_is_renewed_before_it_ends_and_for_new_names() {
        let dir = tempfile::tempdir().expect("a folder");
        let clock = ManualClock::new(Time(1_795_420_800_000));
        let hosts = ["crm.example".to_owned(), "127.0.0.1".to_owned()];
        make_own(dir.path(), &hosts, &clock).expect("made");
        let files =
            || ["ca.pem", "server.pem"].map(|f| fs::read_to_string(dir.path().join(f)).expect("there"));
        let first = files();
        assert!(!renew_own(dir.path(), &hosts, &clock).expect("read"), "fresh");
        let more = [hosts.to_vec(), vec!["::1".to_owned()]].concat();
        assert!(renew_own(dir.path(), &more, &clock).expect("made"), "another name");
        assert!(!renew_own(dir.path(), &hosts, &clock).expect("read"), "names more than asked");
        clock.advance_ms(368 * 86_400_000);
        assert!(renew_own(dir.path(), &hosts, &clock).expect("made"), "29 days are left");
        let last = files();
        assert!(first[0] == last[0] && first[1] != last[1], "the authority stays");
        server_config(&dir.path().join("server.pem"), &dir.path().join("server.key"), false)
            .expect("they fit");
        fs::remove_file(dir.path().join("ca.key")).expect("gone");
        clock.advance_ms(400 * 86_400_000);
        assert!(!renew_own(dir.path(), &hosts, &clock).expect("left"), "the operator took the key away");
    }
}
