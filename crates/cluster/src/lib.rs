//! For tests: a PostgreSQL server of our own, one for each test process, a database for each test. It listens on
//! nothing but a socket in its folder, and goes with the process, however that ends.

use std::env;
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

/// Runs the server until its input ends, which it does with our process; then leaves nothing. The server may have
/// been started anew meanwhile.
const KEEPER: &str = r#"
    trap '' INT TERM HUP
    dir="$1"; shift
    "$@" &
    cat >/dev/null
    server=$(head -n 1 "$dir/data/postmaster.pid")
    kill -INT "$server"; wait
    while kill -0 "$server"; do sleep 0.1; done
    rm -rf "$dir"
"#;

static CLUSTER: LazyLock<Arc<Cluster>> = LazyLock::new(|| Arc::new(Cluster::start(None)));
static NEXT: AtomicU32 = AtomicU32::new(1);

struct Cluster {
    bin: PathBuf,
    dir: PathBuf,
    /// Part of the socket's name, even if it listens to nothing else.
    port: String,
    /// How the server is started.
    server: Vec<String>,
    /// Holds the input open.
    _keeper: Mutex<Child>,
    /// Servers that were started after the first.
    later: Mutex<Vec<Child>>,
}

/// A database of the server.
pub struct Database {
    cluster: Arc<Cluster>,
    name: String,
}

impl Database {
    /// An empty one.
    ///
    /// # Panics
    /// If PostgreSQL is not installed, or does not start.
    #[must_use]
    pub fn new() -> Self {
        Self::within(Arc::clone(&CLUSTER))
    }

    /// An empty one of a server that nobody else uses.
    ///
    /// # Panics
    /// As [`Database::new`].
    #[must_use]
    pub fn alone() -> Self {
        Self::within(Arc::new(Cluster::start(None)))
    }

    /// One of a server that also listens to a port of this machine, under TLS with this certificate and key.
    ///
    /// # Panics
    /// As [`Database::new`].
    #[must_use]
    pub fn under_tls(port: u16, certificate: &str, key: &str) -> Self {
        let database = Self::within(Arc::new(Cluster::start(Some(port))));
        let data = database.cluster.dir.join("data");
        for (name, text) in [("server.crt", certificate), ("server.key", key)] {
            let path = data.join(name);
            fs::write(&path, text).expect("a file");
            fs::set_permissions(&path, Permissions::from_mode(0o600)).expect("a file of its own");
            let _ = unprivileged(&path);
        }
        database.sql("ALTER SYSTEM SET ssl = on");
        database.sql("SELECT pg_reload_conf()");
        database
    }

    /// The name of the database.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// One of a server with more room, which does not write down what it is asked: for measuring.
    ///
    /// # Panics
    /// As [`Database::new`].
    #[must_use]
    pub fn to_measure() -> Self {
        Self::within(Arc::new(Cluster::with(None, &["shared_buffers=256MB", "max_connections=200"])))
    }

    fn within(cluster: Arc<Cluster>) -> Self {
        let name = format!("test{}", NEXT.fetch_add(1, Ordering::Relaxed));
        cluster.psql("postgres", &format!("CREATE DATABASE {name}"));
        Self { cluster, name }
    }

    /// Where it is, as libpq's `key=value`; the user is the administrator of the server.
    #[must_use]
    pub fn address(&self) -> String {
        format!(
            "host={} port={} user=postgres dbname={}",
            self.cluster.dir.display(),
            self.cluster.port,
            self.name
        )
    }

    /// What a statement answers, as text without headings.
    ///
    /// # Panics
    /// If it fails.
    pub fn sql(&self, statement: &str) -> String {
        self.cluster.psql(&self.name, statement)
    }

    /// Has the server ask all but its administrator for passwords, and makes a role that has one and owns the
    /// database. For a server that nobody else uses. Where the role finds it.
    ///
    /// # Panics
    /// If that cannot be set.
    #[must_use]
    pub fn guarded(&self, role: &str, password: &str) -> String {
        let hba = "local all postgres trust\nlocal all all scram-sha-256\n";
        fs::write(self.data().join("pg_hba.conf"), hba).expect("a file");
        self.sql(&format!("CREATE ROLE {role} LOGIN PASSWORD '{password}'"));
        self.sql(&format!("ALTER DATABASE {} OWNER TO {role}", self.name));
        self.sql("SELECT pg_reload_conf()");
        self.address().replace("user=postgres", &format!("user={role}"))
    }

