//! How long other servers on the database take to know of a change.

use crate::Result;
use crate::child::Servers;
use crate::fixture::{Facts, PASSWORD};
use crate::load::quantile;
use crate::wire::Wire;
use serde::Serialize;
use std::time::Instant;

/// Changes that are followed.
const CHANGES: u64 = 300;

/// From the answer to a change at one server until another tells an open page of it, its index being that far.
#[derive(Debug, Serialize)]
pub struct Follow {
    /// Changes.
    pub changes: u64,
    /// Half of them took at most so long, in milliseconds.
    pub p50_ms: f64,
    /// All but one in a hundred.
    pub p99_ms: f64,
}

/// Changes one person at the first server, and listens at the second.
pub fn measure(servers: &Servers, facts: &Facts) -> Result<Follow> {
    let seen = facts.users.iter().find(|u| u.name == "many").ok_or("nobody to write as")?;
    let (first, second) = (servers.of(0), servers.of(1));
    let mut wire = Wire::open(first.address, &first.trust)?;
    let cookie = wire.sign_in(&seen.login, PASSWORD)?;
    let mut wire = wire.with(&cookie);
    let body = serde_json::json!({ "fields": { "last_name": "Śledzona" } }).to_string();
    let made = wire.ask("POST", "/api/v1/people", "", body.as_bytes())?.json();
    let id = made["id"].as_str().ok_or_else(|| format!("no person was made: {made}"))?;
    let mut page = Wire::open(second.address, &second.trust)?.with(&cookie);
    page.begin(&format!("/api/v1/stream?watch=person/{id}"))?;
    page.until("event: hello")?;
    let mut times = Vec::new();
    for version in 1..=CHANGES {
        let body = serde_json::json!({ "fields": { "city": format!("Miasto {version}") } }).to_string();
        let matches = format!("If-Match: \"{version}\"\r\n");
        let answer = wire.ask("PATCH", &format!("/api/v1/people/{id}"), &matches, body.as_bytes())?;
        if answer.status != 200 {
            return Err(format!("a change was refused: {} {}", answer.status, answer.json()).into());
        }
        let answered = Instant::now();
        page.until(&format!("\"version\":{}", version + 1))?;
        times.push(u32::try_from(answered.elapsed().as_micros())?);
    }
    times.sort_unstable();
    Ok(Follow { changes: CHANGES, p50_ms: quantile(&times, 0.5), p99_ms: quantile(&times, 0.99) })
}
