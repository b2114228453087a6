//! Places that cannot be used, and what lies in a folder.

use crate::support::Home;
use kernel::FaultKind;
use objects::{Objects, S3};
use std::fs;
use std::os::unix::fs::PermissionsExt;

fn mode(path: &std::path::Path) -> u32 {
    fs::metadata(path).expect("there").permissions().mode() & 0o777
}

#[tokio::test]
async fn a_folder_is_its_owners_alone() {
    let home = Home::in_folder();
    assert_eq!(mode(&home.temp.path().join("instance")), 0o700);
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_are_a_closed_file_of_two_lines() {
    let home = Home::in_memory();
    let credentials = home.temp.path().join("credentials");
    let place = S3 {
        endpoint: "https://s3.example.com".to_owned(),
        bucket: "klucznik".to_owned(),
        region: "none".to_owned(),
        credentials: credentials.clone(),
        root_certificates: None,
    };
    let open = |place: &S3| Objects::in_bucket(place, home.vault.clone()).err().map(|f| f.kind);
    assert_eq!(open(&place), Some(FaultKind::Invalid), "missing");
    for (text, bits, fits) in [
        ("id\nsecret\n", 0o600, true),
        ("id\nsecret\n", 0o640, false),
        ("id\n", 0o600, false),
        ("", 0o600, false),
    ] {
        fs::write(&credentials, text).expect("a file");
        fs::set_permissions(&credentials, fs::Permissions::from_mode(bits)).expect("rights");
        assert_eq!(open(&place).is_none(), fits, "{text:?} {bits:o}");
    }
    fs::write(&credentials, "id\nsecret\n").expect("a file");
    let clear = S3 { endpoint: "http://s3.example.com".to_owned(), ..place.clone() };
    assert_eq!(open(&clear), Some(FaultKind::Invalid), "in clear over a network");
    let no_pem = S3 { root_certificates: Some(credentials), ..place };
    assert_eq!(open(&no_pem), Some(FaultKind::Invalid), "no certificate");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_does_not_answer_or_does_not_know_us_is_unavailable() {
    let home = Home::in_bucket().await;
    let place = home.place.clone().expect("a bucket");
    let put = async |place: &S3| {
        let objects = Objects::in_bucket(place, home.vault.clone()).expect("settings that fit");
        objects.put(home.anna, home.id(), &b"x"[..], 10).await
    };
    assert_eq!(put(&place).await.expect("written"), 1);
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let nobody = S3 { endpoint: format!("http://{free}"), ..place.clone() };
    assert_eq!(put(&nobody).await.expect_err("nobody listens").kind, FaultKind::Unavailable);
    fs::write(&place.credentials, "klucznik-test\nanother-secret\n").expect("a file");
    assert_eq!(put(&place).await.expect_err("wrong secret").kind, FaultKind::Unavailable);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_probe_leaves_nothing_and_finds_what_does_not_work() {
    for home in [Home::in_memory(), Home::in_folder(), Home::in_bucket().await] {
        home.objects.probe(home.id()).await.expect("it works");
        assert!(home.listed().await.is_empty(), "the probe is gone");
    }
    let home = Home::in_folder();
    fs::write(home.temp.path().join("instance/objects"), "in the way").expect("a file");
    home.objects.probe(home.id()).await.expect_err("no folder can be made");
}
