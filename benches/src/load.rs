//! Callers at once, and what they saw.

use crate::child::Servers;
use crate::wire::{Answer, Wire};
use crate::{Args, Result};
use serde::Serialize;
use std::path::Path;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// One request.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// Method.
    pub method: &'static str,
    /// Path.
    pub path: String,
    /// Further lines of the head.
    pub extra: String,
    /// Body.
    pub body: String,
}

impl Ask {
    /// `GET`.
    pub fn get(path: String) -> Self {
        Self { method: "GET", path, ..Self::default() }
    }
}

/// What one caller asks for, time after time.
pub trait Script: Send {
    /// The next request.
    fn next(&mut self) -> Ask;
    /// What came back.
    fn took(&mut self, _answer: &Answer) {}
}

/// What came out.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Figures {
    /// Callers.
    pub callers: usize,
    /// Requests a second.
    pub per_second: f64,
    /// Half of the requests took at most so long, in milliseconds.
    pub p50_ms: f64,
    /// All but one in a hundred.
    pub p99_ms: f64,
    /// Processor time of the server for one request, in microseconds.
    pub cpu_us: f64,
    /// The same of the database's server; 0 if there is none.
    pub database_us: f64,
    /// Requests.
    pub requests: usize,
    /// Those that failed.
    pub failed: usize,
    /// Bytes of one answer's body.
    pub bytes: usize,
}

/// What the callers of one figure share.
struct Course<'a> {
    servers: &'a Servers,
    cookie: &'a str,
    ready: Barrier,
    measured: AtomicBool,
    stop: AtomicBool,
}

/// What one caller saw, or all together.
#[derive(Default)]
struct Notes {
    /// How long each request took, in microseconds.
    times: Vec<u32>,
    failed: usize,
    bytes: usize,
}

impl Course<'_> {
    fn call(&self, caller: usize, script: &mut dyn Script) -> Result<Notes> {
        let server = self.servers.of(caller);
        let wire = Wire::open(server.address, &server.trust).map(|w| w.with(self.cookie));
        self.ready.wait();
        let (mut wire, mut notes) = (wire?, Notes::default());
        while !self.stop.load(Ordering::Relaxed) {
            let ask = script.next();
            let counts = self.measured.load(Ordering::Relaxed);
            let started = Instant::now();
            let answer = wire.ask(ask.method, &ask.path, &ask.extra, ask.body.as_bytes())?;
            let took = started.elapsed();
            script.took(&answer);
            if counts {
                notes.failed += usize::from(!(200..300).contains(&answer.status));
                notes.bytes = notes.bytes.max(answer.body.len());
                notes.times.push(u32::try_from(took.as_micros()).unwrap_or(u32::MAX));
            }
        }
        Ok(notes)
    }
}

/// Asks with `scripts`, a connection each, for the time given.
pub fn run(args: &Args, servers: &Servers, cookie: &str, scripts: &mut [Box<dyn Script>]) -> Result<Figures> {
    let callers = scripts.len();
    let (ready, measured, stop) = (Barrier::new(callers + 1), AtomicBool::new(false), AtomicBool::new(false));
    let course = Course { servers, cookie, ready, measured, stop };
    let warm_up = Duration::from_secs_f64((args.seconds / 4.0).min(0.5));
    std::thread::scope(|scope| {
        let course = &course;
        let threads: Vec<_> = scripts
            .iter_mut()
            .enumerate()
            .map(|(n, s)| scope.spawn(move || course.call(n, s.as_mut())))
            .collect();
        course.ready.wait();
        std::thread::sleep(warm_up);
        let used = || -> Result<[f64; 2]> { Ok([servers.cpu_s()?, servers.database_cpu_s()?]) };
        let (before, started) = (used()?, Instant::now());
        course.measured.store(true, Ordering::Relaxed);
        std::thread::sleep(Duration::from_secs_f64(args.seconds));
        let (after, elapsed) = (used()?, started.elapsed().as_secs_f64());
        course.stop.store(true, Ordering::Relaxed);
        let mut all = Notes::default();
        for thread in threads {
            let notes = thread.join().map_err(|_| "a caller panicked")??;
            all.times.extend(notes.times);
            all.failed += notes.failed;
            all.bytes = all.bytes.max(notes.bytes);
        }
        Ok(figures(callers, all, elapsed, [0, 1].map(|n| after[n] - before[n])))
    })
}

/// The time below which this part of all times lies, which are sorted microseconds; in milliseconds.
pub fn quantile(sorted: &[u32], part: f64) -> f64 {
    let place = ((sorted.len() as f64 * part) as usize).min(sorted.len().saturating_sub(1));
    sorted.get(place).map_or(f64::NAN, |us| f64::from(*us) / 1e3)
}

fn figures(callers: usize, mut notes: Notes, elapsed: f64, cpu: [f64; 2]) -> Figures {
    notes.times.sort_unstable();
    let requests = notes.times.len();
    let [cpu_us, database_us] = cpu.map(|s| s * 1e6 / requests.max(1) as f64);
    let at = |part: f64| quantile(&notes.times, part);
    Figures {
        callers,
        per_second: requests as f64 / elapsed,
        p50_ms: at(0.5),
        p99_ms: at(0.99),
        cpu_us,
        database_us,
        requests,
        failed: notes.failed,
        bytes: notes.bytes,
    }
}

/// Milliseconds that the disk takes to make 4 KiB durable, half of the time: no single write is faster.
pub fn forced_write(dir: &Path) -> Result<f64> {
    use std::io::Write;
    let mut file = std::fs::File::create(dir.join("forced"))?;
    let mut times = Vec::new();
    for _ in 0..100 {
        let started = Instant::now();
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        times.push(started.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    Ok(times[times.len() / 2])
}
