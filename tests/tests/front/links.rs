//! Links for whoever has no session: an invitation where no mail leaves, and what is tried against it.

use super::help::{api, named};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, PASSWORD, World, config};

/// Where links lead, whatever name a request was sent to.
pub const ADDRESS: &str = "https://crm.firma.example";
/// A password that nobody has yet.
pub const NEW: &str = "czerwony-traktor-w-stodole-3";

pub fn settings() -> server::Config {
    server::Config { address: Some(ADDRESS.to_owned()), ..config() }
}

/// A user who is to choose a password.
pub async fn invited(admin: &Client, login: &str, more: Value) -> Answer {
    let mut body = json!({
        "login": login, "name": "Nowa Osoba", "email": format!("{login}@firma.example"),
        "team": named(admin, "teams", "Północ").await, "roles": [named(admin, "roles", "seller").await],
        "invite": {},
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    admin.post(&api("users"), &body).await
}

/// The secret of the link that an answer shows.
fn secret(invitation: &Value) -> String {
    let link = invitation["link"].as_str().expect("a link");
    link.strip_prefix(&format!("{ADDRESS}/link#")).expect("it leads where the settings say").to_owned()
}

pub async fn choose(client: &Client, link: &str, new: &str) -> Answer {
    client.post(&api("links/password"), &json!({ "link": link, "new": new })).await
}

/// Takes a user's password away, and chooses another by the link of an invitation.
pub async fn renew(admin: &Client, user: &str, new: &str, nobody: &Client) {
    let _ = admin.send(admin.request(Method::DELETE, &format!("{user}/password"))).await.expect(204);
    invite_to(admin, user, new, nobody).await;
}

/// Invites a user without a password, who chooses one.
pub async fn invite_to(admin: &Client, user: &str, new: &str, nobody: &Client) {
    let invited = admin.post(&format!("{user}/invitation"), &json!({})).await.expect(201).json();
    let link = invited["link"].as_str().unwrap().rsplit_once('#').unwrap().1;
    let _ = choose(nobody, link, new).await.expect(200);
}

async fn look(client: &Client, link: &str) -> Answer {
    client.post(&api("links/look"), &json!({ "link": link })).await
}

async fn signs_in(world: &World, login: &str, password: &str) -> bool {
    let body = json!({ "login": login, "password": password });
    world.client().post(&api("sessions"), &body).await.status == 201
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invited_user_chooses_a_password_once() {
    let world = World::with(settings()).await;
    let (admin, nobody) = (world.sign_in("robert.szymanski").await, world.client());
    let made = invited(&admin, "nowa.osoba", json!({})).await.expect(201).json();
    assert_eq!((made["invitation"]["mailed"].as_bool(), &made["active"]), (Some(false), &json!(true)));
    let link = secret(&made["invitation"]);
    assert_eq!(link.len(), 43, "256 bits");

    let place = api(&format!("users/{}", made["id"].as_str().unwrap()));
    let state = async || {
        let one = admin.get(&place).await.expect(200).json();
        let all = admin.get(&api("users")).await.expect(200).json();
        let same = all["items"].as_array().unwrap().iter().find(|u| u["id"] == one["id"]).unwrap();
        assert_eq!(same, &one);
        (one["state"].as_str().unwrap().to_owned(), one["invited_until"].is_string())
    };
    assert_eq!(state().await, ("invited".to_owned(), true));
    let told = look(&nobody, &link).await.expect(200).json();
    assert_eq!((&told["purpose"], &told["login"]), (&json!("invitation"), &json!("nowa.osoba")));
    for weak in ["krótkie", "nowa.osoba-nowa.osoba", PASSWORD.get(..5).unwrap()] {
        let _ = choose(&nobody, &link, weak).await.expect(422);
    }
    let strict = json!({ "link": link, "new": NEW, "login": "anna.kowalska" });
    let _ = nobody.post(&api("links/password"), &strict).await.expect(422);
    assert_eq!(choose(&nobody, &link, NEW).await.expect(200).json(), json!({ "login": "nowa.osoba" }));
    assert!(signs_in(&world, "nowa.osoba", NEW).await);
    assert_eq!(state().await, ("active".to_owned(), false));

    let _ = choose(&nobody, &link, "zupełnie-inny-konik-polny-8").await.expect(404);
    let _ = look(&nobody, &link).await.expect(404);
    assert!(signs_in(&world, "nowa.osoba", NEW).await, "the first one stays");
    assert!(signs_in(&world, "anna.kowalska", PASSWORD).await, "nobody else's changed");
    let id = made["id"].as_str().unwrap();
    let _ = admin.post(&api(&format!("users/{id}/invitation")), &json!({})).await.expect(409);
    let auditor = world.sign_in("danuta.krol").await;
    for (act, count) in [("link.use", 2), ("link.refused", 2), ("invitation.create", 1)] {
        let events = auditor.get(&api(&format!("ledger/events?act={act}"))).await.expect(200).json();
        assert_eq!(events["items"].as_array().map(Vec::len), Some(count), "{act}: {events}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_that_use_a_link_at_once_one_does() {
    let world = World::with(settings()).await;
    let admin = world.sign_in("robert.szymanski").await;
    let made = invited(&admin, "nowa.osoba", json!({})).await.expect(201).json();
    let link = secret(&made["invitation"]);
    let passwords: Vec<String> = (0..6).map(|n| format!("czerwony-traktor-numer-{n}")).collect();
    let tries = passwords.iter().map(|new| {
        let (client, link, new) = (world.client(), link.clone(), new.clone());
        tokio::spawn(async move { choose(&client, &link, &new).await.status.as_u16() })
    });
    let tries: Vec<_> = tries.collect();
    let mut won = Vec::new();
    for (task, new) in tries.into_iter().zip(&passwords) {
        match task.await.unwrap() {
            200 => won.push(new),
            other => assert_eq!(other, 404),
        }
    }
    let [won] = won[..] else { panic!("one uses it: {won:?}") };
    assert!(signs_in(&world, "nowa.osoba", won).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_not_good_any_more_is_as_one_that_never_was() {
    let world = World::with(settings()).await;
    let (admin, nobody) = (world.sign_in("robert.szymanski").await, world.client());
    let never = choose(&nobody, &"A".repeat(43), NEW).await.expect(404).told();
    let place = |id: &str| api(&format!("users/{id}/invitation"));
    for (n, ends) in
        ["withdrawn", "replaced", "suspended", "address", "roles", "team", "used"].into_iter().enumerate()
    {
        let made = invited(&admin, &format!("osoba.{n}"), json!({})).await.expect(201).json();
        let (id, link) = (made["id"].as_str().unwrap(), secret(&made["invitation"]));
        let _ = look(&nobody, &link).await.expect(200);
        let user = api(&format!("users/{id}"));
        let _ = match ends {
            "withdrawn" => admin.send(admin.request(Method::DELETE, &place(id))).await.expect(204),
            "replaced" => admin.post(&place(id), &json!({ "days": 14 })).await.expect(201),
            "suspended" => admin.patch(&user, 1, &json!({ "active": false })).await.expect(200),
            "address" => admin.patch(&user, 1, &json!({ "email": "inna@firma.example" })).await.expect(200),
            "team" => {
                let team = named(&admin, "teams", "Południe").await;
                admin.patch(&user, 1, &json!({ "team": team })).await.expect(200)
            }
            "roles" => admin.patch(&user, 1, &json!({ "roles": [] })).await.expect(200),
            _ => choose(&nobody, &link, NEW).await.expect(200),
        };
        let now = admin.get(&user).await.expect(200).json()["state"].clone();
        let state = match ends {
            "suspended" => "suspended",
            "replaced" => "invited",
            "used" => "active",
            _ => "passwordless",
        };
        assert_eq!(now, state, "{ends}");
        let refused = choose(&nobody, &link, NEW).await.expect(404);
        assert_eq!(refused.told(), never, "{ends}");
        assert_eq!(look(&nobody, &link).await.expect(404).told(), never, "{ends}");
        if ends == "suspended" {
            let _ = admin.patch(&user, 2, &json!({ "active": true })).await.expect(200);
            assert_eq!(choose(&nobody, &link, NEW).await.expect(404).told(), never, "it stays spent");
        }
    }
    let made = invited(&admin, "osoba.z.czasem", json!({ "invite": { "days": 1 } })).await.expect(201).json();
    let link = secret(&made["invitation"]);
    world.clock.advance_ms(86_400_000);
    assert_eq!(choose(&nobody, &link, NEW).await.expect(404).told(), never, "expired");
    for odd in ["", "A", "../../users", &"Ą".repeat(43), &"A".repeat(10_000)] {
        assert_eq!(choose(&nobody, odd, NEW).await.expect(404).told(), never);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn links_lead_where_the_settings_say_and_are_for_those_who_may_invite() {
    let world = World::with(settings()).await;
    let admin = world.sign_in("robert.szymanski").await;
    let made = invited(&admin, "nowa.osoba", json!({})).await.expect(201).json();
    let place = api(&format!("users/{}/invitation", made["id"].as_str().unwrap()));
    // The port is the one thing of a `Host` that the server does not insist on.
    let request = admin.request(Method::POST, &place).header("host", "localhost:4444").json(&json!({}));
    let again = admin.send(request).await.expect(201).json();
    let _ = secret(&again);
    for forwarded in ["x-forwarded-host", "forwarded", "x-original-host"] {
        let request =
            admin.request(Method::POST, &place).header(forwarded, "host=zly.example").json(&json!({}));
        let _ = secret(&admin.send(request).await.expect(201).json());
    }
    for days in [json!(0), json!(15), json!(-1), json!("3")] {
        let _ = admin.post(&place, &json!({ "days": days })).await.expect(422);
    }
    let _ = invited(&admin, "inna.osoba", json!({ "invite": { "days": 15 } })).await.expect(422);
    let seller = world.sign_in("anna.kowalska").await;
    let _ = seller.post(&place, &json!({})).await.expect(403);
    let _ = admin.post(&api(&format!("users/{}/invitation", "0".repeat(8))), &json!({})).await.expect(404);
    let token = json!({
        "label": "konta", "ends_at": testkit::START.plus_s(86_400).rfc3339(),
        "scope": { "entities": {}, "things": { "users": "manage", "teams": "read", "roles": "read" } },
    });
    let token = admin.post(&api("tokens"), &token).await.expect(201).json();
    let robot = world.client().with_token(token["token"].as_str().unwrap());
    let _ = robot.post(&place, &json!({})).await.expect(403);
    let _ = invited(&robot, "z.tokenu", json!({})).await.expect(403);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_link_was_used_nobody_elsewhere_holds_up_signing_in() {
    let world = World::with(settings()).await;
    let (admin, own) = (world.sign_in("robert.szymanski").await, world.client());
    let made = invited(&admin, "nowa.osoba", json!({})).await.expect(201).json();
    let _ = choose(&own, &secret(&made["invitation"]), NEW).await.expect(200);
    let wrong = json!({ "login": "nowa.osoba", "password": "na-pewno-nie-to-haslo" });
    let stranger = world.client();
    for _ in 0..12 {
        let _ = stranger.post(&api("sessions"), &wrong).await;
    }
    let right = json!({ "login": "nowa.osoba", "password": NEW });
    let _ = stranger.post(&api("sessions"), &right).await.expect(429);
    let _ = own.post(&api("sessions"), &right).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_is_offered_where_mail_leaves() {
    let world = World::with(settings()).await;
    let told = world.client().get(&api("sign-in")).await.expect(200).json();
    assert_eq!(told, json!({ "resets": false }));
}
