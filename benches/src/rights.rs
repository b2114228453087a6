//! The same reads with many roles and grants as without, and how long it takes to say who may do what, to share a record
//! and to change a role, until each holds.

use crate::cases;
use crate::child::{Hashing, Servers};
use crate::fixture::{Facts, PASSWORD, Seen};
use crate::load::{Figures, quantile};
use crate::report::{Line, Report};
use crate::shared::{Shared, fill, last_change};
use crate::wire::{Answer, Wire};
use crate::{Args, Result};
use kernel::{Clock, SystemClock};
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt;
use std::path::PathBuf;
use std::time::Instant;

/// Requests of each figure that is taken one request after the other.
const ASKED: usize = 300;
/// Grants given and ended, roles changed: fewer than one person shares in a day without a second person's approval.
const CHANGES: usize = 40;

/// One read, with roles and grants beside without.
#[derive(Debug, Serialize)]
pub struct Beside {
    user: String,
    case: String,
    /// Without any.
    without: Option<Figures>,
    /// With them.
    with: Figures,
}

impl fmt::Display for Beside {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { user, case, with, .. } = self;
        write!(
            out,
            "{case:<14} {user:<10} {:>3} {:>9.2} {:>9.2} {:>9.0} {:>10.0}",
            with.callers, with.p50_ms, with.p99_ms, with.per_second, with.cpu_us
        )?;
        if let Some(without) = &self.without {
            write!(
                out,
                " {:>9.2} {:>9.2} {:>10.0} {:>6.2} {:>6.2} {:>6.2}",
                without.p50_ms,
                without.p99_ms,
                without.cpu_us,
                with.p50_ms / without.p50_ms,
                with.p99_ms / without.p99_ms,
                with.cpu_us / without.cpu_us
            )?;
        }
        if with.failed > 0 { write!(out, "  {} failed", with.failed) } else { Ok(()) }
    }
}

/// How long something took, time after time, by one caller.
#[derive(Debug, Serialize)]
pub struct Took {
    what: &'static str,
    p50_ms: f64,
    p99_ms: f64,
    times: usize,
}

/// All of it.
#[derive(Debug, Serialize)]
pub struct Rights {
    grants: usize,
    roles: usize,
    /// Milliseconds from the start of the process to its first answer.
    start_ms: f64,
    memory_mib: f64,
    reads: Vec<Beside>,
    took: Vec<Took>,
    /// Records that were written meanwhile.
    rewritten: u64,
}

impl fmt::Display for Rights {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            out,
            "with {} grants and {} roles; beside it the same without, and ratios",
            self.grants, self.roles
        )?;
        writeln!(
            out,
            "{:<14} {:<10} {:>3} {:>9} {:>9} {:>9} {:>10} {:>9} {:>9} {:>10} {:>6} {:>6} {:>6}",
            "case",
            "user",
            "at",
            "p50 ms",
            "p99 ms",
            "per s",
            "CPU µs",
            "p50 ms",
            "p99 ms",
            "CPU µs",
            "p50",
            "p99",
            "CPU"
        )?;
        self.reads.iter().try_for_each(|line| writeln!(out, "{line}"))?;
        for Took { what, p50_ms, p99_ms, times } in &self.took {
            writeln!(
                out,
                "{what:<44} {p50_ms:>7.2} ms, all but one in a hundred {p99_ms:.2} ms; of {times}"
            )?;
        }
        writeln!(out, "records rewritten meanwhile: {}", self.rewritten)?;
        write!(out, "start {:.0} ms to the first answer, memory {:.0} MiB", self.start_ms, self.memory_mib)
    }
}

/// Puts roles and grants in and measures; what was measured before is in the report.
pub fn measure(
    args: &Args,
    dirs: &[PathBuf],
    database: Option<u32>,
    facts: &Facts,
    report: &mut Report,
) -> Result<()> {
    let started = Instant::now();
    let shared = fill(args, &dirs[0], facts)?;
    eprintln!(
        "{} grants and {} roles put in, in {:.0} s",
        shared.grants,
        shared.roles,
        started.elapsed().as_secs_f64()
    );
    let before = last_change(&dirs[0])?;
    let (servers, first) = Servers::start(&dirs[..1], database, Hashing::Cheap)?;
    servers.stop()?;
    let (servers, second) = Servers::start(&dirs[..1], database, Hashing::Cheap)?;
    let mut rights = Rights {
        grants: shared.grants,
        roles: shared.roles,
        start_ms: first.min(second),
        memory_mib: 0.0,
        reads: reads(args, &servers, facts, &shared, &report.lines)?,
        took: Vec::new(),
        rewritten: 0,
    };
    let asked = Asked::new(&servers, &shared, facts);
    rights.took.extend(asked.questions()?);
    rights.took.extend(asked.grants()?);
    rights.took.extend(asked.roles()?);
    rights.memory_mib = servers.memory_mib()?;
    servers.stop()?;
    rights.rewritten = last_change(&dirs[0])? - before;
    report.rights = Some(rights);
    Ok(())
}

fn reads(
    args: &Args,
    servers: &Servers,
    facts: &Facts,
    shared: &Shared,
    lines: &[Line],
) -> Result<Vec<Beside>> {
    let mut found = Vec::new();
    let measured = facts.users.iter().filter(|u| Args::wants(&args.users, &u.name));
    for seen in measured.chain([&shared.collector]) {
        for (case, with) in cases::reads(args, servers, seen)? {
            let same = |l: &&Line| {
                l.user == seen.name && l.case == case && l.figures.callers == with.callers && l.servers == 1
            };
            let without = lines.iter().find(same).map(|line| line.figures);
            let line = Beside { user: seen.name.clone(), case, without, with };
            eprintln!("{line}");
            found.push(line);
        }
    }
    Ok(found)
}

