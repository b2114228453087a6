//! Passwords and secrets as OWASP ASVS asks for them (`docs/asvs.md`): taken whole and as typed, never aged,
//! never guessable from what everybody knows, and no way around them.

use super::help::{api, issue, named, problem};
use super::links::{choose, invited, renew};
use reqwest::Method;
use serde_json::{Value, json};
use server::{Config, PasswordsConfig};
use testkit::{Answer, CAST, Client, PASSWORD, World};

async fn login(client: &Client, name: &str, password: &str) -> Answer {
    client.post(&api("sessions"), &json!({ "login": name, "password": password })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_taken_whole_and_as_it_is_typed() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    // 256 characters, of which more than 300 bytes; a space at either end.
    let typed: String =
        " Świerszcz połyka księżyc nad Wisłą; ".chars().cycle().take(255).chain(['!']).collect();
    let change = async |new: &str, now: &str| {
        anna.put(&api("me/password"), &json!({ "current": now, "new": new })).await
    };
    problem(&change(&format!("{typed}!"), PASSWORD).await, 422);
    let _ = change(&typed, PASSWORD).await.expect(204);
    let client = world.client();
    let shorter: String = typed.chars().take(255).collect();
    for other in [
        &*shorter,
        &format!("{typed} "),
        typed.trim(),
        &typed.to_lowercase(),
        &typed.replace('Ś', "S"),
        &typed.chars().take(72).collect::<String>(),
    ] {
        problem(&login(&client, "anna.kowalska", other).await, 401);
        // What a failure makes wait is over.
        world.clock.advance_ms(60_000);
    }
    let _ = login(&client, "anna.kowalska", &typed).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_does_not_age() {
    let world = World::new().await;
    world.clock.advance_ms(5 * 366 * 24 * 3_600_000);
    let anna = world.sign_in("anna.kowalska").await;
    let _ = anna.get(&api("people")).await.expect(200);
}

/// Not even whoever makes the user, and not beside an invitation.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_chooses_a_password_for_somebody_else() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    for name in ["password", "new", "password_hash", "password_at", "given_at"] {
        for invite in [json!(null), json!({})] {
            let more = json!({ name: PASSWORD, "invite": invite });
            problem(&invited(&admin, "nowa.osoba", more).await, 422);
        }
        let piotr = api(&format!("users/{}", named(&admin, "users", "piotr.zielinski").await));
        problem(&admin.patch(&piotr, 1, &json!({ name: PASSWORD })).await, 422);
        for method in [Method::PUT, Method::POST, Method::PATCH] {
            let set = admin
                .request(method, &format!("{piotr}/password"))
                .json(&json!({ name: "inne-haslo-niz-bylo-5" }));
            problem(&admin.send(set).await, 404);
        }
    }
    problem(&login(&world.client(), "nowa.osoba", PASSWORD).await, 401);
    let _ = login(&world.client(), "piotr.zielinski", PASSWORD).await.expect(201);
    let made = invited(&admin, "nowa.osoba", json!({ "invite": null })).await.expect(201).json();
    assert_eq!(made["invitation"], json!(null));
    problem(&login(&world.client(), "nowa.osoba", PASSWORD).await, 401);
}

