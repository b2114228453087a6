//! The database fails under load that two servers put on it: nothing that was acknowledged is lost, and nothing is
//! done twice.

use super::help::{Made, api, ids, list};
use super::jobs::ended;
use super::servers::{END_ALL, Pair, rename};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use testkit::{Answer, Client, Database};
use tokio::task::JoinSet;

/// How long until somebody who tries again must be served.
const PATIENCE: Duration = Duration::from_secs(60);

/// What one writer knows: a record, the version and the name that were acknowledged last, and the name that may
/// have followed.
struct Known {
    made: Made,
    version: u64,
    name: String,
    perhaps: Option<String>,
}

/// Asks until it is no longer the database that is in the way. Gives how often it was.
async fn insist(client: &Client, request: RequestBuilder) -> (Answer, usize) {
    let (begun, mut refused) = (Instant::now(), 0);
    loop {
        let answer = client.send(request.try_clone().unwrap()).await;
        if answer.status != StatusCode::SERVICE_UNAVAILABLE {
            return (answer, refused);
        }
        assert!(begun.elapsed() < PATIENCE, "{}", answer.text);
        assert!(answer.headers.contains_key("retry-after"), "{}", answer.text);
        refused += 1;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Makes records and renames them. What is made is asked for again, under the same key, until there is an answer;
/// what is renamed is not.
async fn work(client: Client, name: String, over: Arc<AtomicBool>, refusals: Arc<AtomicUsize>) -> Vec<Known> {
    let mut all = Vec::new();
    while !over.load(Ordering::SeqCst) {
        let n = all.len();
        let last_name = format!("{name}x{n}");
        let body = json!({ "fields": { "last_name": last_name } });
        let key = format!("{name}-{n}");
        let request = client.request(Method::POST, &api("people")).header("idempotency-key", &key);
        let (made, refused) = insist(&client, request.json(&body)).await;
        let made = Made::of(made);
        let next = format!("{last_name}n");
        let done = rename(&client, &made, 1, &next).await;
        let known = match done.status {
            StatusCode::OK => Known { made, version: 2, name: next, perhaps: None },
            StatusCode::SERVICE_UNAVAILABLE => {
                Known { made, version: 1, name: last_name, perhaps: Some(next) }
            }
            _ => panic!("{}", done.text),
        };
        refusals.fetch_add(refused + usize::from(known.perhaps.is_some()), Ordering::SeqCst);
        all.push(known);
    }
    all
}

/// Every record is as it was acknowledged, on both servers, and there once.
async fn check(clients: &[Client; 2], all: &[Known]) {
    for known in all {
        let mut found = Vec::new();
        for client in clients {
            let (view, _) = insist(client, client.request(Method::GET, &known.made.at)).await;
            let view = view.expect(200).json();
            found.push((view["version"].as_u64(), view["fields"]["last_name"].as_str().map(str::to_owned)));
        }
        assert_eq!(found[0], found[1]);
        let acknowledged = (Some(known.version), Some(known.name.clone()));
        let perhaps = known.perhaps.clone().map(|name| (Some(known.version + 1), Some(name)));
        assert!(found[0] == acknowledged || Some(&found[0]) == perhaps.as_ref(), "{:?}", found[0]);
        let name = found[0].1.as_deref().unwrap_or_default();
        let page = list(&clients[0], "people", &[("filter", &format!("last_name:eq:{name}"))]).await;
        assert_eq!(ids(&page.expect(200).json()), std::slice::from_ref(&known.made.id), "once");
    }
}

/// Puts load on both servers while `fail` is at work, and looks at what came of it.
async fn under_load(pair: Pair, fail: impl AsyncFnOnce(&Database)) {
    let clients = pair.sign_in("anna.kowalska").await;
    let (over, refusals) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let mut writers = JoinSet::new();
    for n in 0..6 {
        let client = clients[n % 2].clone();
        writers.spawn(work(client, format!("Pisarz{n}"), over.clone(), refusals.clone()));
    }
    fail(pair.a.database()).await;
    over.store(true, Ordering::SeqCst);
    let all: Vec<Known> = writers.join_all().await.into_iter().flatten().collect();
    assert!(all.len() > 12, "there was load: {}", all.len());
    check(&clients, &all).await;
    let made: usize = pair.a.database().sql("SELECT count(*) FROM record").parse().unwrap();
    assert_eq!(made, all.len(), "nothing that nobody was told of");
    let [auditor, _] = pair.sign_in("danuta.krol").await;
    let verify = auditor.request(Method::POST, &api("ledger/verify"));
    let done = ended(&auditor, &auditor.send(verify).await.expect(202).json()).await;
    assert_eq!((&done["state"], &done["result"]["findings"]), (&json!("done"), &json!([])), "{done}");
    pair.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_fails_under_load_loses_nothing_that_was_acknowledged() {
    under_load(Pair::over(Database::alone()).await, async |database| {
        for _ in 0..2 {
            tokio::time::sleep(Duration::from_millis(700)).await;
            tokio::task::block_in_place(|| database.crash());
        }
        tokio::time::sleep(Duration::from_millis(700)).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_cut_under_load_lose_nothing_that_was_acknowledged() {
    under_load(Pair::new().await, async |database| {
        for _ in 0..12 {
            tokio::time::sleep(Duration::from_millis(150)).await;
            tokio::task::block_in_place(|| database.sql(END_ALL));
        }
    })
    .await;
}
