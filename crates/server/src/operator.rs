//! What the operator asks of a running server, through a socket in the instance's folder, which only the
//! folder's owner can reach: a backup, or the keyring's own copy, both encrypted before they leave; and the way back
//! in for administrators whom their own networks keep out.
//!
//! The question is one line of JSON. The answer is frames: a kind (1 byte), a length (4 bytes, big-endian)
//! and a body. `d` is data, `p` progress, `e` the end with what was done, `f` a failure.

use crate::app::App;
use crate::backup::{Noted, made_path, note};
use crate::instance::Layout;
use kernel::{Fault, FaultKind, Result, Text};
use ledger::Who;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::Duration;
use tokio::net::UnixListener;
use tokio::runtime::Handle;
use vault::{Recipient, io_fault};

/// Bytes of a question at most.
const QUESTION: u64 = 64 << 10;
/// Bytes of a frame at most.
const FRAME: usize = 1 << 20;
/// A stalled reader keeps the store from letting go of an older state.
const PATIENCE: Duration = Duration::from_secs(60);

/// What can be asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ask {
    /// A backup.
    Backup,
    /// The keyring's own copy.
    KeysExport,
    /// That anybody may work from any network again.
    NetworksClear,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    ask: Ask,
    recipients: Vec<String>,
}

/// A failure on its way.
#[derive(Serialize, Deserialize)]
struct Failed {
    kind: FaultKind,
    message: Text,
    internal: Option<String>,
}

const NAME: &str = "operator.sock";
/// Bytes of a socket's address on Linux, without the end.
const ADDRESS: usize = 107;

/// The address of the socket: its path or, if that is too long to be one, a shorter way that holds as long as the
/// folder is open.
fn address(layout: &Layout) -> io::Result<(PathBuf, Option<File>)> {
    let path = layout.dir.join(NAME);
    let length = path.as_os_str().len();
    if length <= ADDRESS {
        return Ok((path, None));
    }
    let folder = File::open(&layout.dir)?;
    let short = PathBuf::from(format!("/proc/self/fd/{}", folder.as_raw_fd()));
    if !short.is_dir() {
        let reason =
            format!("the path of the socket has {length} bytes, at most {ADDRESS} are possible here");
        return Err(io::Error::new(ErrorKind::InvalidFilename, reason));
    }
    Ok((short.join(NAME), Some(folder)))
}

fn connect(layout: &Layout) -> io::Result<UnixStream> {
    let (address, _folder) = address(layout)?;
    UnixStream::connect(address)
}

