//! TLS: given certificate files, or a certificate of the instance's own authority.

use kernel::{Clock, Fault, FaultKind, Result, Text};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// Validity of the authority, in days.
const CA_DAYS: i64 = 3650;
/// Validity of the server's certificate, in days; browsers refuse more than 398.
const LEAF_DAYS: i64 = 397;
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

    let key = KeyPair::generate().map_err(tls_fault)?;
    let mut leaf = CertificateParams::new(hosts.to_vec()).map_err(tls_fault)?;
    leaf.distinguished_name.push(DnType::CommonName, hosts.first().map_or("localhost", String::as_str));
    leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    leaf.use_authority_key_identifier_extension = true;
    validity(&mut leaf, clock, LEAF_DAYS);
    let certificate = leaf.signed_by(&key, &issuer).map_err(tls_fault)?;

    write_private(&dir.join("ca.key"), &issuer.key().serialize_pem())?;
    write_private(&dir.join("server.key"), &key.serialize_pem())?;
    for (name, text) in [("ca.pem", ca_certificate.pem()), ("server.pem", certificate.pem())] {
        let path = dir.join(name);
        fs::write(&path, text).map_err(|e| io("zapisać certyfikatu", &path, &e))?;
    }
    Ok(())
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
