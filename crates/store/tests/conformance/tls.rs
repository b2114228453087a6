//! Beyond this machine nothing is spoken but TLS, with the server that was meant.

use crate::support::{Place, kind};
use cluster::Database;
use kernel::FaultKind;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use store::{Options, PostgresOptions, Store};

/// An authority.
fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

#[test]
fn a_server_must_prove_who_it_is() {
    let (trusted, other) = (authority(), authority());
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["db.example".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &trusted).unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let database = Database::under_tls(port, &certificate.pem(), &key.serialize_pem());
    let place = Place::over(Some(Arc::new(database)));
    let file = |name: &str, text: String| {
        let path: PathBuf = place.data.join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let (trusted, other) = (file("trusted.pem", trusted.pem()), file("other.pem", other.pem()));
    let at = |host: &str, mode: &str, roots: Option<&PathBuf>| {
        let name = place.database().name();
        let address =
            format!("host={host} hostaddr=127.0.0.1 port={port} user=postgres dbname={name} {mode}");
        let options = PostgresOptions { root_certificates: roots.cloned(), ..PostgresOptions::new(address) };
        Options { place: store::Place::Postgres(options), ..place.options() }
    };
    for (host, mode, roots) in [
        ("db.example", "", Some(&other)),
        ("db.example", "", None),
        ("db.example", "sslmode=disable", Some(&other)),
        ("db.example", "sslmode=prefer", None),
        ("elsewhere.example", "", Some(&trusted)),
    ] {
        let refused = kind(Store::create(at(host, mode, roots)));
        assert_eq!(refused, Some(FaultKind::Unavailable), "{host} {mode}");
    }
    let store = Store::create(at("db.example", "sslmode=verify-full", Some(&trusted))).unwrap();
    store.commit_blocking(place.inserting([place.row()])).unwrap();
    let clear = "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
        WHERE application_name = 'klucznik' AND NOT ssl";
    let under_tls = clear.replace("AND NOT ssl", "AND ssl");
    assert_eq!(place.database().sql(clear), "0");
    assert_ne!(place.database().sql(&under_tls), "0");
    // A server that speaks no TLS is not spoken to either.
    place.database().sql("ALTER SYSTEM SET ssl = off");
    place.database().sql("SELECT pg_reload_conf()");
    let late = Options {
        checkpoint_path: place.data.join("late"),
        accept_missing_checkpoint: true,
        ..at("db.example", "sslmode=disable", Some(&trusted))
    };
    assert_eq!(kind(Store::open(late)), Some(FaultKind::Unavailable));
}
