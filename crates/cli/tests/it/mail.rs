//! `klucznik mail` and what the doctor says of the mail server, against a real one.

use crate::harness::House;
use serde_json::Value;
use std::fs;
use testkit::{Post, PostOptions};

/// An instance whose settings have a section `[mail]`.
fn house() -> House {
    let house = House::new();
    house.init("--key-file root.key").expect(0);
    house
}

fn set(house: &House, mail: &str) {
    let path = house.path("klucznik-data").join("klucznik.toml");
    let settings = fs::read_to_string(&path).expect("settings");
    let before = settings.split("[mail]").next().expect("settings");
    fs::write(&path, format!("{before}[mail]\n{mail}")).expect("a file");
}

/// Settings that lead to a server.
fn to(post: &Post, relay: &str, tls: &str, more: &str) -> String {
    let (port, authority) = (post.port(), post.authority().display().to_string());
    format!(
        "relay = \"{relay}\"\nport = {port}\ntls = \"{tls}\"\nsender = \"crm@firma.example\"\nroot_certificates = \"{authority}\"\n{more}"
    )
}

/// What the doctor says of mail.
fn found(house: &House) -> String {
    let answer = house.run("doctor --json").json();
    let checks = answer["checks"].as_array().expect("checks");
    let check: &Value = checks.iter().find(|c| c["check"] == "mail").expect("a check of mail");
    check["state"].as_str().expect("a state").to_owned()
}

#[test]
fn a_letter_goes_out_under_tls_after_logging_in() {
    let house = house();
    assert_eq!(found(&house), "ok", "without mail");
    house.run("mail test anna@firma.example").expect(1);
    house.secret("smtp", "zielony rower");
    let file = house.path("smtp").display().to_string();
    let log_in = format!("user = \"crm\"\npassword_file = \"{file}\"\n");
    for tls in ["required", "starttls"] {
        let post =
            Post::new(&PostOptions { tls, login: Some(("crm", "zielony rower")), ..PostOptions::default() });
        set(&house, &to(&post, "localhost", tls, &log_in));
        assert_eq!(found(&house), "ok", "{tls}");
        assert!(post.arrived().is_empty(), "the doctor sends nothing");
        assert_eq!(house.run("mail test anna@firma.example --json").expect(0).json()["sent"], true);
        // The other program may tell of it a moment after the sender has its answer.
        let arrived = tokio::runtime::Runtime::new().unwrap().block_on(post.wait(1));
        let [letter] = &arrived[..] else { panic!("one letter: {arrived:?}") };
        assert!(letter.tls && letter.user.as_deref() == Some("crm"), "{letter:?}");
        assert_eq!(
            (&*letter.from, &letter.to[..]),
            ("crm@firma.example", &["anna@firma.example".to_owned()][..])
        );
        house.run("mail test anna@firma.example,ewa@firma.example").expect(2);

        house.secret("smtp", "czerwony rower");
        assert_eq!(found(&house), "error", "the wrong password");
        house.run("mail test anna@firma.example").expect(1);
        assert_eq!(post.arrived().len(), 1);
        house.secret("smtp", "zielony rower");
    }
}

#[test]
fn nothing_leaves_to_a_server_that_is_not_the_one_that_was_meant() {
    let house = house();
    let other =
        Post::new(&PostOptions { tls: "required", name: "poczta.firma.example", ..PostOptions::default() });
    set(&house, &to(&other, "localhost", "required", ""));
    assert_eq!(found(&house), "error", "its certificate names another");
    house.run("mail test anna@firma.example").expect(1);

    let stranger = Post::new(&PostOptions { tls: "starttls", ..PostOptions::default() });
    let settings = to(&stranger, "localhost", "starttls", "");
    let authority = stranger.authority().display().to_string();
    set(&house, &settings.replace(&authority, &other.authority().display().to_string()));
    assert_eq!(found(&house), "error", "its certificate comes from another authority");
    house.run("mail test anna@firma.example").expect(1);

    let clear = Post::new(&PostOptions::default());
    set(&house, &to(&clear, "localhost", "starttls", ""));
    assert_eq!(found(&house), "error", "it speaks no TLS");
    house.run("mail test anna@firma.example").expect(1);
    set(&house, &to(&clear, "smtp.firma.example", "none", ""));
    assert_eq!(found(&house), "error", "in clear beyond this machine");
    house.run("mail test anna@firma.example").expect(1);
    set(&house, &to(&clear, "127.0.0.1", "none", ""));
    assert_eq!(found(&house), "ok", "in clear on this machine");

    for post in [other, stranger, clear] {
        assert!(post.arrived().is_empty());
    }
}