/// Those who ask one request after the other.
struct Asked<'a> {
    servers: &'a Servers,
    shared: &'a Shared,
    facts: &'a Facts,
    /// The moment when all was in.
    since: String,
}

impl<'a> Asked<'a> {
    fn new(servers: &'a Servers, shared: &'a Shared, facts: &'a Facts) -> Self {
        Self { servers, shared, facts, since: SystemClock.now().rfc3339() }
    }

    fn sign_in(&self, login: &str) -> Result<Wire> {
        let server = self.servers.of(0);
        let mut wire = Wire::open(server.address, &server.trust)?;
        let cookie = wire.sign_in(login, PASSWORD)?;
        Ok(wire.with(&cookie))
    }

    fn user(&self, name: &str) -> Result<&Seen> {
        self.facts
            .users
            .iter()
            .find(|u| u.name == name)
            .ok_or_else(|| format!("nobody is called {name}").into())
    }

    /// Why somebody may read a record, now and at a moment before, and who reads it.
    fn questions(&self) -> Result<Vec<Took>> {
        let mut wire = self.sign_in(&self.user("management")?.login)?;
        let Shared { users, records, .. } = self.shared;
        let mut ask = |what, path: &dyn Fn(usize) -> String| -> Result<Took> {
            let mut times = Vec::new();
            for n in 0..ASKED {
                let (path, started) = (path(n), Instant::now());
                expect(&wire.ask("GET", &path, "", b"")?, 200)?;
                times.push(started.elapsed());
            }
            Ok(took(what, times))
        };
        let why = |n: usize| {
            let (user, record) = (&users[n % users.len()], &records[n % records.len()]);
            format!("/api/v1/explain?user={user}&entity=person&record={record}&action=read&field=email")
        };
        Ok(vec![
            ask("explain", &why)?,
            ask("explain, a moment of the past", &|n| format!("{}&at={}", why(n), self.since))?,
            ask("who sees a record", &|n| format!("/api/v1/people/{}/access", records[n % records.len()]))?,
            ask("grants on a record", &|n| format!("/api/v1/people/{}/grants", records[n % records.len()]))?,
        ])
    }

    /// A record shared until whoever it is for reads it, and the grant ended until that one does not.
    fn grants(&self) -> Result<Vec<Took>> {
        let few = self.user("few")?;
        let (mut owner, mut other) = (self.sign_in(&few.login)?, self.sign_in(&self.shared.collector.login)?);
        let (mut given, mut ended) = (Vec::new(), Vec::new());
        for id in few.people.iter().cycle().take(CHANGES) {
            let path = format!("/api/v1/people/{id}");
            let before = other.ask("GET", &path, "", b"")?.status;
            if before == 200 {
                continue;
            }
            let grant = json!({
                "to": { "user": self.shared.collector.user }, "role": access::role_ids::VIEWER,
                "with_related": true, "reason": "Zastępuje mnie przy tej sprawie",
            });
            let started = Instant::now();
            let answer = owner.ask("POST", &format!("{path}/grants"), "", grant.to_string().as_bytes())?;
            expect(&answer, 201)?;
            expect(&other.ask("GET", &path, "", b"")?, 200)?;
            given.push(started.elapsed());
            let made = answer.json();
            let grant = made["id"].as_str().ok_or("a grant without an id")?;
            let started = Instant::now();
            expect(&owner.ask("DELETE", &format!("/api/v1/grants/{grant}"), "", b"")?, 204)?;
            expect(&other.ask("GET", &path, "", b"")?, 404)?;
            ended.push(started.elapsed());
        }
        Ok(vec![
            took("a record shared, until it is read", given),
            took("a grant ended, until it holds", ended),
        ])
    }

    /// A role changed, until whoever holds it may do more, or no more.
    fn roles(&self) -> Result<Vec<Took>> {
        let (mut admin, mut holder) = (self.sign_in("admin")?, self.sign_in(&self.shared.holder.login)?);
        let (id, mut body) = (self.shared.role.0, self.shared.role.1.clone());
        let (mut version, mut times) = (1, Vec::new());
        for n in 0..CHANGES {
            let (things, status) =
                if n % 2 == 0 { (json!({ "users": "read" }), 200) } else { (json!({}), 403) };
            body["things"] = things;
            let started = Instant::now();
            let head = format!("If-Match: \"{version}\"\r\n");
            let answer =
                admin.ask("PUT", &format!("/api/v1/roles/{id}"), &head, body.to_string().as_bytes())?;
            expect(&answer, 200)?;
            expect(&holder.ask("GET", "/api/v1/partners", "", b"")?, status)?;
            times.push(started.elapsed());
            version += 1;
        }
        Ok(vec![took("a role changed, until it holds", times)])
    }
}

fn expect(answer: &Answer, status: u16) -> Result<()> {
    if answer.status == status {
        return Ok(());
    }
    let said: Value = answer.json();
    Err(format!("answered {} instead of {status}: {said}", answer.status).into())
}

fn took(what: &'static str, times: Vec<std::time::Duration>) -> Took {
    let mut times: Vec<u32> =
        times.iter().map(|t| u32::try_from(t.as_micros()).unwrap_or(u32::MAX)).collect();
    times.sort_unstable();
    Took { what, p50_ms: quantile(&times, 0.5), p99_ms: quantile(&times, 0.99), times: times.len() }
}
