//! Hearing of what other servers commit, as it happens. Nothing rests on it: what is not heard is asked for.

use super::connect::Connector;
use super::fault::fault;
use super::read;
use super::write::{CHANNEL, JOBS_CHANNEL};
use crate::hint::Newest;
use kernel::Result;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// How long until the next try to connect: at first, and at most.
const PAUSE: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));

/// A connection that listens, as long as this is kept.
pub struct Listening {
    heard: watch::Receiver<Newest>,
    bell: watch::Sender<()>,
    task: AbortHandle,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Listening {
    /// Begins to listen, and goes on whatever becomes of connections.
    pub fn start(connector: &Connector) -> Self {
        let ((to, heard), bell) = (watch::channel(Newest::default()), watch::Sender::new(()));
        let task = connector.spawn(run(connector.clone(), to, bell.clone()));
        Self { heard, bell, task }
    }

    /// Rings when there is said to be work to look for.
    pub fn bell(&self) -> watch::Sender<()> {
        self.bell.clone()
    }

    /// How far the database is said to be; changes with each commit of rows or hints.
    pub fn heard(&self) -> watch::Receiver<Newest> {
        self.heard.clone()
    }
}

/// Takes over what was announced, in whatever order it comes.
pub fn announce(to: &watch::Sender<Newest>, newest: Newest) {
    to.send_if_modified(|known| {
        let joined = known.join(newest);
        std::mem::replace(known, joined) != joined
    });
}

async fn run(connector: Connector, to: watch::Sender<Newest>, bell: watch::Sender<()>) {
    let mut pause = PAUSE.0;
    loop {
        match listen(&connector, &to, &bell).await {
            Ok(()) => pause = PAUSE.0,
            Err(fault) => tracing::info!(error = %fault, "other servers cannot be listened to"),
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(PAUSE.1);
    }
}

/// Listens until the connection ends.
async fn listen(connector: &Connector, to: &watch::Sender<Newest>, bell: &watch::Sender<()>) -> Result<()> {
    let (client, mut heard) = connector.listening(bell.clone()).await?;
    let both = format!("LISTEN {CHANNEL}; LISTEN {JOBS_CHANNEL}");
    client.batch_execute(&both).await.map_err(|e| fault(&e))?;
    // What was announced while nobody listened.
    bell.send_replace(());
    announce(to, read::newest(&client).await?);
    while heard.changed().await.is_ok() {
        let newest = *heard.borrow_and_update();
        announce(to, newest);
    }
    Ok(())
}
