//! A folder, and the program run in it with nothing of the surroundings but what a test says.

use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Mutex;
use std::time::Duration;
use tempfile::TempDir;
use testkit::{Client, Database};

/// The password of all users.
pub const PASSWORD: &str = "zielony-rower-na-dachu-7";

/// A folder to work in.
pub struct House {
    temp: TempDir,
    /// Those of its instances, where the data lie in databases.
    databases: Mutex<Vec<Database>>,
}

impl House {
    pub fn new() -> Self {
        let temp = tempfile::Builder::new().prefix("klucznik-cli-").tempdir().expect("a temporary folder");
        let house = Self { temp, databases: Mutex::default() };
        house.secret("password", PASSWORD);
        house
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.temp.path().join(name)
    }

    /// Writes a file that only its owner can read.
    pub fn secret(&self, name: &str, text: &str) {
        use std::os::unix::fs::PermissionsExt;
        fs::write(self.path(name), format!("{text}\n")).expect("a file");
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o600)).expect("rights");
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_klucznik"));
        command.args(line.split_whitespace()).current_dir(self.temp.path()).env_clear().stdin(Stdio::null());
        command
    }

    pub fn run(&self, line: &str) -> Ran {
        Ran(self.command(line).output().expect("the program runs"))
    }

    /// Runs with variables of the environment.
    pub fn run_with(&self, line: &str, env: &[(&str, &str)]) -> Ran {
        Ran(self.command(line).envs(env.iter().copied()).output().expect("the program runs"))
    }

    /// Begins a restore that gets half of the backup `one.age` and then nothing, and kills it once `until` is there.
    pub fn restore_killed(&self, line: &str, until: &str) {
        let whole = fs::read(self.path("one.age")).expect("a backup");
        let mut command = self.command(line);
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it runs");
        let mut to = child.stdin.take().expect("piped");
        to.write_all(&whole[..whole.len() / 2]).expect("written");
        for _ in 0..600 {
            if self.path(until).exists() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        child.kill().expect("killed");
        child.wait().expect("ended");
        drop(to);
        assert!(self.path(until).exists(), "it came that far");
    }

    /// Where the data of the next instance are to lie, by `KLUCZNIK_TEST_ENGINE`.
    pub fn store(&self) -> String {
        if !testkit::on_postgres() {
            return String::new();
        }
        let database = Database::new();
        let address = database.address().replace(' ', "&");
        self.databases.lock().expect("databases").push(database);
        format!("--store postgresql://?{address}")
    }

    /// Makes an instance in `klucznik-data` with the administrator anna.nowak.
    pub fn init(&self, more: &str) -> Ran {
        let line = "init --organisation Firma --admin-login anna.nowak --admin-name Anna --admin-email anna@firma.example --password-file password --reserve-mib 0 --index-cache-mib 8";
        let store = if more.contains("--store") { String::new() } else { self.store() };
        self.run(&format!("{line} {store} {more}"))
    }

    /// Makes a user, `login` first, with the password of all.
    pub fn user(&self, line: &str) {
        self.run(&format!("user create {line}")).expect(0);
        let login = line.split(' ').next().expect("a login");
        self.run(&format!("user password {login} --password-file password")).expect(0);
    }

    /// Serves until the answer is dropped.
    pub fn serve(&self, line: &str) -> Served {
        self.serve_with(line, &[])
    }

    /// As [`House::serve`], with variables of the environment.
    pub fn serve_with(&self, line: &str, env: &[(&str, &str)]) -> Served {
        let mut command = self.command(&format!("{line} --json --listen 127.0.0.1:0"));
        command.envs(env.iter().copied());
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
        let mut first = String::new();
        let out = child.stdout.take().expect("piped");
        BufReader::new(out).read_line(&mut first).expect("a line");
        let answer: Value = serde_json::from_str(&first).expect("JSON");
        let address = answer["listen"].as_str().and_then(|a| a.parse().ok()).expect("an address");
        Served { child: Some(child), address, answer }
    }

    pub fn client(&self, served: &Served, dir: &str) -> Client {
        Client::new(served.address, &self.path(dir).join("tls/ca.pem"))
    }
}

/// How a run ended.
pub struct Ran(Output);

impl Ran {
    pub fn out(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }

    pub fn err(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }

    /// The answer on standard output.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out()).unwrap_or_else(|e| panic!("{e}: {}", self.out()))
    }

    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.0.status.code(), Some(code), "out: {}\nerr: {}", self.out(), self.err());
        self
    }
}

/// A server that runs.
pub struct Served {
    child: Option<Child>,
    pub address: SocketAddr,
    /// What it printed.
    pub answer: Value,
}

impl Served {
    /// Stops it as an operator does; gives the exit code.
    pub fn stop(self) -> Option<i32> {
        self.end().0.status.code()
    }

    /// As [`Served::stop`], with what it said.
    pub fn end(mut self) -> Ran {
        let child = self.child.take().expect("it runs");
        let id = child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill").success());
        Ran(child.wait_with_output().expect("it ends"))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Copies a folder with all in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|e| e.expect("an entry")) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
