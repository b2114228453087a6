//! One policy, whatever the way: random roles, grants, teams, agreements and records, and every route that gives data
//! held against [`reference`], which says once more and plainly who sees what. OWASP API Security 2023: API1 (object
//! level), API3 (property level). `KLUCZNIK_SEED` draws another house.

mod readers;
mod reference;
mod routes;
mod stage;

use crate::front::help::ids;
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
    let mut answered = BTreeSet::new();
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
        answered.append(&mut ask_all(&stage, turn).await);
    }
    let plain = READERS.iter().filter(|(way, _)| *way == Way::Plain).flat_map(|(_, routes)| *routes);
    let silent: Vec<_> = plain.filter(|route| !answered.contains(*route)).collect();
    assert!(silent.is_empty(), "nobody was told anything, so nothing was looked at: {silent:?}");
    assert!(shown > 100 && kept > 100, "{shown} shown, {kept} kept back: the house is not worth comparing");
}

/// Everybody asks for everything, all at once. Gives the plain routes that told somebody something.
async fn ask_all(stage: &Stage, turn: usize) -> BTreeSet<&'static str> {
    let of =
        |n: usize| Asker { stage, user: &stage.model.users[n], client: &stage.callers[n], turn: turn + n };
    let one = async |n: usize| {
        let asker = of(n);
        let mut answered = Vec::new();
        for (way, routes) in READERS {
            answered.append(&mut run(&asker, way, routes).await);
        }
        answered
    };
    assert_eq!(stage.callers.len(), 7);
    let all = tokio::join!(one(0), one(1), one(2), one(3), one(4), one(5), one(6));
    [all.0, all.1, all.2, all.3, all.4, all.5, all.6].concat().into_iter().collect()
}

async fn run(asker: &Asker<'_>, way: &Way, routes: &[&'static str]) -> Vec<&'static str> {
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
            let mut answered = Vec::new();
            for route in routes {
                if plain(asker, route).await {
                    answered.push(*route);
                }
            }
            return answered;
        }
    }
    Vec::new()
}

/// Asks for what the route gives, whatever it is. Whether something was told: of what is listed, not an empty list.
async fn plain(asker: &Asker<'_>, route: &str) -> bool {
    let path = route.strip_prefix("GET ").expect("what is read");
    let paths: Vec<String> = match path {
        "/api/v1/jobs/{id}" | "/api/v1/imports/{id}" => {
            let all = asker.client.get(path.trim_end_matches("/{id}")).await;
            let own = if all.status.is_success() { ids(&all.json()) } else { Vec::new() };
            own.iter().take(3).map(|id| path.replace("{id}", id)).collect()
        }
        "/api/v1/partners/{id}/grants" => {
            asker.stage.model.agreed.keys().map(|id| path.replace("{id}", id)).collect()
        }
        "/api/v1/findings" => ["needless_grant", "unused_grant", "giver_left"]
            .map(|kind| format!("{path}?kind={kind}&limit=200"))
            .into(),
        _ => vec![path.replace("{id}", &asker.user.id)],
    };
    let mut told = false;
    for path in paths {
        let answer = asker.client.get(&path).await;
        asker.leaks_nothing(&answer, route);
        let empty = answer.text.starts_with(r#"{"items":[]"#);
        told |= answer.status.is_success() && (!empty || MAY_BE_EMPTY.contains(&route));
    }
    told
}

/// Lists that nothing may be in, in a house of random rights.
const MAY_BE_EMPTY: &[&str] = &[
    "GET /api/v1/users/{id}/grants",
    "GET /api/v1/approvals",
    "GET /api/v1/covers",
    "GET /api/v1/access-requests",
    "GET /api/v1/views",
];

/// What an export would take out, told before it is asked for.
async fn previews(asker: &Asker<'_>) {
    for (_, plural) in ENTITIES {
        let request = json!({ "format": "csv", "fields": [] });
        let act = json!({ "act": { "export": { "entities": plural, "request": request } } });
        let answer = asker.client.post("/api/v1/approvals/preview", &act).await;
        asker.leaks_nothing(&answer, &format!("a preview of {plural}"));
    }
}
