//! Servers that are killed with work in hand: it goes on where it was, and nothing is done twice.

use super::kill::{Served, serve};
use reqwest::Method;
use serde_json::{Value, json};
use std::fmt::Write;
use std::time::{Duration, Instant};
use testkit::{Client, PASSWORD, World};

const RECORDS: usize = 1_500;

/// An instance whose servers are killed.
struct Killed {
    world: World,
    begun: Instant,
    /// Milliseconds that clocks went on beside the time that passed: leases run out by them.
    more: i64,
}

impl Killed {
    async fn new() -> Self {
        let mut world = World::on_file().await;
        world.stop().await;
        Self { world, begun: Instant::now(), more: 1_000 }
    }

    /// Serves once all leases have run out.
    fn serve(&mut self) -> Served {
        self.more += 15_000;
        self.serve_at_once()
    }

    fn serve_at_once(&self) -> Served {
        serve(&self.world.dir(), self.more + i64::try_from(self.begun.elapsed().as_millis()).unwrap(), None)
    }

    async fn sign_in(&self, served: &Served) -> Client {
        let client = Client::new(served.address, &self.world.layout().tls().join("ca.pem"));
        client.sign_in("anna.kowalska", PASSWORD).await;
        client
    }
}

fn kill(mut served: Served) {
    served.child.kill().unwrap();
    served.child.wait().unwrap();
}

pub async fn job(client: &Client, job: &Value) -> Value {
    client.get(&format!("/api/v1/jobs/{}", job["id"].as_str().unwrap())).await.expect(200).json()
}

/// The job, once it is as it is to be.
pub async fn once(client: &Client, begun: &Value, is: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..6_000 {
        let now = job(client, begun).await;
        if is(&now) {
            return now;
        }
        assert!(now["finished_at"].is_null(), "it ended before: {now}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it does not come so far");
}

/// Some of it is done, and more is left.
pub fn halfway(job: &Value) -> bool {
    job["state"] == "running" && job["done"].as_u64().unwrap() > 0
}

fn ended(job: &Value) -> bool {
    job["finished_at"].is_string()
}

pub async fn import(client: &Client, file: String, how: &str) -> Value {
    let at = format!("/api/v1/imports/people?{how}");
    client.send(client.request(Method::POST, &at).body(file)).await.json()
}

/// Names that are not unique: what is brought in twice is there twice.
fn file(rows: usize) -> String {
    let mut file = String::from("last_name\n");
    (0..rows).for_each(|n| writeln!(file, "Osoba{n}").unwrap());
    file
}

/// Versions of all people, by how many have each.
pub async fn versions(client: &Client) -> Vec<(u64, usize)> {
    let (mut all, mut cursor) = (std::collections::BTreeMap::new(), String::new());
    loop {
        let page = client.get(&format!("/api/v1/people?limit=200{cursor}")).await.expect(200).json();
        for row in page["items"].as_array().unwrap() {
            *all.entry(row["version"].as_u64().unwrap()).or_default() += 1;
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all.into_iter().collect(),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_to_many_goes_on_and_changes_each_record_once() {
    let mut killed = Killed::new().await;
    let served = killed.serve();
    let anna = killed.sign_in(&served).await;
    assert_eq!(import(&anna, file(RECORDS), "").await["made"], RECORDS);
    let order = json!({ "select": {}, "change": { "fields": { "job_title": "Nowe" } } });
    let begun = anna.post("/api/v1/people/bulk", &order).await.expect(202).json();
    let was = once(&anna, &begun, halfway).await;
    kill(served);

    let served = killed.serve();
    let anna = killed.sign_in(&served).await;
    let done = once(&anna, &begun, ended).await;
    assert_eq!(
        (&done["state"], &done["result"]["changed"]),
        (&json!("done"), &json!(RECORDS)),
        "{was} {done}"
    );
    assert_eq!((&done["total"], &done["result"]["refused"]), (&json!(RECORDS), &json!(0)), "{done}");
    assert_eq!(versions(&anna).await, [(2, RECORDS)], "each was changed once");

    // Taken back, and killed at that too.
    let at = format!("/api/v1/jobs/{}/undo", begun["id"].as_str().unwrap());
    let undo = anna.send(anna.request(Method::POST, &at)).await.expect(202).json();
    let _ = once(&anna, &undo, halfway).await;
    kill(served);
    let served = killed.serve();
    let anna = killed.sign_in(&served).await;
    let undone = once(&anna, &undo, ended).await;
    assert_eq!(
        (&undone["state"], &undone["result"]["changed"]),
        (&json!("done"), &json!(RECORDS)),
        "{undone}"
    );
    assert_eq!(undone["result"]["refused"], 0, "{undone}");
    assert_eq!(versions(&anna).await, [(3, RECORDS)]);
    let now = job(&anna, &begun).await;
    assert_eq!((&now["undone"], &now["can_undo"]), (&json!(true), &json!(false)));
    kill(served);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_goes_on_and_brings_each_row_in_once() {
    const ROWS: usize = 12_000;
    let mut killed = Killed::new().await;
    let served = killed.serve();
    let anna = killed.sign_in(&served).await;
    let begun = import(&anna, file(ROWS), "background=true").await;
    let _ = once(&anna, &begun, halfway).await;
    // What waits behind it is not lost either.
    let waits = import(&anna, file(2), "background=true").await;
    kill(served);

    let served = killed.serve();
    let anna = killed.sign_in(&served).await;
    let done = once(&anna, &begun, ended).await;
    let result = &done["result"];
    assert_eq!((&done["state"], &result["made"]), (&json!("done"), &json!(ROWS)), "{done}");
    assert_eq!((&result["rows"], &result["finished"]), (&json!(ROWS), &json!(true)), "{done}");
    assert_eq!(once(&anna, &waits, ended).await["result"]["made"], 2);
    assert_eq!(versions(&anna).await, [(1, ROWS + 2)]);
    kill(served);
}

/// What was ordered in a session that ended meanwhile is not done.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_goes_on_whose_session_has_ended() {
    let mut killed = Killed::new().await;
    let served = killed.serve();
    let anna = killed.sign_in(&served).await;
    assert_eq!(import(&anna, file(RECORDS), "").await["made"], RECORDS);
    let order = json!({ "select": {}, "change": { "fields": { "job_title": "Nowe" } } });
    let begun = anna.post("/api/v1/people/bulk", &order).await.expect(202).json();
    let _ = once(&anna, &begun, halfway).await;
    kill(served);

    let served = killed.serve_at_once();
    let first = anna.at(served.address);
    let _ = first.send(first.request(Method::DELETE, "/api/v1/sessions/current")).await.expect(204);
    let anna = killed.sign_in(&served).await;
    assert_eq!(job(&anna, &begun).await["state"], "running", "its lease lasts");
    let done = once(&anna, &begun, ended).await;
    assert_eq!((&done["state"], &done["problem"]["status"]), (&json!("failed"), &json!(401)), "{done}");
    assert_eq!(done["can_undo"], true, "what was done can be taken back: {done}");
    let left = versions(&anna).await;
    assert!(left.len() == 2 && left[0].0 == 1, "{left:?}");
    kill(served);
}