    /// What `pg_dump` writes of it.
    ///
    /// # Panics
    /// If it fails.
    #[must_use]
    pub fn dump(&self) -> Vec<u8> {
        let mut dump = Command::new(self.cluster.bin.join("pg_dump"));
        dump.args(["-U", "postgres", "-p", &self.cluster.port, "-h"]).arg(&self.cluster.dir);
        let done = dump.arg(&self.name).output().expect("pg_dump");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        done.stdout
    }

    /// The folder of the server's files: tables, indexes, write-ahead logs.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.cluster.dir.join("data")
    }

    /// Ends the server at once, without a word to anybody who is connected and without writing down what lies in
    /// its memory, as when its machine fails; and starts it again.
    ///
    /// # Panics
    /// If it does not end or start.
    pub fn crash(&self) {
        self.cluster.crash();
    }

    /// The server's first process, whose children serve the connections.
    ///
    /// # Panics
    /// If it does not run.
    #[must_use]
    pub fn process(&self) -> u32 {
        let file = fs::read_to_string(self.data().join("postmaster.pid")).expect("it runs");
        file.lines().next().and_then(|pid| pid.parse().ok()).expect("a process")
    }

    /// All that the server wrote to its log.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.cluster.dir.join("log")).expect("a log")
    }
}

impl Default for Database {
    fn default() -> Self {
        Self::new()
    }
}

impl Cluster {
    fn start(port: Option<u16>) -> Self {
        let settings = [
            "max_connections=100",
            "shared_buffers=16MB",
            "log_statement=all",
            "log_parameter_max_length=0",
            "track_activity_query_size=16384",
        ];
        Self::with(port, &settings)
    }

