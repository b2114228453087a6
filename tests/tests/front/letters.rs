//! Letters: they wait in the queue until the mail server takes them, tell nobody who exists, and let those who forgot
//! a password choose another.

use super::help::api;
use super::links::{NEW, choose, invited, settings};
use kernel::Clock;
use mail::Tls;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Arrived, Client, PASSWORD, Post, PostOptions, World};
use tokio::time::sleep;

pub fn leading_to(post: &Post) -> server::Config {
    server::Config { mail: Some(post.settings(Tls::None)), ..settings() }
}

/// Waits for so many letters, while time passes.
pub async fn later(world: &World, post: &Post, count: usize) -> Vec<Arrived> {
    for _ in 0..300 {
        if post.arrived().len() >= count {
            break;
        }
        world.clock.advance_ms(500);
        sleep(Duration::from_millis(100)).await;
    }
    post.wait(count).await
}

pub async fn forget(client: &Client, login: &str) -> testkit::Answer {
    client.post(&api("password-resets"), &json!({ "login": login })).await.expect(204)
}

/// Somebody whom mail reached: invited, with a password.
pub async fn newcomer(world: &World, post: &Post, login: &str) -> Client {
    let before = post.arrived().len();
    let admin = world.sign_in("robert.szymanski").await;
    let made = invited(&admin, login, json!({ "lang": "en" })).await.expect(201).json();
    assert_eq!(made["invitation"]["mailed"], true);
    assert!(made["invitation"]["link"].is_null(), "a link that was mailed is not shown");
    let letters = post.wait(before + 1).await;
    let link = letters[before].secret().expect("a link");
    let _ = choose(&world.client(), &link, PASSWORD).await.expect(200);
    world.sign_in(login).await
}

#[tokio::test(flavor = "multi_thread")]
async fn times_are_told_by_the_clocks_of_the_organisation() {
    let post = Post::new(&PostOptions::default());
    let time_zone = kernel::Zone::find("Asia/Tokyo").expect("a zone");
    let own = server::Config { time_zone: time_zone.clone(), ..leading_to(&post) };
    let world = World::with(own).await;
    let admin = world.sign_in("robert.szymanski").await;
    let made = invited(&admin, "nowa.osoba", json!({ "lang": "en" })).await.expect(201).json();
    let ends = made["invitation"]["ends_at"].as_str().expect("a time");
    let there = time_zone.moment(kernel::Time::parse(ends).expect("a time")).en;
    let letters = post.wait(1).await;
    let words = letters[0].words();
    assert!(there.ends_with(" JST"), "{there}");
    assert!(words.contains(&format!("until {there} (Asia/Tokyo)")), "{there}: {words}");
    // Notifications tell them by the same clocks.
    let link = letters[0].secret().expect("a link");
    let _ = choose(&world.client(), &link, PASSWORD).await.expect(200);
    let client = world.sign_in("nowa.osoba").await;
    let change = json!({ "current": PASSWORD, "new": NEW });
    let _ = client.put(&api("me/password"), &change).await.expect(204);
    let told = client.get(&api("notices")).await.expect(200).text;
    assert!(told.contains(" JST, ") && !told.contains("CET"), "{told}");
}

