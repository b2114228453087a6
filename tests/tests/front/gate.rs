//! One policy, whatever the way: random roles, grants, teams, agreements and records, and every route that gives data
//! held against [`reference`], which says once more and plainly who sees what. OWASP API Security 2023: API1 (object
//! level), API3 (property level). `KLUCZNIK_SEED` draws another house.

mod readers;
mod reference;
mod routes;
mod stage;

use readers::Asker;
use routes::{BESIDE, READERS, Way};
use serde_json::json;
use stage::{ENTITIES, Stage};
use std::collections::BTreeSet;

/// The same house at every run, so that what fails once fails again.
const SEED: u64 = 2026;

/// The routes that there are, as the server's own table says.
fn all_routes() -> BTreeSet<&'static str> {
    include_str!("../../../crates/server/src/openapi/routes.txt").lines().collect()
}

#[test]
fn every_route_is_read_here_or_says_why_not() {
    let read: BTreeSet<&str> = READERS.iter().flat_map(|(_, routes)| routes.iter().copied()).collect();
    let beside: BTreeSet<&str> = BESIDE.iter().flat_map(|(_, routes)| routes.iter().copied()).collect();
    let both: Vec<_> = read.intersection(&beside).collect();
    assert!(both.is_empty(), "{both:?} have a reader and a reason for none");
    let named: BTreeSet<&str> = read.union(&beside).copied().collect();
    let all = all_routes();
    let new: Vec<_> = all.difference(&named).collect();
    assert!(new.is_empty(), "no reader, and no reason for none, in gate/routes.rs: {new:?}");
    let gone: Vec<_> = named.difference(&all).collect();
    assert!(gone.is_empty(), "not in the table: {gone:?}");
    assert!(BESIDE.iter().all(|(reason, _)| reason.len() > 20));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_to_the_data_shows_what_the_reference_says() {
    let seed = std::env::var("KLUCZNIK_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(SEED);
    let mut stage = Stage::set(seed).await;
    let (mut shown, mut kept) = (0, 0);
    for turn in 0..3 {
        if turn > 0 {
            stage.turn(if turn == 1 { 2 } else { 4 }).await;
        }
        for user in &stage.model.users {
            for record in &stage.model.records {
                let sees = stage.model.sees(user, record, "read");
                (shown, kept) = (shown + u32::from(sees), kept + u32::from(!sees));
            }
        }
        ask_all(&stage, turn).await;
    }
    assert!(shown > 100 && kept > 100, "{shown} shown, {kept} kept back: the house is not worth comparing");
}

/// Everybody asks for everything, all at once.
async fn ask_all(stage: &Stage, turn: usize) {
    let of =
        |n: usize| Asker { stage, user: &stage.model.users[n], client: &stage.callers[n], turn: turn + n };
    let one = async |n: usize| {
        let asker = of(n);
        for (way, routes) in READERS {
            run(&asker, way, routes).await;
        }
    };
    assert_eq!(stage.callers.len(), 7);
    let _all = tokio::join!(one(0), one(1), one(2), one(3), one(4), one(5), one(6));
}

async fn run(asker: &Asker<'_>, way: &Way, routes: &[&str]) {
    match way {
        Way::Lists => asker.lists().await,
        Way::OneByOne => asker.one_by_one().await,
        Way::Totals => asker.totals().await,
        Way::Searches => asker.searches().await,
        Way::Exports => asker.exports().await,
        Way::Imports => asker.imports().await,
        Way::Stream => asker.stream().await,
        Way::View => asker.view().await,
        Way::Previews => previews(asker).await,
        Way::Plain => {
            for route in routes {
                let (method, path) = route.split_once(' ').unwrap();
                assert_eq!(method, "GET");
                let path = path.replace("{id}", &asker.user.id);
                asker.leaks_nothing(&asker.client.get(&path).await, route);
            }
        }
    }
}

/// What an export would take out, told before it is asked for.
async fn previews(asker: &Asker<'_>) {
    for (_, plural) in ENTITIES {
        let request = json!({ "format": "csv", "fields": [] });
        let act = json!({ "act": { "export": { "entities": plural, "request": request } } });
        let answer = asker.client.post("/api/v1/approvals/preview", &act).await;
        asker.leaks_nothing(&answer, &format!("a preview of {plural}"));
    }
}