    fn with(port: Option<u16>, settings: &[&str]) -> Self {
        let bin = binaries();
        let dir = tempfile::Builder::new().prefix("klucznik-pg-").tempdir().expect("a folder").keep();
        let data = dir.join("data");
        let user = unprivileged(&dir);
        let template = template(&bin, user.as_deref());
        run(Command::new("cp").args(["-a", "--reflink=auto"]).arg(&template).arg(&data));
        let log = File::create(dir.join("log")).expect("a log");
        let mut server = within(user.as_deref(), &bin.join("postgres"));
        server.extend([
            "-D".to_owned(),
            data.display().to_string(),
            "-k".to_owned(),
            dir.display().to_string(),
        ]);
        let (address, port) = port.map_or(("", 5432), |port| ("127.0.0.1", port));
        let place = [format!("listen_addresses={address}"), format!("port={port}")];
        for setting in place.iter().map(String::as_str).chain(settings.iter().copied()) {
            server.extend(["-c".to_owned(), setting.to_owned()]);
        }
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "sh"]).arg(&dir).args(&server);
        keeper.stdin(Stdio::piped()).stdout(log.try_clone().expect("a log")).stderr(log);
        let keeper = keeper.current_dir("/").spawn().expect("a server");
        let (port, keeper, later) = (port.to_string(), Mutex::new(keeper), Mutex::default());
        let cluster = Self { bin, dir, port, server, _keeper: keeper, later };
        cluster.await_start();
        cluster
    }

    fn crash(&self) {
        let pid = fs::read_to_string(self.dir.join("data/postmaster.pid")).expect("it runs");
        let pid = pid.lines().next().expect("a process").to_owned();
        let mut later = self.later.lock().expect("no panic");
        run(Command::new("kill").args(["-QUIT", &pid]));
        match later.last_mut() {
            Some(last) => drop(last.wait().expect("an end")),
            // The keeper has not waited for the first, so it is there as one that has ended.
            None => self.await_end(&pid),
        }
        let log = File::options().append(true).open(self.dir.join("log")).expect("a log");
        let mut server = Command::new(&self.server[0]);
        server.args(&self.server[1..]).stdin(Stdio::null()).current_dir("/");
        let server = server.stdout(log.try_clone().expect("a log")).stderr(log).spawn();
        later.push(server.expect("a server"));
        self.await_start();
    }

    fn await_end(&self, pid: &str) {
        let pid_file = self.dir.join("data/postmaster.pid");
        for _ in 0..3_000 {
            let state = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            if !pid_file.exists() || state.is_empty() || state.contains(") Z ") {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("the server does not end");
    }

    fn await_start(&self) {
        for _ in 0..3_000 {
            let mut ready = Command::new(self.bin.join("pg_isready"));
            ready.args(["-q", "-p", &self.port, "-h"]).arg(&self.dir);
            if ready.status().is_ok_and(|status| status.success()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("the server does not start: {}", fs::read_to_string(self.dir.join("log")).unwrap_or_default());
    }

    fn psql(&self, database: &str, statement: &str) -> String {
        let mut psql = Command::new(self.bin.join("psql"));
        psql.args([
            "-X",
            "-q",
            "-A",
            "-t",
            "-v",
            "ON_ERROR_STOP=1",
            "-U",
            "postgres",
            "-p",
            &self.port,
            "-h",
        ]);
        psql.arg(&self.dir);
        let done = psql.args(["-d", database, "-c", statement]).output().expect("psql");
        assert!(done.status.success(), "{statement}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).expect("text").trim_end().to_owned()
    }
}

/// Where the programs are: as Debian installs them, the newest; or in PATH.
fn binaries() -> PathBuf {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debian = debian.map(|entry| entry.path().join("bin"));
    let path = env::var_os("PATH").unwrap_or_default();
    let release = |bin: &PathBuf| bin.parent().and_then(Path::file_name)?.to_str()?.parse::<u32>().ok();
    let mut found: Vec<_> = debian.filter(|bin| bin.join("initdb").exists()).collect();
    found.sort_by_key(release);
    let found = found.pop().or_else(|| env::split_paths(&path).find(|bin| bin.join("initdb").exists()));
    found.expect("PostgreSQL is needed for these tests: ./scripts/prepare.sh --tests")
}

/// PostgreSQL refuses root, so the folder and the server are given to somebody else then.
fn unprivileged(dir: &Path) -> Option<String> {
    if id("-u", None) != 0 {
        return None;
    }
    let user = ["postgres", "nobody"].into_iter().find(|user| {
        Command::new("id")
            .arg(user)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|s| s.success())
    });
    let user = user.expect("an unprivileged user");
    give(dir, user);
    Some(user.to_owned())
}

fn give(path: &Path, user: &str) {
    chown(path, Some(id("-u", Some(user))), Some(id("-g", Some(user)))).expect("a folder may be given away");
}

fn id(which: &str, user: Option<&str>) -> u32 {
    let done = Command::new("id").arg(which).args(user).output().expect("id");
    String::from_utf8_lossy(&done.stdout).trim().parse().expect("a number")
}

fn within(user: Option<&str>, program: &Path) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(user) = user {
        words.extend([
            "setpriv".to_owned(),
            format!("--reuid={user}"),
            format!("--regid={}", id("-g", Some(user))),
        ]);
        words.extend(["--clear-groups".to_owned(), "--".to_owned()]);
    }
    words.push(program.display().to_string());
    words
}

/// A cluster that nobody uses, made once for all processes: a copy is ready much sooner than a new one.
fn template(bin: &Path, user: Option<&str>) -> PathBuf {
    let base = build_folder().join("tmp").join("postgres");
    fs::create_dir_all(&base).expect("a folder");
    let lock = File::create(base.join("lock")).expect("a lock");
    lock.lock().expect("a lock");
    let release = bin.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
    let ready = base.join(format!("data-{release}"));
    if !ready.exists() {
        // That other user may not be let into our folder.
        let made = tempfile::Builder::new().prefix("klucznik-pg-").tempdir().expect("a folder");
        if let Some(user) = user {
            give(made.path(), user);
        }
        let words = within(user, &bin.join("initdb"));
        let mut initdb = Command::new(&words[0]);
        initdb.args(&words[1..]).args(["--no-sync", "--no-locale", "-E", "UTF8", "-U", "postgres"]);
        run(initdb.args(["-A", "trust", "-D"]).arg(made.path()).current_dir("/"));
        let partial = base.join("partial");
        let _ = fs::remove_dir_all(&partial);
        run(Command::new("cp").arg("-a").arg(made.path()).arg(&partial));
        fs::rename(&partial, &ready).expect("a name");
    }
    ready
}

/// Where cargo puts what it builds, this test among it.
fn build_folder() -> PathBuf {
    let own = env::current_exe().expect("a program");
    let tagged = own.ancestors().find(|folder| folder.join("CACHEDIR.TAG").exists());
    tagged.map_or_else(env::temp_dir, Path::to_owned)
}

fn run(command: &mut Command) {
    let done = command.stdin(Stdio::null()).output().expect("it runs");
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
}