/// One server from which no mail leaves waits for no other.
#[tokio::test(flavor = "multi_thread")]
async fn where_no_mail_leaves_nothing_waits_for_it() {
    let world = World::on_file().await;
    for login in ["anna.kowalska", "nikt.taki"] {
        let _ = forget(&world.client(), login).await;
    }
    let store = world.app().engine().store();
    for _ in 0..300 {
        if store.jobs_of_user(kernel::UserId::NIL, 9).await.unwrap().iter().all(|job| !job.state.is_open()) {
            return;
        }
        sleep(Duration::from_millis(100)).await;
    }
    panic!("they wait: {:?}", store.jobs_of_user(kernel::UserId::NIL, 9).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_forgot_a_password_chooses_another_by_a_link() {
    let post = Post::new(&PostOptions::default());
    let world = World::with(leading_to(&post)).await;
    let before = newcomer(&world, &post, "nowa.osoba").await;
    let letter = &post.arrived()[0];
    assert_eq!(letter.to, ["nowa.osoba@firma.example"]);
    assert_eq!(letter.header("Subject"), Some("Klucznik: an invitation"));
    assert!(letter.words().contains("Firma"), "{}", letter.words());

    let nobody = world.client();
    let _ = forget(&nobody, " Nowa.Osoba ").await;
    let letters = post.wait(2).await;
    assert_eq!(letters[1].header("Subject"), Some("Klucznik: a new password"));
    let link = letters[1].secret().expect("a link");
    let _ = before.get(&api("me")).await.expect(200);
    let _ = choose(&nobody, &link, NEW).await.expect(200);
    let _ = before.get(&api("me")).await.expect(401);
    let body = json!({ "login": "nowa.osoba", "password": PASSWORD });
    let _ = nobody.post(&api("sessions"), &body).await.expect(401);
    let _ = choose(&nobody, &link, "zupełnie-inny-konik-polny-8").await.expect(404);
    nobody.sign_in("nowa.osoba", NEW).await;
    let notices = nobody.get(&api("notices")).await.expect(200).json();
    assert_eq!(notices["items"][0]["code"], "password-reset");
    let letters = post.wait(3).await;
    assert_eq!(letters[2].header("Subject"), Some("Klucznik: a new password was set"));
    assert!(letters[2].secret().is_none());

    let _ = forget(&nobody, "nowa.osoba").await;
    let link = post.wait(4).await[3].secret().expect("a link");
    world.clock.advance_ms(30 * 60_000);
    let _ = choose(&nobody, &link, "zupełnie-inny-konik-polny-8").await.expect(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_tells_nobody_who_exists() {
    let post = Post::new(&PostOptions::default());
    let world = World::with(leading_to(&post)).await;
    let _ = newcomer(&world, &post, "nowa.osoba").await;
    let gone = newcomer(&world, &post, "byla.osoba").await;
    let me = gone.get(&api("me")).await.expect(200).json();
    let admin = world.sign_in("robert.szymanski").await;
    let user = api(&format!("users/{}", me["user"]["id"].as_str().unwrap()));
    let version = me["user"]["version"].as_u64().unwrap();
    let _ = admin.patch(&user, version, &json!({ "active": false })).await.expect(200);

    let nobody = world.client();
    let seen = |answer: &testkit::Answer| {
        let mut names: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        names.sort();
        (answer.status, answer.told(), names)
    };
    let mut answers = Vec::new();
    // Nobody, suspended, mail never reached, long, and the one who gets a letter.
    let long = "x".repeat(5_000);
    for login in ["nikogo.takiego", "byla.osoba", "anna.kowalska", &long, "", "nowa.osoba", "nowa.osoba"] {
        answers.push(seen(&forget(&nobody, login).await));
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
    let letters = post.wait(3).await;
    assert_eq!(letters[2].to, ["nowa.osoba@firma.example"]);
    // A letter that goes into the queue after all of these is the next that arrives.
    let made = invited(&admin, "trzecia.osoba", json!({})).await.expect(201).json();
    assert_eq!(made["invitation"]["mailed"], true);
    let letters = post.wait(4).await;
    assert_eq!(letters.len(), 4, "nobody else got one, and one is enough for five minutes");
    assert_eq!(letters[3].to, ["trzecia.osoba@firma.example"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_that_nobody_uses_come_less_and_less_often() {
    let post = Post::new(&PostOptions::default());
    let world = World::with(leading_to(&post)).await;
    let _ = newcomer(&world, &post, "nowa.osoba").await;
    let nobody = world.client();
    assert_eq!(nobody.get(&api("sign-in")).await.expect(200).json(), json!({ "resets": true }));
    let mut count = 1;
    // Minutes that pass before somebody asks, and whether that brings a letter.
    for (n, (minutes, comes)) in [
        (0, true),
        (4, false),
        (1, true),
        (6, false),
        (4, true),
        (19, false),
        (1, true),
        (29, false),
        (1, true),
    ]
    .into_iter()
    .enumerate()
    {
        world.clock.advance_ms(minutes * 60_000);
        let _ = forget(&nobody, "nowa.osoba").await;
        // What is asked for after it comes after it.
        let admin = world.sign_in("robert.szymanski").await;
        let after = invited(&admin, &format!("osoba.{n}"), json!({})).await.expect(201).json();
        assert_eq!(after["invitation"]["mailed"], true);
        count += 1 + usize::from(comes);
        let letters = post.wait(count).await;
        assert_eq!(letters.len(), count, "after {minutes} minutes more");
        if comes {
            assert_eq!(letters[count - 2].to, ["nowa.osoba@firma.example"], "after {minutes} minutes more");
        }
    }
    let letters = post.wait(count).await;
    let mine = letters.iter().filter(|l| l.header("Subject") == Some("Klucznik: a new password"));
    let links: Vec<String> = mine.filter_map(Arrived::secret).collect();
    let (newest, older) = links.split_last().expect("letters");
    for old in older {
        let _ = choose(&nobody, old, NEW).await.expect(404);
    }
    let _ = choose(&nobody, newest, NEW).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_wait_for_the_server_and_outlive_a_restart_but_not_their_reason() {
    let post = Post::new(&PostOptions::default());
    let (port, config) = (post.port(), leading_to(&post));
    let mut world = World::with(config.clone()).await;
    drop(post);
    let admin = world.sign_in("robert.szymanski").await;
    let place = |made: &Value| api(&format!("users/{}", made["id"].as_str().unwrap()));
    let withdrawn = invited(&admin, "wycofana.osoba", json!({})).await.expect(201).json();
    let suspended = invited(&admin, "zawieszona.osoba", json!({})).await.expect(201).json();
    let _ = invited(&admin, "nowa.osoba", json!({})).await.expect(201);
    let taken_back = format!("{}/invitation", place(&withdrawn));
    let _ = admin.send(admin.request(Method::DELETE, &taken_back)).await.expect(204);
    let _ = admin.patch(&place(&suspended), 1, &json!({ "active": false })).await.expect(200);
    world.stop().await;
    let post = Post::new(&PostOptions { port, ..PostOptions::default() });
    world.start_with(config).await.unwrap();
    let letters = later(&world, &post, 1).await;
    assert_eq!(letters[0].to, ["nowa.osoba@firma.example"]);
    let link = letters[0].secret().expect("a link");
    let _ = choose(&world.client(), &link, NEW).await.expect(200);
    let admin = world.sign_in("robert.szymanski").await;
    let _ = invited(&admin, "ostatnia.osoba", json!({})).await.expect(201);
    let letters = later(&world, &post, 2).await;
    assert_eq!(letters.len(), 2, "those without a reason did not leave");
    assert_eq!(letters[1].to, ["ostatnia.osoba@firma.example"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_of_which_nobody_knows_whether_it_was_taken_comes_again_as_the_same() {
    let post = Post::new(&PostOptions { drops: 1, ..PostOptions::default() });
    let world = World::with(leading_to(&post)).await;
    let admin = world.sign_in("robert.szymanski").await;
    let _ = invited(&admin, "nowa.osoba", json!({})).await.expect(201);
    let letters = later(&world, &post, 2).await;
    assert_eq!(letters[0].text, letters[1].text, "who has both sees one");
    assert!(letters[0].header("Message-ID").is_some_and(|id| id.ends_with("@firma.example>")));
    let _ = invited(&admin, "inna.osoba", json!({})).await.expect(201);
    let letters = later(&world, &post, 3).await;
    assert_eq!((letters.len(), &letters[2].to[..]), (3, &["inna.osoba@firma.example".to_owned()][..]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_is_refused_for_good_is_given_up_and_told_of() {
    let post =
        Post::new(&PostOptions { refused: vec!["nowa.osoba@firma.example"], ..PostOptions::default() });
    let world = World::with(leading_to(&post)).await;
    let admin = world.sign_in("robert.szymanski").await;
    let _ = invited(&admin, "nowa.osoba", json!({})).await.expect(201);
    let mut dead = Value::Null;
    for _ in 0..100 {
        dead = admin.get(&api("jobs/dead")).await.expect(200).json()["items"][0].clone();
        if dead.is_object() {
            break;
        }
        sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(
        (&dead["kind"], &dead["can_retry"], &dead["attempts"]),
        (&json!("mail"), &json!(false), &json!(1))
    );
    let problem = dead["problem"].to_string();
    assert!(problem.contains("550") && !problem.contains("nowa.osoba"), "{problem}");
    let notices = admin.get(&api("notices")).await.expect(200).json();
    assert_eq!(notices["items"][0]["code"], "job-dead");
    // Its content goes right after it was told of.
    for _ in 0..100 {
        if world.app().engine().store().jobs_with_parts(10).await.unwrap().is_empty() {
            break;
        }
        sleep(Duration::from_millis(100)).await;
    }
    assert!(
        world.app().engine().store().jobs_with_parts(10).await.unwrap().is_empty(),
        "nothing is kept of it"
    );
    let place = api(&format!("jobs/dead/{}", dead["id"].as_str().unwrap()));
    let _ = admin.send(admin.request(Method::DELETE, &place)).await.expect(204);
    assert!(post.arrived().is_empty());
}

/// A mail server that takes a connection and says nothing.
fn silent() -> (std::net::TcpListener, server::Config) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut config = settings();
    config.mail = Some(mail::Settings {
        relay: "127.0.0.1".to_owned(),
        port: Some(port),
        tls: Tls::None,
        sender: "Klucznik <crm@firma.example>".to_owned(),
        user: None,
        password_file: None,
        root_certificates: None,
        per_minute: 6_000,
    });
    (listener, config)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_in_order_leaves_its_letter_to_others_at_once() {
    let (listener, config) = silent();
    let post = Post::new(&PostOptions::default());
    let mut world = World::in_database(testkit::Database::new()).await;
    world.stop().await;
    world.start_with(config).await.unwrap();
    let admin = world.sign_in("robert.szymanski").await;
    let _ = invited(&admin, "nowa.osoba", json!({})).await.expect(201);
    // It is on its way.
    let (_held, _) = tokio::task::spawn_blocking(move || listener.accept()).await.unwrap().unwrap();
    world.stop().await;
    world.start_with(leading_to(&post)).await.unwrap();
    // Long before its lease would have run out.
    assert_eq!(post.wait(1).await[0].to, ["nowa.osoba@firma.example"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_of_which_servers_die_is_given_up_and_not_sent() {
    let (_listener, config) = silent();
    let post = Post::new(&PostOptions::default());
    let mut world = World::with(config).await;
    let admin = world.sign_in("robert.szymanski").await;
    let _ = invited(&admin, "nowa.osoba", json!({})).await.expect(201);
    world.stop().await;
    // Nobody hands letters over here, but servers take it and die.
    world.start_with(settings()).await.unwrap();
    let store = world.app().engine().store().clone();
    for n in 0..=store::ATTEMPTS_MAX {
        let server = kernel::Id::from_bytes([u8::try_from(n).unwrap(); 16]);
        let take = || store::Take { server, lease_ms: 1, kinds: vec![records::MAIL], of_user: 1 };
        let mut taken = None;
        for _ in 0..100 {
            taken = store.take_job(take()).await.unwrap();
            if taken.is_some() {
                break;
            }
            world.clock.advance_ms(60_000);
            sleep(Duration::from_millis(20)).await;
        }
        assert!(taken.is_some(), "taken for the {n}th time");
    }
    world.clock.advance_ms(60_000);
    world.stop().await;
    world.start_with(leading_to(&post)).await.unwrap();
    let admin = world.sign_in("robert.szymanski").await;
    let mut dead = Value::Null;
    for _ in 0..100 {
        dead = admin.get(&api("jobs/dead")).await.expect(200).json()["items"][0].clone();
        if dead.is_object() {
            break;
        }
        sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(dead["kind"], "mail", "{dead}");
    assert!(post.arrived().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_outlives_a_mail_server_that_is_away_for_long() {
    let post = Post::new(&PostOptions::default());
    let (port, config) = (post.port(), leading_to(&post));
    // Whose clock is the world's.
    let mut world = World::on_file().await;
    world.stop().await;
    world.start_with(config).await.unwrap();
    drop(post);
    let admin = world.sign_in("robert.szymanski").await;
    let _ = invited(&admin, "nowa.osoba", json!({})).await.expect(201);
    let (store, begun) = (world.app().engine().store().clone(), world.clock.now());
    let mut tried = 0;
    for _ in 0..600 {
        let waiting = store.jobs_that(store::JobState::Waiting, 9).await.unwrap();
        tried =
            waiting.iter().filter(|job| job.kind == records::MAIL).map(|job| job.attempts).max().unwrap_or(0);
        if tried > store::ATTEMPTS_MAX + 2 && world.clock.now() > begun.plus_ms(3_600_000) {
            break;
        }
        world.clock.advance_ms(60_000);
        sleep(Duration::from_millis(100)).await;
    }
    assert!(tried > store::ATTEMPTS_MAX + 2, "tried {tried} times");
    let dead = store.jobs_that(store::JobState::Dead, 9).await.unwrap();
    assert!(dead.is_empty(), "{dead:?}");
    let post = Post::new(&PostOptions { port, ..PostOptions::default() });
    // No letter waits for longer.
    world.clock.advance_ms(750_000);
    assert_eq!(post.wait(1).await[0].to, ["nowa.osoba@firma.example"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_from_which_no_mail_leaves_ends_no_reset() {
    let post = Post::new(&PostOptions::default());
    let pair = super::servers::Pair::with(settings(), leading_to(&post)).await;
    let admin = pair.a.sign_in("robert.szymanski").await.at(pair.b.address());
    let _ = invited(&admin, "nowa.osoba", json!({ "lang": "en" })).await.expect(201);
    let link = post.wait(1).await[0].secret().expect("a link");
    let _ = choose(&pair.a.client(), &link, PASSWORD).await.expect(200);
    for n in 2..6 {
        // Asked at the one that sends nothing.
        let _ = forget(&pair.a.client(), "nowa.osoba").await;
        assert_eq!(post.wait(n).await[n - 1].header("Subject"), Some("Klucznik: a new password"));
        pair.forward(31 * 60_000);
    }
    pair.stop().await;
}
