//! Whoever loses the last way in is written to where mail reached the user, for a notification nobody can read.

use super::addresses::reached;
use super::factors::enrol;
use super::help::api;
use super::letters::leading_to;
use super::passkeys::add;
use super::sign_on::{Place, user};
use super::sign_on_ends::promote;
use kernel::Stopwatch;
use reqwest::Method;
use server::Config;
use std::time::Duration;
use testkit::{Arrived, Client, Post, PostOptions, World};

async fn remove(client: &Client, path: &str) -> testkit::Answer {
    client.send(client.request(Method::DELETE, &api(path))).await
}

async fn of_anna(place: &Place, post: &Post) -> (Client, String, String) {
    let (_, own) = reached(&place.world, post, "anna.kowalska").await;
    let admin = place.world.sign_in("robert.szymanski").await;
    let id = user(&admin, "anna.kowalska").await;
    (admin, id, own)
}

/// Those of the letters that say that somebody cannot sign in: beside them there are those of what happens to an account.
fn taken(post: &Post) -> Vec<Arrived> {
    let mut letters = post.arrived();
    let says = |letter: &Arrived, words: &str| letter.words().contains(words);
    letters.retain(|l| says(l, "Wszystkie sesje i tokeny zako") || says(l, "zmieniono spos"));
    letters
}

/// That the newest of so many such letters says, at this address and in the user's language, that the user cannot sign
/// in.
async fn told(post: &Post, count: usize, to: &str, of: &str) {
    let since = Stopwatch::start();
    while taken(post).len() < count {
        assert!(
            since.elapsed() < Duration::from_secs(20),
            "{} of {count} letters arrived",
            taken(post).len()
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let letters = taken(post);
    assert_eq!(letters.len(), count);
    let letter: &Arrived = letters.last().expect("a letter");
    assert_eq!(letter.to, [to.to_owned()]);
    assert!(letter.secret().is_none(), "no link is in it");
    let words = letter.words();
    assert!(words.contains(of) && words.contains("administratora"), "{words}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_is_taken_is_told_by_letter_where_it_was_the_last_way() {
    let post = Post::new(&PostOptions::default());
    let place = Place::of(leading_to(&post), |_| ()).await;
    let (admin, id, own) = of_anna(&place, &post).await;
    let count = taken(&post).len();
    // With an account at a provider it was not.
    let linked = place.link("anna.kowalska", "firma", "pracownik-7").await;
    let _ = remove(&admin, &format!("users/{id}/password")).await.expect(204);
    assert_eq!(taken(&post).len(), count);
    let account = format!("users/{id}/accounts/{}", linked["id"].as_str().unwrap());
    let _ = remove(&admin, &account).await.expect(204);
    told(&post, count + 1, &own, "od Twojego konta konto u dostawcy").await;
    // Of whoever was never reached nobody knows who reads there.
    let magda = user(&admin, "magdalena.wojcik").await;
    let _ = remove(&admin, &format!("users/{magda}/password")).await.expect(204);
    // And whoever was reached and has nothing else is told.
    let (_, piotrs) = reached(&place.world, &post, "piotr.zielinski").await;
    let admin = place.world.sign_in("robert.szymanski").await;
    let piotr = user(&admin, "piotr.zielinski").await;
    let _ = remove(&admin, &format!("users/{piotr}/password")).await.expect(204);
    told(&post, count + 2, &piotrs, "Twoje has=C5=82o").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn factors_that_are_taken_are_told_by_letter_where_they_were_the_last_way() {
    let post = Post::new(&PostOptions::default());
    let place = Place::of(leading_to(&post), |_| ()).await;
    let (admin, id, own) = of_anna(&place, &post).await;
    let world: &World = &place.world;
    let reset = async |id: &str| {
        world.app().engine().operator_reset_factors(id.parse().unwrap()).await.unwrap();
    };
    let count = taken(&post).len();
    let _ = enrol(&world.sign_in("anna.kowalska").await, kernel::Clock::now(&*world.clock).0).await;
    reset(&id).await;
    assert_eq!(taken(&post).len(), count, "the password is left");
    let anna = world.sign_in("anna.kowalska").await;
    let _ = add(&anna, 1).await;
    let _ = remove(&admin, &format!("users/{id}/password")).await.expect(204);
    assert_eq!(taken(&post).len(), count, "the passkey is left");
    reset(&id).await;
    told(&post, count + 1, &own, "odebrano Twoje sk").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_shut_somebody_out_are_told_by_letter_once() {
    let post = Post::new(&PostOptions::default());
    let mut place = Place::of(leading_to(&post), |_| ()).await;
    let (_, own) = reached(&place.world, &post, "anna.kowalska").await;
    let _ = reached(&place.world, &post, "tomasz.lewandowski").await;
    place.link("tomasz.lewandowski", "firma", "pracownik-8").await;
    promote(&place.world.sign_in("robert.szymanski").await, "magdalena.wojcik").await;
    let count = taken(&post).len();
    let mailing = leading_to(&post);
    let with = |only| Config {
        mail: mailing.mail.clone(),
        address: mailing.address.clone(),
        ..place.config(only, &["firma", "inny"])
    };
    let (all, only) = ([with(false), with(false)], [with(true), with(true)]);
    let [first, second] = all;
    place.world.stop().await;
    place.world.start_with(first).await.expect("a server");
    assert_eq!(taken(&post).len(), count, "nothing is other than before");
    for config in only {
        place.world.stop().await;
        place.world.start_with(config).await.expect("a server");
        // Tomasz has an account there, others were never reached, and Anna is told once.
        told(&post, count + 1, &own, "zmieniono spos").await;
    }
    place.world.stop().await;
    place.world.start_with(second).await.expect("a server");
    let danuta = place.world.sign_in("danuta.krol").await;
    let events = danuta.get(&api("ledger/events?act=sign_on.ways")).await.expect(200).json();
    assert_eq!(events["items"].as_array().unwrap().len(), 3, "the first start, only, and back: {events}");
}
