//! What is asked.

use crate::bare::{Narrow, Plain};
use crate::child::Servers;
use crate::fixture::{Facts, PASSWORD, Seen};
use crate::load::{Ask, Figures, Script, run};
use crate::report::{Import, Line, Report};
use crate::rival::Rival;
use crate::wire::{Answer, Wire};
use crate::{Args, Result};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

const CITY: &str = "Gdańsk";
const CITY_IN_URL: &str = "Gda%C5%84sk";
const COMMON: &str = "kowal";
const TWO: [&str; 2] = ["anna", "kowal"];

/// Numbers new people, so that no two have the same address.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// One of a list of addresses after the other.
struct Rounds {
    paths: Vec<String>,
    at: usize,
}

impl Script for Rounds {
    fn next(&mut self) -> Ask {
        self.at += 1;
        Ask::get(self.paths[self.at % self.paths.len()].clone())
    }
}

fn person() -> Ask {
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    let body = serde_json::json!({ "fields": {
        "first_name": "Łucja", "last_name": "Próbna", "job_title": "Kierowniczka zakupów",
        "email": format!("lucja.probna.{}.{n}@pomiar.example", std::process::id()),
        "mobile": format!("+48600{:06}", n % 1_000_000),
        "street": "ul. Długa 5", "city": "Gdańsk", "postal_code": "80-831", "country": "PL",
    }});
    Ask { method: "POST", path: "/api/v1/people".to_owned(), body: body.to_string(), ..Ask::default() }
}

/// New people.
struct Creating;

impl Script for Creating {
    fn next(&mut self) -> Ask {
        person()
    }
}

/// A new person, then change after change of it.
struct Changing {
    record: Option<(String, u64)>,
}

impl Script for Changing {
    fn next(&mut self) -> Ask {
        let Some((id, version)) = &self.record else {
            return person();
        };
        Ask {
            method: "PATCH",
            path: format!("/api/v1/people/{id}"),
            extra: format!("If-Match: \"{version}\"\r\n"),
            body: serde_json::json!({ "fields": { "city": format!("Miasto {version}") } }).to_string(),
        }
    }

    fn took(&mut self, answer: &Answer) {
        let view = answer.json();
        if let (Some(id), Some(version)) = (view["id"].as_str(), view["version"].as_u64()) {
            self.record = Some((id.to_owned(), version));
        }
    }
}

/// The cases that only read, then those that write, which would make the seller with few one with many.
const READS: [&str; 6] = ["list", "filter", "search rare", "search common", "search two", "record"];
const WRITES: [&str; 2] = ["create", "update"];

fn paths(case: &str, seen: &Seen) -> Vec<String> {
    let list = |more: String| format!("/api/v1/people{more}");
    match case {
        "list" => vec![list(String::new())],
        "filter" => vec![list(format!("?filter=city:eq:{CITY_IN_URL}"))],
        "search rare" => seen.phones.iter().take(32).map(|p| list(format!("?q={p}"))).collect(),
        "search common" => vec![list(format!("?q={COMMON}"))],
        "search two" => vec![list(format!("?q={}+{}", TWO[0], TWO[1]))],
        _ => seen.people.iter().map(|id| list(format!("/{id}"))).collect(),
    }
}

fn scripts(case: &str, seen: &Seen, callers: usize) -> Vec<Box<dyn Script>> {
    (0..callers)
        .map(|n| -> Box<dyn Script> {
            match case {
                "create" => Box::new(Creating),
                "update" => Box::new(Changing { record: None }),
                _ => Box::new(Rounds { paths: paths(case, seen), at: n * 7 }),
            }
        })
        .collect()
}

