//! Signing in through providers as others write them: `tests/providers`, which `scripts/prepare.sh --tests` gets ready.

use super::help::api;
use reqwest::redirect::Policy;
use serde_json::{Value, json};
use server::{Config, SignOnConfig};
use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use testkit::{OpenProvider, World, config};

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Of `oidc-provider` (certified by the OpenID Foundation), or of Canaille.
#[derive(Clone, Copy, PartialEq)]
enum Whose {
    OidcProvider,
    Canaille,
}

/// Starts one; says its issuer.
fn start(whose: Whose, back: &str) -> (Running, String) {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("providers");
    let (program, script, there) = match whose {
        Whose::OidcProvider => ("node".into(), "provider.mjs", "node_modules"),
        Whose::Canaille => (place.join("venv/bin/python"), "second.py", "venv"),
    };
    assert!(place.join(there).exists(), "run scripts/prepare.sh --tests");
    let mut child = Command::new(program)
        .arg(place.join(script))
        .arg(back)
        .stdout(Stdio::piped())
        // Why it does not start is said with a test that fails.
        .stderr(Stdio::inherit())
        .spawn()
        .expect("it starts");
    let out = BufReader::new(child.stdout.take().expect("its output"));
    let running = Running(child);
    let mut lines = out.lines().map_while(Result::ok);
    let issuer = lines
        .find_map(|line| line.strip_prefix("issuer ").map(str::to_owned))
        .expect("no issuer; run scripts/prepare.sh --tests");
    // Whatever else it says is read, so that it does not stop for it.
    std::thread::spawn(move || lines.for_each(drop));
    (running, issuer)
}

/// The person at the browser: signs in at the provider under this name, says yes, and comes back with this.
async fn person(browser: &reqwest::Client, whose: Whose, address: &str, name: &str) -> Value {
    let mut page = browser.get(address).send().await.expect("a page");
    // What is asked for depends on what the provider knows already.
    for _ in 0..4 {
        if page.status().is_redirection() {
            break;
        }
        let here = page.url().clone();
        let text = page.text().await.expect("a page");
        let form = text.split("<form").last().filter(|_| text.contains("<form"));
        let form = form.unwrap_or_else(|| panic!("no form: {text}"));
        let to = match attribute(form, "action=\"") {
            None | Some("") => here,
            Some(to) => here.join(&to.replace("&amp;", "&")).expect("an address"),
        };
        let typed =
            reqwest::Url::parse_with_params("https://typed", filled(whose, form, name)).expect("fields");
        let request = browser.post(to).body(typed.query().unwrap_or_default().to_owned());
        page =
            request.header("content-type", "application/x-www-form-urlencoded").send().await.expect("a page");
    }
    let back = page.headers().get("location").expect("the way back").to_str().expect("text").to_owned();
    let back = reqwest::Url::parse(&back).expect("an address");
    let came: HashMap<_, _> = back.query_pairs().into_owned().collect();
    let mut came = json!(came);
    came["provider"] = json!(back.path().rsplit_once('/').expect("its own").1);
    came
}

fn attribute<'a>(form: &'a str, name: &str) -> Option<&'a str> {
    form.split(name).nth(1)?.split('"').next()
}

/// What the person types into a form.
fn filled<'a>(whose: Whose, form: &'a str, name: &'a str) -> Vec<(&'static str, &'a str)> {
    let asks = |field: &str| form.contains(&format!("name=\"{field}\""));
    if whose == Whose::OidcProvider {
        let login = vec![("prompt", "login"), ("login", name), ("password", "x")];
        return if asks("login") { login } else { vec![("prompt", "consent")] };
    }
    let token = form.split("csrf_token\"").nth(1).and_then(|rest| attribute(rest, "value=\""));
    let mut fields = vec![("csrf_token", token.expect("a token of its own"))];
    match () {
        () if asks("login") => fields.push(("login", name)),
        () if asks("password") => fields.push(("password", "hasło z testu")),
        () => fields.push(("answer", "accept")),
    }
    fields
}

fn browser() -> reqwest::Client {
    let stop = Policy::custom(|attempt| {
        if attempt.url().path() == "/sign-on/firma" { attempt.stop() } else { attempt.follow() }
    });
    reqwest::Client::builder().cookie_store(true).no_proxy().redirect(stop).build().expect("a browser")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_others_wrote_signs_in_whom_it_was_linked_to() {
    signs_in(Whose::OidcProvider).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_provider_that_others_wrote_does_so_too() {
    signs_in(Whose::Canaille).await;
}

async fn signs_in(whose: Whose) {
    let (_running, issuer) = start(whose, "https://localhost:0/sign-on/firma");
    let secrets = tempfile::tempdir().expect("a folder");
    // Of the tests' own provider only the client is taken.
    let ours = OpenProvider::new().await.settings("firma", &secrets.path().join("a"));
    let sign_on =
        SignOnConfig { providers: vec![oidc::Settings { issuer, ..ours }], ..SignOnConfig::default() };
    let world = World::with(Config { sign_on, ..config() }).await;
    // It knows the time of the machine alone.
    let machine = kernel::Clock::now(&kernel::SystemClock);
    world.clock.advance_ms(machine.0 - testkit::START.0);
    let admin = world.sign_in("robert.szymanski").await;
    let anna = super::sign_on::user(&admin, "anna.kowalska").await;
    let account = json!({ "provider": "firma", "subject": "pracownik-7" });
    let _ = admin.post(&api(&format!("users/{anna}/accounts")), &account).await.expect(201);
    let client = world.client();
    let sign_in = async |name: &str, body: Value| {
        let begun = client.post(&api("sign-on"), &body).await.expect(201).json();
        let came = person(&browser(), whose, begun["address"].as_str().expect("an address"), name).await;
        client.post(&api("sign-on/finish"), &came).await
    };
    let asked = json!({ "provider": "firma", "back": "/people" });
    let stranger = sign_in("ktos-inny", asked.clone()).await.expect(401);
    assert!(stranger.text.contains("not linked"), "{}", stranger.text);
    let done = sign_in("pracownik-7", asked).await.expect(201).json();
    assert_eq!((&done["user"], &done["back"]), (&json!(anna), &json!("/people")));
    assert_eq!(client.get(&api("me")).await.expect(200).json()["user"]["login"], "anna.kowalska");
    // Asked to ask anew, it does, and says when.
    let _ = sign_in("pracownik-7", json!({ "provider": "firma", "anew": true })).await.expect(201);
    // Also whom it knows from a moment ago.
    let same = browser();
    let mut times = Vec::new();
    for anew in [false, true] {
        let begun = client.post(&api("sign-on"), &json!({ "provider": "firma", "anew": anew })).await;
        let begun = begun.expect(201).json();
        let came = person(&same, whose, begun["address"].as_str().expect("an address"), "pracownik-7").await;
        let _ = client.post(&api("sign-on/finish"), &came).await.expect(201);
        let factors = client.get(&api("me")).await.expect(200).json()["factors"].clone();
        times.push(factors["fresh_until"].as_str().expect("a time").to_owned());
        // Providers tell time in seconds, and know the machine's alone.
        tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
        let (here, there) = (kernel::Clock::now(&*world.clock), kernel::Clock::now(&kernel::SystemClock));
        world.clock.advance_ms(there.0 - here.0);
    }
    assert!(times[0] < times[1], "{times:?}");
}
