//! The server as a process of its own.

use crate::Result;
use crate::fixture::COST;
use clap::ValueEnum;
use identity::Cost;
use kernel::{SystemClock, SystemRandom};
use server::{Config, Instance, Layout};
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Instant;
use vault::RootKey;

/// What the child says before its address.
const READY: &str = "ready ";
/// Ticks of the processor times in `/proc/PID/stat` (proc(5)); 100 a second on Linux.
const TICK_S: f64 = 0.01;

/// What a password's hash costs.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, ValueEnum)]
pub enum Hashing {
    /// Nearly nothing, where it is not what is measured.
    #[default]
    Cheap,
    /// What it costs in use.
    Real,
}

impl Hashing {
    fn cost(self) -> Cost {
        match self {
            Self::Cheap => COST,
            Self::Real => Cost::default(),
        }
    }
}

/// Serves the instance in `dir` until standard input ends.
pub fn serve(dir: &Path, hashing: Hashing) -> Result<()> {
    let runtime = server::runtime()?;
    runtime.block_on(async {
        let layout = Layout::new(dir);
        let root = RootKey::from_file(&layout.root_key())?;
        let (clock, random) = (Arc::new(SystemClock), Arc::new(SystemRandom));
        let config = Config::load(dir)?;
        let instance = Instance::open(dir, &root, config, hashing.cost(), clock, random, &|_, _| {}).await?;
        let running = server::serve(instance, &layout).await?;
        println!("{READY}{}", running.address());
        tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
        running.stop().await?;
        Ok(())
    })
}

/// The child as its parent sees it.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// What to trust.
    pub trust: Arc<rustls::ClientConfig>,
}

impl Server {
    /// Starts it; also tells the milliseconds until it answered.
    fn start(dir: &Path, hashing: Hashing) -> Result<(Self, f64)> {
        let started = Instant::now();
        let mut child = Command::new(std::env::current_exe()?)
            .arg("--serve")
            .arg(dir)
            .args(["--hashing", hashing.to_possible_value().ok_or("no such hashing")?.get_name()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        let out = child.stdout.take().ok_or("no output")?;
        BufReader::new(out).read_line(&mut line)?;
        let address = line.trim().strip_prefix(READY).ok_or("the server did not start")?.parse()?;
        let trust = crate::wire::trust(&Layout::new(dir).tls().join("ca.pem"))?;
        let server = Self { child, address, trust };
        let _ =
            crate::wire::Wire::open(server.address, &server.trust)?.ask("GET", "/health/ready", "", b"")?;
        Ok((server, started.elapsed().as_secs_f64() * 1e3))
    }

    /// Processor time so far, in seconds.
    fn cpu_s(&self) -> Result<f64> {
        Ok(process(self.child.id())?.1)
    }

    /// Memory that it holds, in MiB.
    fn memory_mib(&self) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).ok_or("no status")?;
        let kib: f64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kib / 1024.0)
    }

    /// Stops it in order.
    fn stop(mut self) -> Result<()> {
        drop(self.child.stdin.take());
        let status = self.child.wait()?;
        if status.success() { Ok(()) } else { Err(format!("the server ended with {status}").into()) }
    }
}

/// A process's parent, and its processor time so far in seconds.
fn process(id: u32) -> Result<(u32, f64)> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
    let fields: Vec<&str> = stat.rsplit_once(") ").ok_or("no stat")?.1.split(' ').collect();
    let field = |n: usize| fields.get(n).copied().ok_or("no stat");
    Ok((field(1)?.parse()?, (field(11)?.parse::<f64>()? + field(12)?.parse::<f64>()?) * TICK_S))
}

/// Servers of one instance, and the first process of their database's; callers come to them in turn.
pub struct Servers(Vec<Server>, Option<u32>);

impl Servers {
    /// Starts one in each folder; also tells the longest time until one answered, in milliseconds.
    pub fn start(dirs: &[PathBuf], database: Option<u32>, hashing: Hashing) -> Result<(Self, f64)> {
        let (mut servers, mut longest) = (Vec::new(), 0_f64);
        for dir in dirs {
            let (server, ms) = Server::start(dir, hashing)?;
            servers.push(server);
            longest = longest.max(ms);
        }
        Ok((Self(servers, database), longest))
    }

    /// How many.
    pub const fn count(&self) -> usize {
        self.0.len()
    }

    /// The one that this caller comes to.
    pub fn of(&self, caller: usize) -> &Server {
        &self.0[caller % self.0.len()]
    }

    /// Processor time of all so far, in seconds; that of a database's server is not among it.
    pub fn cpu_s(&self) -> Result<f64> {
        self.0.iter().map(Server::cpu_s).sum()
    }

    /// Processor time of the processes that the database's server has now, in seconds.
    pub fn database_cpu_s(&self) -> Result<f64> {
        let Some(first) = self.1 else { return Ok(0.0) };
        let ids =
            std::fs::read_dir("/proc")?.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
        // One that ends meanwhile counts no more.
        let all = ids.filter_map(|id: u32| process(id).ok());
        Ok(all.filter(|(parent, _)| *parent == first).map(|(_, cpu)| cpu).sum())
    }

    /// Memory that all hold, in MiB.
    pub fn memory_mib(&self) -> Result<f64> {
        self.0.iter().map(Server::memory_mib).sum()
    }

    /// Stops all in order.
    pub fn stop(self) -> Result<()> {
        self.0.into_iter().try_for_each(Server::stop)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Ended already if all went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
