//! Signing in through a provider as others write it: `tests/providers`, which `scripts/prepare.sh --tests` gets ready.

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

/// Starts it; says its issuer.
fn start(back: &str) -> (Running, String) {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("providers");
    assert!(place.join("node_modules").exists(), "run scripts/prepare.sh --tests");
    let mut child = Command::new("node")
        .arg(place.join("provider.mjs"))
        .arg(back)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("node");
    let out = BufReader::new(child.stdout.take().expect("its output"));
    let running = Running(child);
    let mut lines = out.lines().map_while(Result::ok);
    let issuer = lines.find_map(|line| line.strip_prefix("issuer ").map(str::to_owned)).expect("an issuer");
    // Whatever else it says is read, so that it does not stop for it.
    std::thread::spawn(move || lines.for_each(drop));
    (running, issuer)
}

/// The person at the browser: signs in at the provider under this name, says yes, and comes back with this.
async fn person(address: &str, name: &str) -> Value {
    let stop = Policy::custom(|attempt| {
        if attempt.url().path() == "/sign-on/firma" { attempt.stop() } else { attempt.follow() }
    });
    let browser =
        reqwest::Client::builder().cookie_store(true).no_proxy().redirect(stop).build().expect("a browser");
    let mut page = browser.get(address).send().await.expect("a page");
    for typed in [format!("prompt=login&login={name}&password=x"), "prompt=consent".to_owned()] {
        let text = page.text().await.expect("a page");
        let form = text.split("action=\"").nth(1).unwrap_or_else(|| panic!("no form: {text}"));
        let request = browser.post(form.split('"').next().expect("an address")).body(typed);
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

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_others_wrote_signs_in_whom_it_was_linked_to() {
    let (_running, issuer) = start("https://localhost:0/sign-on/firma");
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
        let came = person(begun["address"].as_str().expect("an address"), name).await;
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
}