/// By whichever way a password is set.
#[tokio::test(flavor = "multi_thread")]
async fn no_password_holds_what_everybody_knows() {
    let world = World::new().await;
    let (anna, admin) = (world.sign_in("anna.kowalska").await, world.sign_in("robert.szymanski").await);
    let new = json!({ "login": "anna.kowalska.druga", "name": "Anna Kowalska" });
    let made = invited(&admin, "anna.kowalska.druga", new).await.expect(201).json();
    let link = made["invitation"]["link"].as_str().unwrap().rsplit_once('#').unwrap().1;
    for known in ["anna.kowalska", "Kowalska", "FIRMA PRZYKŁADOWA", "przykladowa", "Klucznik"] {
        let weak = format!("x7 {known} rower 3");
        let own = anna.put(&api("me/password"), &json!({ "current": PASSWORD, "new": weak })).await;
        for refused in [own, choose(&world.client(), link, &weak).await] {
            let refused = problem(&refused, 422);
            assert_eq!(refused["issues"][0]["code"], "about-you", "{known}: {refused}");
            // By the name that the body gives it.
            issue(&refused, "new");
        }
    }
    let _ = login(&world.client(), "anna.kowalska", PASSWORD).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_told_when_password_or_address_change() {
    let world = World::new().await;
    let (anna, admin) = (world.sign_in("anna.kowalska").await, world.sign_in("robert.szymanski").await);
    let told = async |client: &Client| -> Vec<(String, String)> {
        let list = client.get(&api("notices")).await.expect(200).json();
        let text = |n: &Value, key: &str| n[key].as_str().unwrap().to_owned();
        list["items"].as_array().unwrap().iter().map(|n| (text(n, "code"), text(n, "body"))).collect()
    };
    let fresh = "czerwony-tramwaj-pod-mostem-9";
    let own = json!({ "current": PASSWORD, "new": fresh });
    let _ = anna.put(&api("me/password"), &own).await.expect(204);
    let first = told(&anna).await;
    assert_eq!(first.len(), 1);
    assert!(first[0].0 == "password-changed" && first[0].1.contains("a session of yours"), "{first:?}");

    let at = api(&format!("users/{}", named(&admin, "users", "anna.kowalska").await));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    // What changes nothing tells nothing, nor does another change.
    let _ = admin.patch(&at, version, &json!({ "email": "anna.kowalska@firma.example" })).await.expect(200);
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let before = told(&anna).await;
    let _ = admin.patch(&at, version, &json!({ "name": "Anna Kowalska-Nowak" })).await.expect(200);
    assert_eq!(told(&anna).await, before);
    let _ = admin.patch(&at, version + 1, &json!({ "email": "inny@evil.example" })).await.expect(200);
    let second = told(&anna).await;
    assert_eq!(second.len(), before.len() + 1);
    let news = second.iter().find(|n| !before.contains(n)).unwrap();
    assert!(news.0 == "email-changed" && news.1.contains("Robert Szymański"), "{news:?}");
    assert!(!news.1.contains("evil.example"), "{news:?}");

    renew(&admin, &at, PASSWORD, &world.client()).await;
    let anna = world.sign_in("anna.kowalska").await;
    let third = told(&anna).await;
    let news: Vec<_> = third.iter().filter(|n| !second.contains(n)).collect();
    assert_eq!(news.len(), 1, "{third:?}");
    assert!(news[0].0 == "password-taken" && news[0].1.contains("Robert Szymański"), "{news:?}");
    assert!(told(&admin).await.is_empty(), "nobody else is told");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_there_by_default() {
    let world = World::new().await;
    let client = world.client();
    for name in ["admin", "administrator", "root", "klucznik", "system", "operator", "guest", "demo", "test"]
    {
        for password in ["admin", "klucznik", "password", ""] {
            problem(&login(&client, name, password).await, 401);
            world.clock.advance_ms(20 * 60_000);
        }
    }
    let admin = world.sign_in("robert.szymanski").await;
    let users = admin.get(&api("users")).await.expect(200).json();
    let mut there: Vec<&str> =
        users["items"].as_array().unwrap().iter().map(|u| u["login"].as_str().unwrap()).collect();
    let mut made: Vec<&str> = CAST.iter().map(|p| p.login).chain(["robert.szymanski"]).collect();
    there.sort_unstable();
    made.sort_unstable();
    assert_eq!(there, made, "nobody but whom somebody made");
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_no_way_around_a_password() {
    let world = World::new().await;
    let client = world.client();
    let admin = world.sign_in("robert.szymanski").await;
    let team = named(&admin, "teams", "Północ").await;
    for name in ["hint", "question", "answer", "secret_question", "remember", "email", "user"] {
        let asked = json!({ "login": "anna.kowalska", "password": PASSWORD, name: "Azor" });
        problem(&client.post(&api("sessions"), &asked).await, 422);
        let asked = json!({ "login": "anna.kowalska", name: "Azor" });
        problem(&client.post(&api("sessions"), &asked).await, 422);
    }
    for name in ["hint", "question", "answer", "password_hint"] {
        let user = json!({
            "login": "z.podpowiedzia", "name": "Z Podpowiedzią", "email": "z@firma.example", "team": team, name: "Azor",
        });
        problem(&admin.post(&api("users"), &user).await, 422);
    }
    let _ = client.get(&api("me")).await.expect(401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_was_planted_never_becomes_a_session() {
    let world = World::new().await;
    let planted = format!("__Host-klucznik={}", "A".repeat(43));
    let victim = world.client();
    let body = json!({ "login": "anna.kowalska", "password": PASSWORD });
    let request = victim.request(Method::POST, &api("sessions")).header("cookie", &planted).json(&body);
    let signed_in = victim.send(request).await.expect(201);
    let given = signed_in.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    assert_ne!(given, planted);
    // Nor that of a session that somebody else has.
    let attacker = login(&world.client(), "piotr.zielinski", PASSWORD).await.expect(201);
    let theirs = attacker.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let request = victim.request(Method::POST, &api("sessions")).header("cookie", &theirs).json(&body);
    let again = victim.send(request).await.expect(201);
    let fresh = again.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    assert!(fresh != theirs && fresh != given, "each sign-in has a secret of its own");
    let who = async |cookie: &str| {
        let client = world.client();
        client.send(client.request(Method::GET, &api("me")).header("cookie", cookie)).await
    };
    problem(&who(&planted).await, 401);
    // The browser is in no other session any more.
    problem(&who(&theirs).await, 401);
    assert_eq!(who(&fresh).await.expect(200).json()["user"]["login"], "anna.kowalska");
}

/// Nothing that is signed by others, by nobody, or by a guessed key says who somebody is.
#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_speaks_for_itself_is_nobodys() {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let user = named(&admin, "users", "robert.szymanski").await;
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let claims = json!({
        "iss": "https://localhost", "sub": user, "aud": "klucznik", "exp": 4_102_444_800_u32, "nbf": 0,
        "login": "robert.szymanski", "scope": "openid",
    });
    for header in [
        json!({ "alg": "none", "typ": "JWT" }),
        json!({ "alg": "HS256", "typ": "JWT" }),
        json!({ "alg": "RS256", "typ": "at+jwt", "jku": "https://evil.example/keys" }),
    ] {
        for signature in ["", "AAAA"] {
            let token = format!("{}.{}.{signature}", part(&header), part(&claims));
            for told in [token.clone(), format!("klk_{token}")] {
                problem(&world.client().with_token(&told).get(&api("me")).await, 401);
                let client = world.client();
                let request = client.request(Method::GET, &api("me"));
                let cookie = format!("__Host-klucznik={told}");
                problem(&client.send(request.header("cookie", cookie)).await, 401);
            }
        }
    }
}

/// By whichever way a password is set.
#[tokio::test(flavor = "multi_thread")]
async fn no_password_is_on_the_list_of_stolen_ones() {
    let list = tempfile::NamedTempFile::new().unwrap();
    // The second is the SHA-1 of "Wykradziono z Forum 88".
    std::fs::write(list.path(), "cierpliwy borsuk\n8FDB295A7FD5F5DE87AC5A05488477D423999581:17\n").unwrap();
    let passwords = PasswordsConfig { list: Some(list.path().to_owned()), ..PasswordsConfig::default() };
    let mut world = World::with(Config { passwords: passwords.clone(), ..testkit::config() }).await;
    let (anna, admin) = (world.sign_in("anna.kowalska").await, world.sign_in("robert.szymanski").await);
    let made = invited(&admin, "nowa.osoba", json!({})).await.expect(201).json();
    let link = made["invitation"]["link"].as_str().unwrap().rsplit_once('#').unwrap().1;
    for stolen in ["cierpliwy borsuk", "Cierpliwy Borsuk", "cierpliwy borsuk 2026!", "Wykradziono z Forum 88"]
    {
        let own = anna.put(&api("me/password"), &json!({ "current": PASSWORD, "new": stolen })).await;
        for refused in [own, choose(&world.client(), link, stolen).await] {
            let refused = problem(&refused, 422);
            assert_eq!(refused["issues"][0]["code"], "common", "{stolen}: {refused}");
        }
    }
    let unlike = json!({ "current": PASSWORD, "new": "wykradziono z forum 88" });
    let _ = anna.put(&api("me/password"), &unlike).await.expect(204);

    // A list that is not there is no list that is left out.
    world.stop().await;
    drop(list);
    let fault = world.start_with(Config { passwords, ..testkit::config() }).await.unwrap_err();
    assert!(fault.public(kernel::Lang::En).contains("list of passwords"), "{fault}");
}
