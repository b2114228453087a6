//! Callers at once, and what they saw.

use crate::child::Server;
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
    /// Requests.
    pub requests: usize,
    /// Those that failed.
    pub failed: usize,
    /// Bytes of one answer's body.
    pub bytes: usize,
}

/// Asks with `scripts`, a connection each, for the time given.
pub fn run(args: &Args, server: &Server, cookie: &str, scripts: &mut [Box<dyn Script>]) -> Result<Figures> {
    let callers = scripts.len();
    let (ready, stop) = (Barrier::new(callers + 1), AtomicBool::new(false));
    let warm_up = Duration::from_secs_f64((args.seconds / 8.0).min(0.3));
    let measured = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let caller = |script: &'_ mut Box<dyn Script>| -> Result<(Vec<u32>, usize, usize)> {
            let wire = Wire::open(server.address, &server.trust).map(|w| w.with(cookie));
            ready.wait();
            let mut wire = wire?;
            let (mut times, mut failed, mut bytes) = (Vec::new(), 0, 0);
            while !stop.load(Ordering::Relaxed) {
                let ask = script.next();
                let counts = measured.load(Ordering::Relaxed);
                let started = Instant::now();
                let answer = wire.ask(ask.method, &ask.path, &ask.extra, ask.body.as_bytes())?;
                let took = started.elapsed();
                script.took(&answer);
                if counts {
                    failed += usize::from(!(200..300).contains(&answer.status));
                    bytes = bytes.max(answer.body.len());
                    times.push(u32::try_from(took.as_micros()).unwrap_or(u32::MAX));
                }
            }
            Ok((times, failed, bytes))
        };
        let caller = &caller;
        let threads: Vec<_> = scripts.iter_mut().map(|s| scope.spawn(move || caller(s))).collect();
        ready.wait();
        std::thread::sleep(warm_up);
        let (cpu, started) = (server.cpu_s()?, Instant::now());
        measured.store(true, Ordering::Relaxed);
        std::thread::sleep(Duration::from_secs_f64(args.seconds));
        let (cpu, elapsed) = (server.cpu_s()? - cpu, started.elapsed().as_secs_f64());
        stop.store(true, Ordering::Relaxed);
        let (mut all, mut failed, mut bytes) = (Vec::new(), 0, 0);
        for thread in threads {
            let (times, bad, most) = thread.join().map_err(|_| "a caller panicked")??;
            all.extend(times);
            failed += bad;
            bytes = bytes.max(most);
        }
        all.sort_unstable();
        let requests = all.len();
        let at = |part: f64| {
            let place = ((requests as f64 * part) as usize).min(requests.saturating_sub(1));
            all.get(place).map_or(f64::NAN, |us| f64::from(*us) / 1e3)
        };
        Ok(Figures {
            callers,
            per_second: requests as f64 / elapsed,
            p50_ms: at(0.5),
            p99_ms: at(0.99),
            cpu_us: cpu * 1e6 / requests.max(1) as f64,
            requests,
            failed,
            bytes,
        })
    })
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
