//! Files of the greatest length.

use super::background::send;
use super::help::{api, problem};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::time::Duration;
use testkit::{Client, World};

/// Bytes that a file may have.
const MOST: usize = 64 << 20;

/// The job, once it has ended; in the debug profile that takes a while.
async fn ended(client: &Client, job: &Value) -> Value {
    let at = api(&format!("jobs/{}", job["id"].as_str().unwrap()));
    for _ in 0..1_200 {
        let now = client.get(&at).await.expect(200).json();
        if now["finished_at"].is_string() {
            return now;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the job does not end");
}

/// Few rows, each as long as one may be, in columns that feed nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_the_greatest_length_comes_in() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let (mut file, mut rows) = (String::from("last_name"), 0);
    (0..450).for_each(|n| write!(file, ";kolumna{n}").unwrap());
    file.push('\n');
    let cells = format!(";{}", "a".repeat(8_000)).repeat(450);
    while file.len() + cells.len() + 20 < MOST {
        writeln!(file, "Osoba{rows}{cells}").unwrap();
        rows += 1;
    }
    file.push_str(&"\n".repeat(MOST - file.len()));
    let begun = send(&anna, "people?background=true&name=plik.csv", file.clone()).await.expect(202).json();
    let done = ended(&anna, &begun).await;
    assert_eq!((&done["state"], &done["result"]["made"]), (&json!("done"), &json!(rows)), "{done}");
    file.push('\n');
    let refused = send(&anna, "people?background=true&name=plik.csv", file).await;
    problem(&refused, 413);
    assert!(refused.text.contains("64 MiB") && refused.text.contains("Split"), "{}", refused.text);
}

/// What a job made is kept in parts, and comes back as it was.
#[tokio::test(flavor = "multi_thread")]
async fn a_result_of_many_parts_is_kept_whole() {
    let world = World::new().await;
    let leader = world.sign_in("magdalena.wojcik").await;
    let mut file = String::from("last_name;description\n");
    for n in 0..600 {
        writeln!(file, "Osoba{n};{}{n}k", "opis ".repeat(1_900)).unwrap();
    }
    let made = send(&leader, "people", file).await.expect(200).json();
    assert_eq!(made["made"], 600, "{made}");
    let begun = leader.post(&api("people/export"), &json!({ "format": "csv" })).await.expect(202).json();
    let done = ended(&leader, &begun).await;
    assert_eq!((&done["state"], &done["result"]["records"]), (&json!("done"), &json!(600)), "{done}");
    let row = world.app().engine().store().job(begun["id"].as_str().unwrap().parse().unwrap()).await;
    let row = row.unwrap().unwrap();
    assert!(row.parts > 5 && row.attempts == 1, "{} parts, {} attempts", row.parts, row.attempts);
    let at = api(&format!("jobs/{}/file", begun["id"].as_str().unwrap()));
    let text = leader.send(leader.request(Method::GET, &at)).await.expect(200).text;
    assert_eq!(text.len() as u64, done["file"]["size"].as_u64().unwrap());
    let number = |line: &str| line.rsplit("opis ").next()?.split('k').next()?.parse().ok();
    let found: BTreeSet<u32> = text.lines().filter_map(number).collect();
    assert_eq!((text.lines().count(), found), (601, (0..600).collect()));
}
