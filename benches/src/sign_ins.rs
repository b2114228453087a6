//! A morning: people sign in, with a hash of what it really costs, while others read. What the readers see is
//! compared with what they see when nobody signs in.

use crate::child::{Hashing, Servers};
use crate::fixture::{Facts, PASSWORD, Seen};
use crate::load::quantile;
use crate::sessions::make_user;
use crate::wire::Wire;
use crate::{Args, Result};
use serde::Serialize;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Log-ins a minute.
const A_MINUTE: u32 = 200;
/// Which so many people do in turns.
const DOORS: u32 = 8;
/// Callers who read.
const READERS: u32 = 8;
/// Each asks so often: 160 requests a second in all, a third of what two cores answer.
const PACE: Duration = Duration::from_millis(50);

/// What came out. Times in milliseconds, from when a request was due until its answer.
#[derive(Debug, Default, Serialize)]
pub struct SignIns {
    /// Log-ins a minute.
    pub per_minute: f64,
    /// Half of them took at most so long.
    pub p50_ms: f64,
    /// All but one in a hundred.
    pub p99_ms: f64,
    /// Half of the reads took at most so long, when nobody signed in and when they did.
    pub reads_p50_ms: [f64; 2],
    /// All but one in a hundred.
    pub reads_p99_ms: [f64; 2],
    /// Reads in each of the two courses.
    pub reads: [usize; 2],
}

/// Measures for so many seconds without log-ins, and as many with them.
pub fn measure(args: &Args, dir: PathBuf, database: Option<u32>, facts: &Facts) -> Result<SignIns> {
    let (servers, _) = Servers::start(&[dir], database, Hashing::Real)?;
    let reader = facts.users.iter().find(|u| u.name == "many").ok_or("nobody to read as")?;
    let first = servers.of(0);
    let enter = |login: &str| -> Result<(Wire, String)> {
        let mut wire = Wire::open(first.address, &first.trust)?;
        let cookie = wire.sign_in(login, PASSWORD)?;
        Ok((wire, cookie))
    };
    let (admin, cookie) = enter("admin")?;
    let mut admin = admin.with(&cookie);
    for n in 0..DOORS {
        make_user(&mut admin, &comes(n))?;
    }
    let (_, cookie) = enter(&reader.login)?;
    let span = Duration::from_secs_f64(args.sign_ins);
    let course = Course { servers: &servers, cookie: &cookie, reader, span };
    let (alone, _) = course.run(false)?;
    let (beside, signed_in) = course.run(true)?;
    servers.stop()?;
    Ok(SignIns {
        per_minute: signed_in.len() as f64 * 60.0 / args.sign_ins,
        p50_ms: quantile(&signed_in, 0.5),
        p99_ms: quantile(&signed_in, 0.99),
        reads_p50_ms: [&alone, &beside].map(|times| quantile(times, 0.5)),
        reads_p99_ms: [&alone, &beside].map(|times| quantile(times, 0.99)),
        reads: [alone.len(), beside.len()],
    })
}

/// The log-in name of one who comes.
fn comes(n: u32) -> String {
    format!("comes.in.{n}")
}

struct Course<'a> {
    servers: &'a Servers,
    cookie: &'a str,
    reader: &'a Seen,
    span: Duration,
}

impl Course<'_> {
    /// The sorted times, in microseconds, of the reads and of the log-ins.
    fn run(&self, with_log_ins: bool) -> Result<(Vec<u32>, Vec<u32>)> {
        let started = Instant::now() + Duration::from_millis(200);
        let doors = if with_log_ins { DOORS } else { 0 };
        std::thread::scope(|scope| {
            let reads: Vec<_> = (0..READERS).map(|n| scope.spawn(move || self.read(n, started))).collect();
            let log_ins: Vec<_> = (0..doors).map(|n| scope.spawn(move || self.sign_in(n, started))).collect();
            let all = |threads: Vec<std::thread::ScopedJoinHandle<'_, Result<Vec<u32>>>>| {
                let mut times = Vec::new();
                for thread in threads {
                    times.extend(thread.join().map_err(|_| "a caller panicked")??);
                }
                times.sort_unstable();
                Ok::<_, Box<dyn std::error::Error + Send + Sync>>(times)
            };
            Ok((all(reads)?, all(log_ins)?))
        })
    }

    /// Does it whenever it is due, and notes how long it took since.
    fn paced(&self, from: Instant, every: Duration, mut act: impl FnMut() -> Result<()>) -> Result<Vec<u32>> {
        let (mut times, mut due) = (Vec::new(), from);
        let end = from + self.span;
        while due < end {
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            act()?;
            times.push(u32::try_from(due.elapsed().as_micros())?);
            due += every;
        }
        Ok(times)
    }

    fn read(&self, n: u32, started: Instant) -> Result<Vec<u32>> {
        let server = self.servers.of(0);
        let mut wire = Wire::open(server.address, &server.trust)?.with(self.cookie);
        let mut ids = self.reader.people.iter().cycle().skip(n as usize * 7);
        self.paced(started + PACE / READERS * n, PACE, || {
            let id = ids.next().ok_or("nobody to read")?;
            match wire.ask("GET", &format!("/api/v1/people/{id}"), "", b"")?.status {
                200 => Ok(()),
                status => Err(format!("a read was refused: {status}").into()),
            }
        })
    }

    fn sign_in(&self, n: u32, started: Instant) -> Result<Vec<u32>> {
        let every = Duration::from_secs(60) / A_MINUTE;
        let server = self.servers.of(0);
        let login = comes(n);
        self.paced(started + every * n, every * DOORS, || {
            // A connection each, as of somebody who comes.
            Wire::open(server.address, &server.trust)?.sign_in(&login, PASSWORD).map(drop)
        })
    }
}