/// Answers the operator until it is dropped. A socket that an earlier server left is replaced: the instance is
/// ours alone.
///
/// # Errors
/// The socket cannot be made.
pub fn listen(app: &App) -> io::Result<impl Future<Output = ()> + use<>> {
    let path = app.layout().dir.join(NAME);
    match std::fs::remove_file(&path) {
        Err(e) if e.kind() != ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    let (address, _folder) = address(app.layout())?;
    let listener = UnixListener::bind(address)?;
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    let app = app.clone();
    Ok(async move {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => serve(&app, stream),
                Err(e) => {
                    tracing::warn!(error = %e, "the operator's socket");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    })
}

fn serve(app: &App, stream: tokio::net::UnixStream) {
    // The folder is closed to others already; this holds should somebody open it.
    let own =
        stream.peer_cred().is_ok_and(|peer| [0, rustix::process::geteuid().as_raw()].contains(&peer.uid()));
    let app = app.clone();
    tokio::task::spawn_blocking(move || {
        let result = (|| {
            let stream = stream.into_std()?;
            stream.set_nonblocking(false)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.set_write_timeout(Some(PATIENCE))?;
            if own { answer(&app, stream) } else { Ok(()) }
        })();
        if let Err(e) = result {
            tracing::info!(error = %e, "the operator went away");
        }
    });
}

fn answer(app: &App, stream: UnixStream) -> io::Result<()> {
    let mut line = String::new();
    BufReader::new(Read::take(&stream, QUESTION)).read_line(&mut line)?;
    // Somebody only wanted to know whether a server runs.
    if line.is_empty() {
        return Ok(());
    }
    let mut out = Frames(stream);
    let done = serde_json::from_str::<Question>(&line)
        .map_err(|e| Fault::invalid(Text::same(format!("operator: {e}"))))
        .and_then(|question| work(app, &question, &mut out));
    match done {
        Ok(value) => out.frame(b'e', value.to_string().as_bytes()),
        Err(Fault { kind, message, internal, .. }) => {
            let failed = serde_json::to_vec(&Failed { kind, message, internal })?;
            out.frame(b'f', &failed)
        }
    }
}

fn work(app: &App, question: &Question, out: &mut Frames) -> Result<serde_json::Value> {
    let recipients: Vec<Recipient> =
        question.recipients.iter().map(|text| text.parse()).collect::<Result<_>>()?;
    let (engine, who) = (app.engine(), Who::Operator);
    if question.ask == Ask::NetworksClear {
        let cleared = Handle::current().block_on(engine.operator_clear_networks())?;
        return Ok(cleared.into());
    }
    if question.ask == Ask::KeysExport {
        let (copied, _) = engine.export_keys(who, &recipients, out)?;
        return serde_json::to_value(copied).map_err(Fault::bug);
    }
    let told = Frames(out.0.try_clone().map_err(|e| io_fault("operator's socket", &e))?);
    let mut progress = |done: u64, total: Option<u64>| {
        if !app.is_ready() {
            return Err(crate::backup::stopping());
        }
        let body = [done.to_be_bytes(), total.unwrap_or(0).to_be_bytes()].concat();
        told.frame_by_ref(b'p', &body).map_err(|e| io_fault("operator's socket", &e))
    };
    let (made, _) = engine.back_up(who, &recipients, out, &mut progress)?;
    note(&made_path(app.layout()), &Noted { at: engine.now(), state_of: made.at, events: made.events })?;
    serde_json::to_value(made).map_err(Fault::bug)
}

/// The way to the operator.
struct Frames(UnixStream);

impl Frames {
    fn frame(&mut self, kind: u8, body: &[u8]) -> io::Result<()> {
        self.frame_by_ref(kind, body)
    }

    fn frame_by_ref(&self, kind: u8, body: &[u8]) -> io::Result<()> {
        let length = u32::try_from(body.len()).map_err(io::Error::other)?;
        let mut whole = Vec::with_capacity(5 + body.len());
        whole.push(kind);
        whole.extend_from_slice(&length.to_be_bytes());
        whole.extend_from_slice(body);
        (&self.0).write_all(&whole)
    }
}

impl Write for &mut Frames {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let part = &bytes[..bytes.len().min(FRAME)];
        self.frame(b'd', part)?;
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whether a server of this instance answers here.
#[must_use]
pub fn runs(layout: &Layout) -> bool {
    connect(layout).is_ok()
}

/// Asks the server of this instance. What it sends goes to `out`.
///
/// # Errors
/// The server's own; unavailable if it goes away; `out` cannot be written.
pub fn ask<T: DeserializeOwned>(
    layout: &Layout,
    ask: Ask,
    recipients: &[Recipient],
    out: &mut dyn Write,
    progress: &dyn Fn(u64, Option<u64>),
) -> Result<T> {
    let gone = |e: io::Error| {
        let text = Text::of(
            "Serwer przerwał połączenie, zanim skończył. Spróbuj ponownie.",
            "The server broke the connection off before it was done. Try again.",
        );
        Fault::new(FaultKind::Unavailable, text).internal(format!("operator's socket: {e}"))
    };
    let mut stream = connect(layout).map_err(gone)?;
    let recipients = recipients.iter().map(ToString::to_string).collect();
    let question = serde_json::to_string(&Question { ask, recipients }).map_err(Fault::bug)?;
    stream.write_all(format!("{question}\n").as_bytes()).map_err(gone)?;
    let mut input = BufReader::with_capacity(FRAME, stream);
    loop {
        let mut head = [0; 5];
        input.read_exact(&mut head).map_err(gone)?;
        let [kind, length @ ..] = head;
        let length = u32::from_be_bytes(length) as usize;
        if length > FRAME {
            return Err(Fault::bug("the operator's socket: a frame is too long"));
        }
        let mut body = vec![0; length];
        input.read_exact(&mut body).map_err(gone)?;
        match kind {
            b'd' => out.write_all(&body).map_err(|e| io_fault("copy", &e))?,
            b'p' => {
                let number = |at: usize| {
                    body.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_be_bytes)
                };
                progress(number(0), Some(number(8)).filter(|total| *total > 0));
            }
            b'f' => {
                let Failed { kind, message, internal } = serde_json::from_slice(&body).map_err(Fault::bug)?;
                return Err(Fault { internal, ..Fault::new(kind, message) });
            }
            _ => return serde_json::from_slice(&body).map_err(Fault::bug),
        }
    }
}