fn bare(case: &str, seen: &Seen, plain: &Plain) -> Result<f64> {
    match case {
        "list" => plain.list(seen, &Narrow::All),
        "filter" => plain.list(seen, &Narrow::City(CITY)),
        "search rare" => plain.list(seen, &Narrow::Words(seen.phones.first().ok_or("no telephone")?)),
        "search common" => plain.list(seen, &Narrow::Words(COMMON)),
        "search two" => plain.list(seen, &Narrow::Words(&TWO.join(" "))),
        "record" => plain.record(seen),
        "create" => plain.create(),
        _ => plain.update(),
    }
}

/// The reads of one user, without a bare engine to compare them to.
pub fn reads(args: &Args, servers: &Servers, seen: &Seen) -> Result<Vec<(String, Figures)>> {
    let first = servers.of(0);
    let cookie = Wire::open(first.address, &first.trust)?.sign_in(&seen.login, PASSWORD)?;
    let mut found = Vec::new();
    for case in READS.iter().filter(|case| Args::wants(&args.cases, case) && !paths(case, seen).is_empty()) {
        for &callers in &args.callers {
            let figures = run(args, servers, &cookie, &mut scripts(case, seen, callers))?;
            found.push(((*case).to_owned(), figures));
        }
    }
    Ok(found)
}

/// All figures but the import's.
pub fn measure(
    args: &Args,
    servers: &Servers,
    facts: &Facts,
    plain: &Plain,
    rival: Option<&Rival>,
    report: &mut Report,
) -> Result<()> {
    let users: Vec<&Seen> = facts.users.iter().filter(|u| Args::wants(&args.users, &u.name)).collect();
    for cases in [&READS[..], &WRITES[..]] {
        for seen in &users {
            let first = servers.of(0);
            let cookie = Wire::open(first.address, &first.trust)?.sign_in(&seen.login, PASSWORD)?;
            // Management reads everything and changes nothing.
            let writes = seen.name != "management" || cases.len() == READS.len();
            for case in cases.iter().filter(|c| writes && Args::wants(&args.cases, c)) {
                let bare_us = bare(case, seen, plain)?;
                for &callers in &args.callers {
                    let figures = run(args, servers, &cookie, &mut scripts(case, seen, callers))?;
                    let bare_write = match rival {
                        Some(rival) if WRITES.contains(case) => Some(rival.measure(args, case, callers)?),
                        _ => None,
                    };
                    let (user, case, servers) = (seen.name.clone(), (*case).to_owned(), servers.count());
                    let line = Line { user, case, servers, figures, bare_us, bare_write };
                    eprintln!("{line}");
                    report.lines.push(line);
                }
            }
        }
    }
    Ok(())
}

/// A file of people, sent by a seller.
pub fn import(
    args: &Args,
    servers: &Servers,
    facts: &Facts,
    plain: &Plain,
    report: &mut Report,
) -> Result<()> {
    let seen = facts.users.iter().find(|u| u.name == "many").ok_or("nobody to import as")?;
    let first = servers.of(0);
    let mut wire = Wire::open(first.address, &first.trust)?;
    let cookie = wire.sign_in(&seen.login, PASSWORD)?;
    let mut wire = wire.with(&cookie);
    let file: Vec<String> = sample::csv_people(args.import, args.seed + 1).collect();
    let (cpu, started) = (servers.cpu_s()?, Instant::now());
    let answer =
        wire.ask("POST", "/api/v1/imports/people?name=people.csv", "", file.join("\n").as_bytes())?;
    let (seconds, cpu) = (started.elapsed().as_secs_f64(), servers.cpu_s()? - cpu);
    let done = answer.json();
    if answer.status != 200 {
        return Err(format!("the import was refused: {} {done}", answer.status).into());
    }
    let count = |name: &str| done[name].as_u64().unwrap_or_default();
    report.import = Some(Import {
        rows: count("rows"),
        made: count("made"),
        companies_made: count("companies_made"),
        refused: count("refused"),
        seconds,
        rows_per_second: count("made") as f64 / seconds,
        cpu_us: cpu * 1e6 / count("made").max(1) as f64,
        bare_us: 1e6 / plain.import(args.import)?,
    });
    Ok(())
}
